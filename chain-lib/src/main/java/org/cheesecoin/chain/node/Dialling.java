package org.cheesecoin.chain.node;

import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.wire.GossipUrl;
import org.cheesecoin.chain.wire.Message;
import org.cheesecoin.chain.wire.NodeId;
import org.cheesecoin.chain.wire.PeerRecord;
import org.cheesecoin.chain.wire.Proofs;
import org.cheesecoin.chain.wire.UnusableRecord;

/** Whom to dial, whom to keep among those who dialled us, and what to tell of others. */
final class Dialling {

    private static final long ASK_PEERS_MILLIS = 60_000;
    private static final int FEW_PEERS = 50;
    private static final int SAMPLE = 100;
    private static final int RECORDS_PER_SECOND = 20;
    private static final int RECORDS_BURST = 200;
    private static final long MAX_RECORD_AHEAD_MILLIS = 600_000;

    private final NodeConfig config;
    private final NodeLimits limits;
    private final Parts parts;
    private final Links links;
    private final Discipline discipline;
    private final Outbox outbox;
    private final PeerBook book;
    private final Set<GossipUrl> dialling = new LinkedHashSet<>();
    private final TokenBucket recordChecks = new TokenBucket(RECORDS_PER_SECOND, RECORDS_BURST, 0);
    private Optional<PeerRecord> ownRecord = Optional.empty();
    private long lastAskedMillis;

    Dialling(NodeConfig config, Parts parts, PeerBook book) {
        this.config = config;
        this.limits = config.limits();
        this.parts = parts;
        this.links = parts.links();
        this.discipline = parts.discipline();
        this.outbox = parts.outbox();
        this.book = book;
    }

    /** A dial led to an open connection. */
    void opened(Link link) {
        link.dialled().ifPresent(dialling::remove);
    }

    /** A dial came to nothing. */
    void failed(GossipUrl url, String reason) {
        dialling.remove(url);
        book.failed(url, reason);
    }

    /** A link is gone; if it never became a peer, that counts as a failed dial. */
    void gone(Link link) {
        if (link.readyAtMillis == 0) {
            link.dialled().ifPresent(url -> book.failed(url, link.whyEnded.orElse("")));
        }
    }

    /** It is ourselves who listen there. */
    void isSelf(Link link) {
        link.dialled().ifPresent(book::forget);
    }

    /** A new peer: note it, make room for it, tell it where we listen, and ask for others if we know few. */
    void peerReady(Link link) {
        link.dialled().ifPresent(url -> book.reached(url, link.nodeId().orElseThrow()));
        if (!link.isOutbound()) {
            makeRoom();
        }
        ownRecord().ifPresent(record -> outbox.send(link, new Message.Peers(List.of(record))));
        if (link.isReady() && book.all().size() < FEW_PEERS) {
            askPeers(link);
        }
    }

    private void askPeers(Link link) {
        link.peersAsked = true;
        lastAskedMillis = outbox.nowMillis();
        outbox.send(link, new Message.GetPeers());
    }

    /**
     * Too many dialled us: of those from the most crowded address the least useful goes, and of equals the youngest. Half
     * of them, who came first, are not looked at, so that a flood does not displace who was there before it however useful
     * it makes itself. Links of our own choice are never given up for others.
     */
    private void makeRoom() {
        List<Link> inbound = links.where(link -> link.isReady() && !link.isOutbound());
        if (inbound.size() <= limits.inboundLinks()) {
            return;
        }
        Map<String, Integer> crowds = new HashMap<>();
        inbound.forEach(link -> crowds.merge(link.addressGroup(), 1, Integer::sum));
        int most = Collections.max(crowds.values());
        List<Link> crowd = inbound.stream()
                .filter(link -> crowds.getOrDefault(link.addressGroup(), 0) == most)
                .sorted(Comparator.comparingLong(link -> link.readyAtMillis))
                .toList();
        List<Link> late = crowd.subList(crowd.size() / 2, crowd.size()).reversed();
        Link victim = Collections.min(late, Comparator.comparingInt(link -> link.usefulCount));
        discipline.close(victim, Violation.of(Rule.NET_SLOTS).with("inboundLinks", limits.inboundLinks()));
    }

    /** What a peer is told that asks for others. */
    Message.Peers sample() {
        return Message.Peers.of(book.sample(SAMPLE, linkedIds()));
    }

    /** A peer tells of others: its own record when it comes, more where it was asked. */
    void peers(Link link, Message.Peers told) {
        boolean ownWord = !link.peersHeard && told.words().size() <= 1;
        if (!ownWord && !link.peersAsked) {
            discipline.blame(
                    link, Violation.of(Rule.NET_UNSOLICITED).with("message", "Peers"), Hash256.ZERO);
            return;
        }
        link.peersHeard = true;
        if (!ownWord) {
            link.peersAsked = false;
        }
        learn(told.records(), link.remoteAddress())
                .or(() -> unusableOwnWord(link, told))
                .ifPresent(violation -> discipline.blame(link, violation, Hash256.ZERO));
    }

    /** What others wrote in their records is not the fault of who passes them on, but a peer's own is, as in its Hello. */
    private static Optional<Violation> unusableOwnWord(Link link, Message.Peers told) {
        return told.unusable().stream()
                .filter(it -> link.nodeId().equals(Optional.of(it.nodeId())))
                .map(UnusableRecord::violation)
                .findFirst();
    }

    /** Keeps the records that are true; answers what is wrong with the first that is not. */
    Optional<Violation> learn(List<PeerRecord> records, String source) {
        Smell networkId = config.network().id();
        for (PeerRecord record : records) {
            boolean own = record.nodeId().equals(parts.self());
            boolean ahead = record.issuedAtMillis() > outbox.clockMillis() + MAX_RECORD_AHEAD_MILLIS;
            if (own || ahead || !record.networkId().equals(networkId)
                    || !recordChecks.take(1, outbox.nowMillis())) {
                continue;
            }
            // NET-PEER-RECORD: signed by the node key that it names.
            Optional<Violation> forged = Proofs.checkPeerRecord(config.signatures(), record);
            if (forged.isPresent()) {
                return forged;
            }
            book.learn(record, source);
        }
        return Optional.empty();
    }

    /** Our own signed record, made anew where the clock was set back behind it: from the future nobody takes one. */
    Optional<PeerRecord> ownRecord() {
        if (ownRecord.filter(it -> it.issuedAtMillis() <= outbox.clockMillis()).isEmpty()) {
            ownRecord = config.listenUrl()
                    .map(url -> Proofs.signPeerRecord(
                            config.signatures(), config.nodeKey(), config.network().id(), url, outbox.clockMillis()));
        }
        return ownRecord;
    }

    void tick() {
        book.ownersDue(linkedIds()).stream().filter(url -> !isBusy(url)).forEach(this::dial);
        long outbound = links.count(Link::isOutbound) + dialling.size();
        while (outbound < limits.outboundLinks() && dialCandidate()) {
            outbound++;
        }
        boolean few = book.all().size() < FEW_PEERS;
        if (few && outbox.nowMillis() - lastAskedMillis > ASK_PEERS_MILLIS) {
            List<Link> ready = links.ready();
            if (!ready.isEmpty()) {
                askPeers(ready.get(parts.random().nextInt(ready.size())));
            }
        }
    }

    private boolean dialCandidate() {
        Set<GossipUrl> urls = new HashSet<>(dialling);
        Set<String> sources = new HashSet<>();
        config.listenUrl().ifPresent(urls::add);
        for (Link link : links.all()) {
            link.dialled().ifPresent(url -> {
                urls.add(url);
                book.sourceOf(url).ifPresent(sources::add);
            });
        }
        Optional<GossipUrl> choice = book.candidate(urls, linkedIds(), sources);
        choice.ifPresent(this::dial);
        return choice.isPresent();
    }

    private Set<NodeId> linkedIds() {
        Set<NodeId> ids = new HashSet<>();
        links.ready().forEach(link -> link.nodeId().ifPresent(ids::add));
        return ids;
    }

    private boolean isBusy(GossipUrl url) {
        return dialling.contains(url) || links.dials(url);
    }

    private void dial(GossipUrl url) {
        dialling.add(url);
        outbox.output(new Output.Dial(url));
    }
}
