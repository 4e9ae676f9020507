package org.cheesecoin.web;

/**
 * Milliseconds of a clock that never goes back and that nobody sets: for all that lasts. Only differences mean anything,
 * save that 0 is long ago.
 */
@FunctionalInterface
public interface MonotonicClock {

    /** The time. */
    long millis();

    /** The machine's, which stands still while the machine sleeps. */
    static MonotonicClock system() {
        // The JVM's begins anywhere, also below 0.
        long beginNanos = System.nanoTime();
        long beginMillis = System.currentTimeMillis();
        return () -> beginMillis + (System.nanoTime() - beginNanos) / 1_000_000;
    }
}
