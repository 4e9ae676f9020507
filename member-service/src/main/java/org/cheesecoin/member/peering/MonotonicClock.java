package org.cheesecoin.member.peering;

/** Milliseconds of a clock that never goes back; only differences mean anything. */
@FunctionalInterface
interface MonotonicClock {

    /** The time. */
    long millis();

    /** The machine's. */
    static MonotonicClock system() {
        return () -> System.nanoTime() / 1_000_000;
    }
}
