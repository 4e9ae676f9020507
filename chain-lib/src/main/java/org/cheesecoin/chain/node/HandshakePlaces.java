package org.cheesecoin.chain.node;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The places of those who dialled us and have not proved who they are, and how many handshakes they may begin. Both are
 * shared out by address, so that one address does not use up what others need.
 */
final class HandshakePlaces {

    /** Handshakes of one address: each costs the loop a signature and a check. Behind a container host many share one. */
    static final int ADDRESS_PER_SECOND = 20;

    /** As many at once, as where a whole network of containers starts. */
    static final int ADDRESS_BURST = 60;

    /** Handshakes of all addresses together: with libsecp256k1 about a fiftieth of the loop's time. */
    static final int ALL_PER_SECOND = 200;

    /** As many at once. */
    static final int ALL_BURST = 400;

    /** Addresses whose budgets are remembered. Who is forgotten begins anew, within the budget of all. */
    static final int MAX_ADDRESSES = 1_024;

    private final int places;
    private final Links links;
    private final Outbox outbox;
    private final TokenBucket all;
    private final LinkedHashMap<String, TokenBucket> byAddress = new LinkedHashMap<>();

    HandshakePlaces(int places, Links links, Outbox outbox) {
        this.places = places;
        this.links = links;
        this.outbox = outbox;
        this.all = new TokenBucket(ALL_PER_SECOND, ALL_BURST, outbox.nowMillis());
    }

    /**
     * Who gives way to the newcomer where all places are taken: of the most crowded address one that has said nothing
     * before one that has said Hello, and the oldest of them. A newcomer that speaks at once is through before its turn
     * comes.
     */
    Optional<Link> givesWayTo(Link newcomer) {
        List<Link> taken = links.where(HandshakePlaces::takesAPlace);
        if (taken.size() <= places) {
            return Optional.empty();
        }
        Map<String, Integer> crowds = new HashMap<>();
        taken.forEach(link -> crowds.merge(link.addressGroup(), 1, Integer::sum));
        // Links come in the order in which they were opened, and the first of equals is the smallest.
        return taken.stream()
                .filter(link -> !link.equals(newcomer))
                .min(Comparator.<Link>comparingInt(link -> -crowds.getOrDefault(link.addressGroup(), 0))
                        .thenComparing(link -> link.stage));
    }

    private static boolean takesAPlace(Link link) {
        return !link.isOutbound()
                && (link.stage == Link.Stage.AWAITING_HELLO || link.stage == Link.Stage.AWAITING_PROOF);
    }

    /** Whether one more handshake that this link began is answered. */
    boolean mayShakeHands(Link link) {
        long now = outbox.nowMillis();
        String group = link.addressGroup();
        TokenBucket own = Optional.ofNullable(byAddress.remove(group))
                .orElseGet(() -> new TokenBucket(ADDRESS_PER_SECOND, ADDRESS_BURST, now));
        byAddress.putLast(group, own);
        if (byAddress.size() > MAX_ADDRESSES) {
            byAddress.pollFirstEntry();
        }
        return own.take(1, now) && all.take(1, now);
    }
}
