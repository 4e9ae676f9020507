package org.cheesecoin.member.explorer;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.consensus.NetworkParameters;
import org.cheesecoin.chain.consensus.Target;
import org.cheesecoin.member.explorer.NodeReport.Code;
import org.cheesecoin.member.explorer.NodeReport.Reason;
import org.cheesecoin.member.mining.MiningOrder;

/** What keeps cheeses away, as far as a member can see. */
final class WhyNoCheese {

    /** Nobody asks before so many spacings went by without a cheese. */
    static final int PATIENCE_SPACINGS = 6;
    /** A cheese that is so much ahead is too early for others. */
    static final long MAX_CLOCK_OFFSET_MILLIS = 30_000;
    /** Others mine too, so only a rate so many times too low is a reason. */
    static final long FAR_BELOW = 4;
    /** With less on its disk a member may not be able to store the next cheeses: the database needs room to tidy up. */
    static final long LEAST_USABLE_BYTES = 64L * 1024 * 1024;

    private static final long MILLIS_PER_SECOND = 1_000;

    private WhyNoCheese() {}

    /**
     * What a member knows of itself.
     *
     * @param waitedMillis since the last cheese came, or since the start
     * @param baseTarget of the tip
     * @param goalHeight where it is going to; none where nobody has more work
     * @param peers how many are connected
     * @param clocks what the peers' clocks say of this member's
     * @param tooEarly what stands against any cheese on this tip now: the clock is too far behind it
     * @param order whether and how fast to mine
     * @param hashesPerSecond nonces tried of late
     * @param usableBytes what the disk still takes
     */
    record Facts(
            long waitedMillis,
            Target baseTarget,
            Optional<Integer> goalHeight,
            int peers,
            PeerClocks clocks,
            Optional<Violation> tooEarly,
            MiningOrder order,
            long hashesPerSecond,
            long usableBytes) {}

    /** The reasons, most telling first; none while cheeses come. */
    static List<Reason> reasons(Facts facts, NetworkParameters network) {
        List<Reason> reasons = new ArrayList<>();
        // No cheese can come before the clock has reached the tip, so this needs no patience.
        facts.tooEarly().map(WhyNoCheese::clockBehindTip).ifPresent(reasons::add);
        if (facts.waitedMillis() < PATIENCE_SPACINGS * network.spacingMillis()) {
            return reasons;
        }
        if (facts.usableBytes() < LEAST_USABLE_BYTES) {
            reasons.add(Reason.of(Code.STORAGE_FULL,
                    "The disk of the data folder has room for %d bytes more, and a member needs %d: make room on it"
                            .formatted(facts.usableBytes(), LEAST_USABLE_BYTES))
                    .with("usableBytes", facts.usableBytes())
                    .with("neededBytes", LEAST_USABLE_BYTES));
        }
        facts.goalHeight().ifPresent(goal -> reasons.add(Reason
                .of(Code.SYNCING, "The member fetches cheeses up to height %d".formatted(goal))
                .with("goalHeight", goal)));
        mining(facts, network).ifPresent(reasons::add);
        if (facts.peers() == 0) {
            reasons.add(Reason.of(Code.ALONE, "No other member is connected, so nobody else's cheeses come: "
                    + "POST /peers or cheesecoin.trackers bring some")
                    .with("peers", facts.peers()));
        }
        clocks(facts.clocks()).ifPresent(reasons::add);
        return reasons;
    }

    private static Reason clockBehindTip(Violation violation) {
        Reason reason = Reason.of(Code.CLOCK_BEHIND_TIP, violation.message()
                + ": the clock of this machine is behind the tip's time; set it, or cheeses come when it has caught up")
                .with("rule", violation.rule().id());
        for (Map.Entry<String, String> value : violation.values().entrySet()) {
            reason = reason.with(value.getKey(), value.getValue());
        }
        return reason;
    }

    private static Optional<Reason> clocks(PeerClocks clocks) {
        return switch (clocks.verdict()) {
            case PeerClocks.Verdict.Agree() -> Optional.empty();
            case PeerClocks.Verdict.OursDiffers(long offsetMillis) -> Optional.of(Reason.of(Code.CLOCK_OFF,
                    "The peers' clocks are %d ms %s this member's: set the clock of this machine"
                            .formatted(Math.abs(offsetMillis), offsetMillis > 0 ? "ahead of" : "behind"))
                    .with("clockOffsetMillis", offsetMillis)
                    .with("toleratedMillis", MAX_CLOCK_OFFSET_MILLIS));
            case PeerClocks.Verdict.Undecided(String differing) -> Optional.of(Reason.of(Code.CLOCKS_DIFFER,
                    ("The clocks of peers differ from this member's, and no majority says whose is right: %s; "
                            + "compare each with the time, and set the wrong one").formatted(differing))
                    .with("differing", differing)
                    .with("toleratedMillis", MAX_CLOCK_OFFSET_MILLIS));
            case PeerClocks.Verdict.TheirsDiffer(String differing) -> Optional.of(Reason.of(Code.CLOCKS_DIFFER,
                    "The clocks of some peers differ from this member's, with which most agree: %s; tell their owners"
                            .formatted(differing))
                    .with("differing", differing)
                    .with("toleratedMillis", MAX_CLOCK_OFFSET_MILLIS));
        };
    }

    private static Optional<Reason> mining(Facts facts, NetworkParameters network) {
        if (network.retargeting() == NetworkParameters.Retargeting.NONE) {
            return Optional.of(Reason.of(Code.ON_DEMAND, "Cheeses come only on demand here: POST /mining/cheeses"));
        }
        if (facts.order().schedule() == MiningOrder.Schedule.OFF) {
            return Optional.of(
                    Reason.of(Code.NOT_MINING, "This member does not mine: PUT /mining {\"enabled\": true}"));
        }
        BigInteger neededPerSecond = facts.baseTarget().work().hashes()
                .multiply(BigInteger.valueOf(MILLIS_PER_SECOND))
                .divide(BigInteger.valueOf(network.spacingMillis()));
        BigInteger measured = BigInteger.valueOf(facts.hashesPerSecond());
        if (measured.multiply(BigInteger.valueOf(FAR_BELOW)).compareTo(neededPerSecond) >= 0) {
            return Optional.empty();
        }
        return Optional.of(Reason.of(Code.HASH_RATE_LOW,
                ("This member tries %d nonces a second, and at the present target a cheese in its time needs %s: "
                        + "it gets easier with time; PUT /mining raises hashesPerSecond")
                        .formatted(measured, neededPerSecond))
                .with("measuredHashesPerSecond", measured)
                .with("neededHashesPerSecond", neededPerSecond));
    }
}
