package org.cheesecoin.chain.consensus;

import java.util.Optional;

import org.cheesecoin.chain.cheese.CheeseHeader;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.cheese.Violation;

/** The rules for headers. Empty means that no rule stands against it. */
public final class HeaderRules {

    /** A time this much ahead of the receiver's clock is too early, in milliseconds. */
    public static final long MAX_AHEAD_MILLIS = 30_000;

    /** Up to this much ahead it waits, beyond it is dropped, in milliseconds. */
    public static final long MAX_WAIT_AHEAD_MILLIS = 120_000;

    private static final long MAX_TIME_MILLIS = (1L << 53) - 1;

    /** How a header's time lies to the receiver's clock. */
    public enum Timing {
        /** At most 30 s ahead. */
        DUE,
        /** Up to 2 minutes ahead: it waits. */
        EARLY,
        /** Further ahead: it is dropped, without penalty. */
        FAR_AHEAD
    }

    private HeaderRules() {}

    /** All that can be seen without the parent. */
    public static Optional<Violation> standAlone(CheeseHeader header, Smell smell) {
        // HDR-VERSION: a header's version is 1.
        if (header.version() != CheeseHeader.VERSION) {
            return broken(Rule.HDR_VERSION, "version", header.version());
        }
        // HDR-TIME-RANGE: from 1 to 2^53 - 1, so that every JSON reader gets it right.
        if (header.timeMillis() < 1 || header.timeMillis() > MAX_TIME_MILLIS) {
            return broken(Rule.HDR_TIME_RANGE, "timeMillis", header.timeMillis());
        }
        // HDR-WORK: the smell, as a number, is at most the target that the header carries.
        Target target = Target.ofCompact(header.compactTarget());
        if (smell.hash().compareTo(target.bound()) > 0) {
            return Optional.of(Violation.of(Rule.HDR_WORK).with("smell", smell).with("target", target));
        }
        return Optional.empty();
    }

    /** All that needs the parent. The receiver's clock is asked apart, by {@link #timing}: time heals what it finds. */
    public static Optional<Violation> inContext(
            CheeseHeader header, StackedHeader parent, NetworkParameters parameters) {
        // HDR-HEIGHT: the parent's plus one.
        if (header.height() != parent.height() + 1) {
            return Optional.of(Violation.of(Rule.HDR_HEIGHT)
                    .with("height", header.height())
                    .with("parentHeight", parent.height()));
        }
        // HDR-TIME-ORDER: at least one millisecond after the parent's.
        if (header.timeMillis() <= parent.header().timeMillis()) {
            return Optional.of(Violation.of(Rule.HDR_TIME_ORDER)
                    .with("timeMillis", header.timeMillis())
                    .with("parentTimeMillis", parent.header().timeMillis()));
        }
        // HDR-TARGET: exactly the four bytes that the difficulty rule gives.
        Target expected = Difficulty.targetAbove(parent, header.timeMillis(), parameters);
        if (header.compactTarget() != expected.compact()) {
            return Optional.of(Violation.of(Rule.HDR_TARGET)
                    .with("target", String.format("0x%08x", header.compactTarget()))
                    .with("expected", expected));
        }
        return Optional.empty();
    }

    /** HDR-TIME-EARLY: how the header's time lies to the receiver's clock. */
    public static Timing timing(CheeseHeader header, long clockMillis) {
        long aheadMillis = header.timeMillis() - clockMillis;
        if (aheadMillis <= MAX_AHEAD_MILLIS) {
            return Timing.DUE;
        }
        return aheadMillis <= MAX_WAIT_AHEAD_MILLIS ? Timing.EARLY : Timing.FAR_AHEAD;
    }

    /** HDR-TIME-EARLY in words: the time of a header, and the clock that it is too far ahead of. */
    public static Violation tooEarly(long timeMillis, long clockMillis) {
        return Violation.of(Rule.HDR_TIME_EARLY)
                .with("timeMillis", timeMillis)
                .with("clockMillis", clockMillis)
                .with("aheadMillis", timeMillis - clockMillis)
                .with("toleratedMillis", MAX_AHEAD_MILLIS);
    }

    /**
     * What stands against any cheese above this one at this time: the tip is so far ahead of the clock that it would be too
     * early even with the least time that it may have (HDR-TIME-EARLY).
     */
    public static Optional<Violation> tooEarlyAbove(StackedHeader tip, long clockMillis) {
        long leastMillis = tip.header().timeMillis() + 1;
        return leastMillis - clockMillis > MAX_AHEAD_MILLIS
                ? Optional.of(tooEarly(leastMillis, clockMillis).with("parentTimeMillis", tip.header().timeMillis()))
                : Optional.empty();
    }

    private static Optional<Violation> broken(Rule rule, String name, Object value) {
        return Optional.of(Violation.of(rule).with(name, value));
    }
}
