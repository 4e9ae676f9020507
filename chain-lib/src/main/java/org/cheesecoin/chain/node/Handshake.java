package org.cheesecoin.chain.node;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.consensus.StackedHeader;
import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.wire.Message;
import org.cheesecoin.chain.wire.MessageCodec;
import org.cheesecoin.chain.wire.NodeId;
import org.cheesecoin.chain.wire.Proofs;
import org.cheesecoin.chain.wire.Role;
import org.cheesecoin.chain.wire.WireLimits;

/**
 * Hello and Proof. The dialler says Hello; the listener answers with Hello and Proof; the dialler proves. Each proof is
 * over both Hellos, so that nobody speaks with another's id.
 */
final class Handshake {

    private final NodeConfig config;
    private final NodeId self;
    private final Links links;
    private final Discipline discipline;
    private final Outbox outbox;
    private final RandomGenerator random;
    private final Supplier<StackedHeader> tip;
    private final Consumer<Link> onReady;
    private final HandshakePlaces places;

    Handshake(
            NodeConfig config,
            Parts parts,
            Supplier<StackedHeader> tip,
            Consumer<Link> onReady) {
        this.config = config;
        this.self = parts.self();
        this.links = parts.links();
        this.discipline = parts.discipline();
        this.outbox = parts.outbox();
        this.random = parts.random();
        this.tip = tip;
        this.onReady = onReady;
        this.places = new HandshakePlaces(config.limits().openHandshakes(), links, outbox);
    }

    /** A connection is open: the dialler speaks first. */
    void opened(Link link) {
        if (discipline.isBanned(Optional.empty(), link.banAddress())) {
            discipline.close(link, Violation.of(Rule.NET_BANNED).with("address", link.banAddress()));
        } else if (link.isOutbound()) {
            sendHello(link);
        } else {
            places.givesWayTo(link).ifPresent(other -> discipline.close(
                    other, Violation.of(Rule.NET_SLOTS).with("handshakes", config.limits().openHandshakes())));
        }
    }

    /** Their Hello came. */
    void hello(Link link, Message.Hello hello) {
        if (link.stage != Link.Stage.AWAITING_HELLO) {
            discipline.blame(link, Violation.of(Rule.NET_HANDSHAKE).with("message", "Hello"), Hash256.ZERO);
            return;
        }
        Optional<Violation> refusal = refusal(link, hello);
        if (refusal.isPresent()) {
            discipline.close(link, refusal.get());
            return;
        }
        link.theirHello = Optional.of(hello);
        link.stage = Link.Stage.AWAITING_PROOF;
        if (!link.isOutbound()) {
            sendHello(link);
        }
        Hash256 digest = digest(link, Role.MEMBER);
        outbox.send(link, new Message.Proof(config.signatures().sign(config.nodeKey(), digest)));
    }

    private Optional<Violation> refusal(Link link, Message.Hello hello) {
        // NET-NETWORK: both ends are of the same network.
        if (!hello.networkId().equals(config.network().id())) {
            return Optional.of(Violation.of(Rule.NET_NETWORK)
                    .with("network", config.network().id())
                    .with("theirs", hello.networkId()));
        }
        // ENC-VERSION: the one version there is.
        if (hello.protocolVersion() != WireLimits.PROTOCOL_VERSION) {
            return Optional.of(Violation.of(Rule.ENC_VERSION).with("protocolVersion", hello.protocolVersion()));
        }
        // NET-SELF: a member does not talk to itself.
        if (hello.nodeId().equals(self)) {
            return Optional.of(Violation.of(Rule.NET_SELF));
        }
        // NET-BANNED: the pair of id and address stays away.
        if (discipline.isBanned(Optional.of(hello.nodeId()), link.banAddress())) {
            return Optional.of(Violation.of(Rule.NET_BANNED).with("nodeId", hello.nodeId()));
        }
        // NET-RATE: each Hello of a stranger costs us a signature and a check.
        if (!link.isOutbound() && !places.mayShakeHands(link)) {
            return Optional.of(Violation.of(Rule.NET_RATE)
                    .with("handshakesPerSecond", HandshakePlaces.ADDRESS_PER_SECOND));
        }
        return Optional.empty();
    }

    /** Their Proof came. */
    void proof(Link link, Message.Proof proof) {
        if (link.stage != Link.Stage.AWAITING_PROOF || link.theirHello.isEmpty()) {
            discipline.blame(link, Violation.of(Rule.NET_HANDSHAKE).with("message", "Proof"), Hash256.ZERO);
            return;
        }
        Message.Hello hello = link.theirHello.get();
        // NET-PROOF: a signature of the node key over this handshake. It is not known who sent a false one, so that
        // nobody is banned for it.
        Optional<Violation> forged = Proofs.checkHandshake(
                config.signatures(), hello.nodeId(), digest(link, hello.role()), proof);
        if (forged.isPresent()) {
            discipline.close(link, forged.get());
            return;
        }
        if (hello.role() == Role.TRACKER) {
            discipline.close(link, Violation.of(Rule.NET_ROLE).with("nodeId", hello.nodeId()));
            return;
        }
        links.readyTo(hello.nodeId()).ifPresentOrElse(first -> second(first, link), () -> ready(link));
    }

    /**
     * There are two links to one id. Of two that were dialled from the two ends, both ends keep the one that the smaller
     * id dialled. Of two in the same direction the first stays, unless it has died unnoticed: it is pinged.
     */
    private void second(Link first, Link second) {
        NodeId peer = second.nodeId().orElseThrow();
        if (first.isOutbound() != second.isOutbound()) {
            boolean weDialWins = self.compareTo(peer) < 0;
            if (second.isOutbound() == weDialWins) {
                discipline.close(first, duplicate(peer));
                ready(second);
                return;
            }
        }
        // One waits for the place of the first: another that came before it may be dead too.
        duplicatesOf(peer).forEach(other -> discipline.close(other, duplicate(peer)));
        second.stage = Link.Stage.DUPLICATE;
        if (!first.pongDue) {
            ping(first);
        }
    }

    /** The link showed life: whoever wanted its place goes. */
    void alive(Link link) {
        link.nodeId().ifPresent(id -> duplicatesOf(id)
                .forEach(duplicate -> discipline.close(duplicate, duplicate(id))));
    }

    /** The link is gone: whoever waited for its place takes it, unless both were sent away. */
    void gone(Link link) {
        link.nodeId().flatMap(id -> duplicatesOf(id).stream().findFirst()).ifPresent(second -> {
            if (discipline.isBanned(second.nodeId(), second.banAddress())) {
                discipline.close(second, Violation.of(Rule.NET_BANNED).with("address", second.banAddress()));
            } else {
                ready(second);
            }
        });
    }

    /** Asks for a sign of life. */
    void ping(Link link) {
        link.pingNonce = random.nextLong();
        link.pingSentMillis = outbox.nowMillis();
        link.pongDue = true;
        outbox.send(link, new Message.Ping(link.pingNonce));
    }

    private List<Link> duplicatesOf(NodeId id) {
        return links.where(
                link -> link.stage == Link.Stage.DUPLICATE && link.nodeId().equals(Optional.of(id)));
    }

    private static Violation duplicate(NodeId id) {
        return Violation.of(Rule.NET_DUPLICATE).with("nodeId", id);
    }

    private void ready(Link link) {
        link.stage = Link.Stage.READY;
        link.readyAtMillis = outbox.nowMillis();
        link.readyClockMillis = outbox.clockMillis();
        link.pingSentMillis = outbox.nowMillis();
        outbox.output(new Output.PeerJoined(link.id(), link.nodeId().orElseThrow()));
        onReady.accept(link);
    }

    private void sendHello(Link link) {
        byte[] challenge = new byte[Hash256.BYTES];
        random.nextBytes(challenge);
        StackedHeader best = tip.get();
        Message.Hello hello = new Message.Hello(
                Role.MEMBER,
                WireLimits.PROTOCOL_VERSION,
                config.network().id(),
                self,
                Hash256.of(challenge),
                config.listenUrl(),
                best.totalWork().hashes(),
                best.height());
        link.ourHello = Optional.of(hello);
        outbox.send(link, hello);
    }

    private Hash256 digest(Link link, Role signer) {
        byte[] ours = MessageCodec.encode(link.ourHello.orElseThrow());
        byte[] theirs = MessageCodec.encode(link.theirHello.orElseThrow());
        byte[] dialler = link.isOutbound() ? ours : theirs;
        byte[] listener = link.isOutbound() ? theirs : ours;
        return Proofs.handshakeDigest(config.network().id(), signer, dialler, listener);
    }
}
