package org.cheesecoin.web.guard;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * So many work at once, of one address and of all; others wait, in the order in which they came. One address has one
 * waiting where all wait, so that a newcomer waits for one turn of each other address, however many each has waiting.
 * Safe to share.
 */
public final class Turns {

    /** Those of one address, at work or waiting. */
    private static final class Line {

        private final Semaphore own;
        private final Semaphore first = new Semaphore(1, true);
        private int people;

        Line(int each) {
            own = new Semaphore(each, true);
        }
    }

    private final int each;
    private final Semaphore all;
    private final ConcurrentHashMap<String, Line> lines = new ConcurrentHashMap<>();

    /** Turns for so many at once. */
    public Turns(Share share) {
        this.each = Math.toIntExact(share.each());
        this.all = new Semaphore(Math.toIntExact(share.all()), true);
    }

    /** Whether anybody waits where all wait. */
    boolean isCrowded() {
        return all.hasQueuedThreads();
    }

    /**
     * Waits for a turn for so long, or until this thread is interrupted, and then it stays so; whether there was one, which
     * {@link #end} gives back.
     */
    public boolean begin(String address, long maxWaitMillis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(maxWaitMillis);
        Line line = join(address);
        if (takes(line.own, end)) {
            if (takesAfterItsOwn(line, end)) {
                return true;
            }
            line.own.release();
        }
        leave(address);
        return false;
    }

    private boolean takesAfterItsOwn(Line line, long endNanos) {
        if (!takes(line.first, endNanos)) {
            return false;
        }
        try {
            return takes(all, endNanos);
        } finally {
            line.first.release();
        }
    }

    private static boolean takes(Semaphore turns, long endNanos) {
        try {
            return turns.tryAcquire(endNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Gives a turn back. */
    public void end(String address) {
        Line line = lines.get(address);
        if (line == null) {
            throw new IllegalStateException("it was nobody's turn");
        }
        all.release();
        line.own.release();
        leave(address);
    }

    private Line join(String address) {
        return lines.compute(address, (_, line) -> {
            Line joined = line == null ? new Line(each) : line;
            joined.people++;
            return joined;
        });
    }

    private void leave(String address) {
        lines.computeIfPresent(address, (_, line) -> {
            line.people--;
            return line.people == 0 ? null : line;
        });
    }
}
