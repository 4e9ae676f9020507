package org.cheesecoin.member.mining;

import java.util.ArrayDeque;

/** Counts hashes over the last seconds, for people and counters. Its times are of the steady clock. */
final class HashMeter {

    private static final long WINDOW_MILLIS = 10_000;

    private record Slice(long atMillis, long hashes) {}

    private final ArrayDeque<Slice> slices = new ArrayDeque<>();
    private long total;

    synchronized void add(long hashes, long nowMillis) {
        slices.add(new Slice(nowMillis, hashes));
        total += hashes;
        dropOld(nowMillis);
    }

    /** Hashes a second over the last ten seconds. */
    synchronized long perSecond(long nowMillis) {
        dropOld(nowMillis);
        long sum = slices.stream().mapToLong(Slice::hashes).sum();
        return sum * 1_000 / WINDOW_MILLIS;
    }

    /** Hashes since the start. */
    synchronized long total() {
        return total;
    }

    private void dropOld(long nowMillis) {
        while (!slices.isEmpty() && slices.getFirst().atMillis() < nowMillis - WINDOW_MILLIS) {
            slices.removeFirst();
        }
    }
}
