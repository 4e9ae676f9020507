package org.cheesecoin.chain.node;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

import org.cheesecoin.chain.wire.GossipUrl;
import org.cheesecoin.chain.wire.NodeId;
import org.cheesecoin.chain.wire.PeerRecord;

/**
 * The members that could be dialled, in buckets by who told of them, so that one source cannot fill the book. Nobody
 * who was ever reached is given up while there is room: the pauses grow, and go on for ever. In a full book the most
 * crowded source makes room, of what was never reached first: so many names that strangers tell push out their own.
 */
final class PeerBook {

    private static final int MAX_FAILURES_UNREACHED = 8;
    private static final int MAX_DOUBLINGS = 16;

    private static final class Entry {
        private KnownPeer peer;
        private final boolean owners;
        private int failures;
        private String lastFailure = "";
        private long nextDialMillis;

        private Entry(KnownPeer peer, boolean owners) {
            this.peer = peer;
            this.owners = owners;
        }

        private boolean wasReached() {
            return peer.lastConnectedMillis() > 0;
        }
    }

    /** The source of peers that the owner names. */
    static final String OWNER = "owner";

    private final NodeLimits limits;
    private final Outbox outbox;
    private final RandomGenerator random;
    private final LinkedHashMap<GossipUrl, Entry> entries = new LinkedHashMap<>();

    PeerBook(NodeLimits limits, Outbox outbox, RandomGenerator random, List<KnownPeer> remembered) {
        this.limits = limits;
        this.outbox = outbox;
        this.random = random;
        remembered.forEach(peer -> entries.put(peer.url(), new Entry(peer, peer.source().equals(OWNER))));
    }

    /** The owner wants a link there, always. */
    void addOwners(GossipUrl url) {
        Optional<KnownPeer> before = Optional.ofNullable(entries.get(url)).map(entry -> entry.peer);
        KnownPeer peer = new KnownPeer(
                url,
                before.flatMap(KnownPeer::nodeId),
                before.flatMap(KnownPeer::record),
                OWNER,
                before.map(KnownPeer::lastConnectedMillis).orElse(0L));
        entries.put(url, new Entry(peer, true));
        keep(peer);
    }

    /** Keeps a checked record, unless its source or the book is full, or a later word of the same peer is here. */
    void learn(PeerRecord record, String source) {
        Entry entry = entries.get(record.url());
        if (entry != null) {
            boolean newer = entry.peer
                    .record()
                    .map(old -> old.issuedAtMillis() < record.issuedAtMillis())
                    .orElse(true);
            if (newer) {
                update(entry, withRecord(entry.peer, record));
            }
            return;
        }
        long fromSource = entries.values().stream()
                .filter(other -> other.peer.source().equals(source))
                .count();
        if (fromSource >= limits.peersPerSource() || !makeRoom()) {
            return;
        }
        KnownPeer peer = new KnownPeer(record.url(), Optional.of(record.nodeId()), Optional.of(record), source, 0);
        entries.put(peer.url(), new Entry(peer, false));
        keep(peer);
    }

    private static KnownPeer withRecord(KnownPeer peer, PeerRecord record) {
        return new KnownPeer(
                peer.url(),
                Optional.of(record.nodeId()),
                Optional.of(record),
                peer.source(),
                peer.lastConnectedMillis());
    }

    private boolean makeRoom() {
        if (entries.size() < limits.knownPeers()) {
            return true;
        }
        Optional<Entry> victim = mostCrowded(entry -> !entry.wasReached()).or(() -> mostCrowded(Entry::wasReached));
        victim.ifPresent(entry -> forget(entry.peer.url()));
        return victim.isPresent();
    }

    /** Of the source that has most such entries the one that was reached longest ago, or came first. */
    private Optional<Entry> mostCrowded(Predicate<Entry> condition) {
        Map<String, List<Entry>> bySource = new LinkedHashMap<>();
        for (Entry entry : entries.values()) {
            if (!entry.owners && condition.test(entry)) {
                bySource.computeIfAbsent(entry.peer.source(), _ -> new ArrayList<>()).add(entry);
            }
        }
        return bySource.values().stream()
                .reduce((most, other) -> other.size() > most.size() ? other : most)
                .flatMap(crowd -> crowd.stream()
                        .min(Comparator.comparingLong(entry -> entry.peer.lastConnectedMillis())));
    }

    /** The peer proved its id there. */
    void reached(GossipUrl url, NodeId nodeId) {
        Entry entry = entries.get(url);
        if (entry == null) {
            return;
        }
        entry.failures = 0;
        entry.nextDialMillis = outbox.nowMillis() + limits.redialMillis();
        KnownPeer old = entry.peer;
        // A record of somebody else at this URL is not true any more.
        Optional<PeerRecord> record = old.record().filter(word -> word.nodeId().equals(nodeId));
        update(entry, new KnownPeer(url, Optional.of(nodeId), record, old.source(), outbox.clockMillis()));
    }

    /** A dial came to nothing, or the link broke before it was of use: the next pause is longer. */
    void failed(GossipUrl url, String reason) {
        Entry entry = entries.get(url);
        if (entry == null) {
            return;
        }
        entry.failures++;
        entry.lastFailure = new FailedDials(entry.failures, reason).lastReason();
        long pause = Math.min(
                limits.maxRedialMillis(), limits.redialMillis() << Math.min(entry.failures, MAX_DOUBLINGS));
        entry.nextDialMillis = outbox.nowMillis() + pause / 2 + random.nextLong(pause / 2 + 1);
        if (!entry.owners && !entry.wasReached() && entry.failures >= MAX_FAILURES_UNREACHED) {
            forget(url);
        }
    }

    /** The owner wants it gone, or it is ourselves. */
    void forget(GossipUrl url) {
        if (entries.remove(url) != null) {
            outbox.change(new Change.PeerForgotten(url));
        }
    }

    /** Forgets whatever is known of this id. */
    void forget(NodeId nodeId) {
        entries.values().stream()
                .filter(entry -> entry.peer.nodeId().equals(Optional.of(nodeId)))
                .map(entry -> entry.peer.url())
                .toList()
                .forEach(this::forget);
    }

    /**
     * The owner's peers that may be dialled now.
     *
     * @param linked who is linked already, by whoever dialled
     */
    List<GossipUrl> ownersDue(Set<NodeId> linked) {
        return entries.values().stream()
                .filter(entry -> entry.owners && entry.nextDialMillis <= outbox.nowMillis())
                .filter(entry -> entry.peer.nodeId().filter(linked::contains).isEmpty())
                .map(entry -> entry.peer.url())
                .toList();
    }

    /**
     * One to dial now, by chance, rather from a source that none of our links comes from.
     *
     * @param excludedUrls dialled already
     * @param excludedIds linked already
     * @param usedSources sources of the links of our own choice
     */
    Optional<GossipUrl> candidate(
            Set<GossipUrl> excludedUrls, Set<NodeId> excludedIds, Set<String> usedSources) {
        List<KnownPeer> due = new ArrayList<>();
        List<KnownPeer> fresh = new ArrayList<>();
        for (Entry entry : entries.values()) {
            KnownPeer peer = entry.peer;
            if (entry.nextDialMillis <= outbox.nowMillis()
                    && !excludedUrls.contains(peer.url())
                    && peer.nodeId().filter(excludedIds::contains).isEmpty()) {
                due.add(peer);
                if (!usedSources.contains(peer.source())) {
                    fresh.add(peer);
                }
            }
        }
        List<KnownPeer> choice = fresh.isEmpty() ? due : fresh;
        return choice.isEmpty()
                ? Optional.empty()
                : Optional.of(choice.get(random.nextInt(choice.size())).url());
    }

    /** Who told us of this URL. */
    Optional<String> sourceOf(GossipUrl url) {
        return Optional.ofNullable(entries.get(url)).map(entry -> entry.peer.source());
    }

    /**
     * Some signed records, by chance, of peers that were reached or are linked now: whoever dialled us was proved too,
     * and would be told of by nobody if all dialled one.
     */
    List<PeerRecord> sample(int limit, Set<NodeId> linked) {
        List<PeerRecord> records = new ArrayList<>(entries.values().stream()
                .filter(entry -> entry.wasReached()
                        || entry.peer.nodeId().filter(linked::contains).isPresent())
                .flatMap(entry -> entry.peer.record().stream())
                .toList());
        for (int i = records.size() - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            PeerRecord moved = records.get(i);
            records.set(i, records.get(other));
            records.set(other, moved);
        }
        return List.copyOf(records.subList(0, Math.min(limit, records.size())));
    }

    /** All of them, in the order in which they were learned. */
    List<KnownPeer> all() {
        return entries.values().stream().map(entry -> entry.peer).toList();
    }

    /** Why those were not reached whose last dial came to nothing. */
    Map<GossipUrl, FailedDials> failedDials() {
        Map<GossipUrl, FailedDials> failed = new HashMap<>();
        for (Entry entry : entries.values()) {
            if (entry.failures > 0) {
                failed.put(entry.peer.url(), new FailedDials(entry.failures, entry.lastFailure));
            }
        }
        return failed;
    }

    private void update(Entry entry, KnownPeer peer) {
        entry.peer = peer;
        keep(peer);
    }

    private void keep(KnownPeer peer) {
        outbox.change(new Change.PeerKept(peer));
    }
}
