package org.cheesecoin.member.explorer;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

import org.cheesecoin.chain.node.PeerStatus;

/**
 * The clocks of the peers against this member's. One peer, or half of the clocks, may be as wrong as this one: only more
 * than half of all clocks, this member's included, say whose is off.
 *
 * @param clocks those that were measured
 */
record PeerClocks(List<PeerClock> clocks) {

    /** So many peers are named at most, and so many digits of each. */
    private static final int MAX_NAMED = 3;
    private static final int SHORT_ID_CHARS = 10;

    PeerClocks {
        clocks = List.copyOf(clocks);
    }

    /**
     * One of them.
     *
     * @param nodeIdHex whose
     * @param offsetMillis how far it is ahead of this member's
     */
    record PeerClock(String nodeIdHex, long offsetMillis) {

        private boolean differs() {
            return Math.abs(offsetMillis) > WhyNoCheese.MAX_CLOCK_OFFSET_MILLIS;
        }

        private String text() {
            return "%s's is %d ms %s".formatted(nodeIdHex.substring(0, Math.min(SHORT_ID_CHARS, nodeIdHex.length())),
                    Math.abs(offsetMillis), offsetMillis > 0 ? "ahead" : "behind");
        }
    }

    /** What they say together. */
    sealed interface Verdict {

        /** None differs by more than is tolerated. */
        record Agree() implements Verdict {}

        /** Most clocks differ from this member's to the same side. */
        record OursDiffers(long offsetMillis) implements Verdict {}

        /** Most agree with this member's, and these do not. */
        record TheirsDiffer(String differing) implements Verdict {}

        /** These differ, and neither side has more than half. */
        record Undecided(String differing) implements Verdict {}
    }

    /** The clocks of those peers that answered a ping. */
    static PeerClocks of(List<PeerStatus> peers) {
        return new PeerClocks(peers.stream()
                .flatMap(peer -> peer.clockOffsetMillis().stream()
                        .mapToObj(offset -> new PeerClock(peer.nodeId().toHex(), offset)))
                .toList());
    }

    Verdict verdict() {
        List<PeerClock> differing = clocks.stream().filter(PeerClock::differs).toList();
        if (differing.isEmpty()) {
            return new Verdict.Agree();
        }
        int all = clocks.size() + 1;
        OptionalLong ahead = medianOfMost(differing.stream().filter(it -> it.offsetMillis() > 0).toList(), all);
        OptionalLong behind = medianOfMost(differing.stream().filter(it -> it.offsetMillis() < 0).toList(), all);
        if (ahead.isPresent() || behind.isPresent()) {
            return new Verdict.OursDiffers(ahead.orElseGet(behind::getAsLong));
        }
        int agreeing = all - differing.size();
        return 2 * agreeing > all ? new Verdict.TheirsDiffer(text(differing)) : new Verdict.Undecided(text(differing));
    }

    private static OptionalLong medianOfMost(List<PeerClock> side, int all) {
        return 2 * side.size() > all
                ? side.stream().mapToLong(PeerClock::offsetMillis).sorted().skip((side.size() - 1) / 2).findFirst()
                : OptionalLong.empty();
    }

    private static String text(List<PeerClock> differing) {
        String named = differing.stream().limit(MAX_NAMED).map(PeerClock::text).collect(Collectors.joining(", "));
        return differing.size() > MAX_NAMED ? named + ", and " + (differing.size() - MAX_NAMED) + " more" : named;
    }
}
