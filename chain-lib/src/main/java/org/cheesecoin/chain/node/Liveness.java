package org.cheesecoin.chain.node;

import java.util.List;
import java.util.OptionalLong;

import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.wire.Message;

/** Pings, time-outs of handshakes and pings, and how far our clock is off. */
final class Liveness {

    private final NodeLimits limits;
    private final Links links;
    private final Discipline discipline;
    private final Outbox outbox;
    private final Handshake handshake;

    Liveness(NodeLimits limits, Parts parts, Handshake handshake) {
        this.limits = limits;
        this.links = parts.links();
        this.discipline = parts.discipline();
        this.outbox = parts.outbox();
        this.handshake = handshake;
    }

    void tick() {
        long now = outbox.nowMillis();
        for (Link link : links.all()) {
            switch (link.stage) {
                case AWAITING_HELLO, AWAITING_PROOF -> {
                    if (now - link.openedAtMillis() > limits.handshakeMillis()) {
                        timeOut(link, "handshake");
                    }
                }
                case DUPLICATE -> {
                    // The first link gets its full time to answer the ping before the second is given up.
                    if (now - link.openedAtMillis() > limits.handshakeMillis() + 2 * limits.pongMillis()) {
                        timeOut(link, "the first link");
                    }
                }
                case READY -> {
                    if (link.pongDue && now - link.pingSentMillis > limits.pongMillis()) {
                        timeOut(link, "pong");
                    } else if (!link.pongDue && now - link.pingSentMillis > limits.pingMillis()) {
                        handshake.ping(link);
                    }
                }
                case CLOSING -> {}
            }
        }
    }

    void ping(Link link, Message.Ping ping) {
        outbox.send(link, new Message.Pong(ping.nonce(), outbox.clockMillis()));
    }

    void pong(Link link, Message.Pong pong) {
        if (!link.pongDue || pong.nonce() != link.pingNonce) {
            discipline.blame(link, Violation.of(Rule.NET_UNSOLICITED).with("message", "Pong"), Hash256.ZERO);
            return;
        }
        link.pongDue = false;
        link.roundTripMillis = outbox.nowMillis() - link.pingSentMillis;
        link.clockAheadOfSteadyMillis = OptionalLong
                .of(pong.timeMillis() - (link.pingSentMillis + outbox.nowMillis()) / 2);
        handshake.alive(link);
    }

    /**
     * The median of what the peers' clocks are ahead of ours, in milliseconds; zero with no peer. Of an even number it is
     * the one of the two in the middle that is nearer to ours: half of the peers are no reason to doubt our clock.
     */
    long clockOffsetMillis() {
        List<Long> offsets = links.ready().stream()
                .flatMap(link -> clockOffsetMillis(link).stream().boxed())
                .sorted()
                .toList();
        if (offsets.isEmpty()) {
            return 0;
        }
        long lower = offsets.get((offsets.size() - 1) / 2);
        long upper = offsets.get(offsets.size() / 2);
        return Math.abs(lower) <= Math.abs(upper) ? lower : upper;
    }

    /** How far a peer's clock is ahead of what ours shows now, in milliseconds; none before its first pong. */
    OptionalLong clockOffsetMillis(Link link) {
        OptionalLong aheadOfSteady = link.clockAheadOfSteadyMillis;
        return aheadOfSteady.isEmpty()
                ? aheadOfSteady
                : OptionalLong.of(aheadOfSteady.getAsLong() - (outbox.clockMillis() - outbox.nowMillis()));
    }

    private void timeOut(Link link, String waitedFor) {
        discipline.close(link, Violation.of(Rule.NET_TIMEOUT).with("waitedFor", waitedFor));
    }
}
