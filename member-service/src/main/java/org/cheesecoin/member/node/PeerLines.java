package org.cheesecoin.member.node;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How many lines of the log the comings, goings and bans of peers may take: strangers cause them as often as they like. The
 * first are printed, further ones when their time has come, and what was left out is counted. Owned by the loop.
 */
final class PeerLines {

    /** Lines at once: a member that starts meets its eight peers. */
    static final int BURST_LINES = 10;
    /** How long one more line takes. */
    static final long NANOS_PER_LINE = TimeUnit.SECONDS.toNanos(10);

    private final LongSupplier nanoTime;
    private long spentNanos;
    private long lastNanos;
    private long leftOut;

    PeerLines(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.lastNanos = nanoTime.getAsLong();
    }

    /** The text to print, with how many were left out before it; none if this one is left out too. */
    Optional<String> line(String text) {
        long now = nanoTime.getAsLong();
        spentNanos = Math.max(0, spentNanos - (now - lastNanos));
        lastNanos = now;
        if (spentNanos + NANOS_PER_LINE > BURST_LINES * NANOS_PER_LINE) {
            leftOut++;
            return Optional.empty();
        }
        spentNanos += NANOS_PER_LINE;
        String suffix = leftOut == 0 ? "" : " (" + leftOut + " more joined, left or were banned since the last line)";
        leftOut = 0;
        return Optional.of(text + suffix);
    }
}
