package org.cheesecoin.chain.node;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.wire.Message;
import org.cheesecoin.chain.wire.NodeId;

/**
 * Points, bans and farewells. A peer is told which rule it broke; at {@link Rule#BAN_POINTS} the pair of its id and its
 * address is banned, never an address alone, since behind Docker and Kubernetes many members share one.
 */
final class Discipline {

    private record Pair(String nodeIdHex, String address) {}

    /** A ban and its end by the steady clock: who sets the machine's clock neither ends nor prolongs it. */
    private record Held(Ban ban, long endMillis) {}

    private final Outbox outbox;
    private final NodeLimits limits;
    private final LinkedHashMap<Pair, Held> bans = new LinkedHashMap<>();
    private final ArrayDeque<Link> closing = new ArrayDeque<>();

    Discipline(Outbox outbox, NodeLimits limits, List<Ban> bans) {
        this.outbox = outbox;
        this.limits = limits;
        bans.forEach(ban -> this.bans.putLast(pairOf(ban), new Held(ban, outbox.nowMillis() + leftMillis(ban))));
    }

    /** What is left of a ban from before the start; never more than a whole one, however the clock was set meanwhile. */
    private long leftMillis(Ban ban) {
        return Math.clamp(ban.untilMillis() - outbox.clockMillis(), 0, limits.banMillis());
    }

    /** What was sent breaks a rule: say so, and count the rule's points. */
    void blame(Link link, Violation violation, Hash256 subject) {
        blame(link, violation, subject, violation.rule().penaltyPoints());
    }

    /**
     * A cheese with valid proof of work breaks a rule. Whoever passed it on has checked it or lies, so that it costs a
     * ban whatever the rule would cost for a loose transaction.
     */
    void blameForCheese(Link link, Violation violation, Hash256 smell) {
        blame(link, violation, smell, Rule.BAN_POINTS);
    }

    /** What came is no frame, or one that may not come: what follows it cannot be read. */
    void refuse(Link link, Violation violation) {
        blame(link, violation, Hash256.ZERO);
        close(link, violation);
    }

    private void blame(Link link, Violation violation, Hash256 subject, int points) {
        outbox.output(new Output.Refused(violation, Optional.of(link.id())));
        if (link.stage == Link.Stage.CLOSING) {
            return;
        }
        if (link.isReady()) {
            outbox.send(link, Message.Reject.of(violation, subject));
        }
        link.points += points;
        if (link.points >= Rule.BAN_POINTS) {
            ban(link, violation);
            close(link, violation);
        }
    }

    /** Ends a link without blame. */
    void close(Link link, Violation reason) {
        if (link.stage != Link.Stage.CLOSING) {
            link.stage = Link.Stage.CLOSING;
            link.whyEnded = Optional.of(reason.message());
            closing.add(link);
            outbox.output(new Output.Disconnect(link.id(), reason));
        }
    }

    /** The driver tells that a link is gone which this node has not ended: a rule that it was ended for counts here alone. */
    void ended(Link link, LinkEnd end) {
        link.whyEnded = Optional.of(end.ofHandshake());
        if (end instanceof LinkEnd.Ours(Violation violation)) {
            outbox.output(new Output.Refused(violation, Optional.of(link.id())));
        }
    }

    /** One that was given up since the last time it was asked; none where there is no more. */
    Optional<Link> nextClosing() {
        return Optional.ofNullable(closing.poll());
    }

    /** Whether this pair is to stay away now. */
    boolean isBanned(Optional<NodeId> nodeId, String address) {
        Held held = bans.get(new Pair(hex(nodeId), address));
        return held != null && held.endMillis() > outbox.nowMillis();
    }

    /** Forgets what is over. */
    void tick() {
        List<Ban> over = bans.values().stream()
                .filter(held -> held.endMillis() <= outbox.nowMillis())
                .map(Held::ban)
                .toList();
        over.forEach(this::forget);
        keepToLimit();
    }

    private void ban(Link link, Violation reason) {
        // An id that is only claimed must not be banned for what somebody else did in its name.
        Optional<NodeId> proved = link.isReady() || link.stage == Link.Stage.DUPLICATE ? link.nodeId()
                : Optional.empty();
        if (proved.isEmpty() && !link.isOutbound()) {
            return;
        }
        Ban ban = new Ban(
                hex(proved),
                link.banAddress(),
                outbox.clockMillis() + limits.banMillis(),
                reason.rule().id());
        bans.putLast(pairOf(ban), new Held(ban, outbox.nowMillis() + limits.banMillis()));
        outbox.change(new Change.BanKept(ban));
        keepToLimit();
        outbox.output(new Output.Banned(proved, link.banAddress(), reason));
    }

    /** Ids are free: what a stranger can fill, here and in the store, has an end. */
    private void keepToLimit() {
        while (bans.size() > limits.bans()) {
            forget(bans.firstEntry().getValue().ban());
        }
    }

    private void forget(Ban ban) {
        bans.remove(pairOf(ban));
        outbox.change(new Change.BanForgotten(ban.nodeIdHex(), ban.remoteAddress()));
    }

    private static Pair pairOf(Ban ban) {
        return new Pair(ban.nodeIdHex(), ban.remoteAddress());
    }

    private static String hex(Optional<NodeId> nodeId) {
        return nodeId.map(NodeId::toHex).orElse("");
    }
}
