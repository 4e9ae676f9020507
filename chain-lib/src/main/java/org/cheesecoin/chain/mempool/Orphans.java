package org.cheesecoin.chain.mempool;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;

import org.cheesecoin.chain.cheese.FullId;
import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Txid;

/**
 * Payments that wait for an unknown parent, their signatures not checked yet. When there are too many, or too many bytes
 * of them, the oldest goes of whoever has most bytes here: so one who floods pushes out his own, and a flood must go on
 * to keep others out, while a full room that refuses would stay shut after a short one.
 */
final class Orphans {

    /** What a place in the index of parents counts for, in bytes of an encoding. */
    private static final int PARENT_BYTES = 60;

    private final int limit;
    private final long limitBytes;
    private final long waitMillis;
    private final LinkedHashMap<FullId, Orphan> orphans = new LinkedHashMap<>();
    private final Map<Txid, SequencedSet<FullId>> byParent = new LinkedHashMap<>();
    private final SequencedSet<FullId> adoptable = new LinkedHashSet<>();
    private long heldBytes;

    private record Orphan(Payment payment, List<Txid> parents, long source, long untilMillis) {

        long bytes() {
            return payment.sizeBytes() + (long) PARENT_BYTES * parents.size();
        }
    }

    Orphans(int limit, long limitBytes, long waitMillis) {
        this.limit = limit;
        this.limitBytes = limitBytes;
        this.waitMillis = waitMillis;
    }

    /** Keeps a payment. Answers those that had to go for it, which may be itself. */
    List<Payment> keep(Payment payment, Collection<OutPoint> missing, long source, long nowMillis) {
        if (orphans.containsKey(payment.fullId())) {
            return List.of();
        }
        List<Txid> parents = missing.stream().map(OutPoint::txid).distinct().toList();
        Orphan orphan = new Orphan(payment, parents, source, nowMillis + waitMillis);
        orphans.put(payment.fullId(), orphan);
        heldBytes += orphan.bytes();
        for (Txid parent : parents) {
            byParent.computeIfAbsent(parent, _ -> new LinkedHashSet<>()).add(payment.fullId());
        }
        List<Payment> gone = new ArrayList<>();
        while (orphans.size() > limit || heldBytes > limitBytes) {
            Payment oldest = oldestOfTheLargest();
            forget(oldest.fullId());
            gone.add(oldest);
        }
        return gone;
    }

    /** The oldest of the source that has most bytes here. */
    private Payment oldestOfTheLargest() {
        Map<Long, Long> bytesBySource = new HashMap<>();
        long most = 0;
        long largest = 0;
        for (Orphan orphan : orphans.values()) {
            long bytes = bytesBySource.merge(orphan.source(), orphan.bytes(), Long::sum);
            if (bytes > most) {
                most = bytes;
                largest = orphan.source();
            }
        }
        long source = largest;
        return orphans.values().stream()
                .filter(orphan -> orphan.source() == source)
                .findFirst()
                .orElseThrow()
                .payment();
    }

    /** This parent is here: those that waited for it may be looked at again, and hold their room until they are. */
    void parentCame(Txid parent) {
        SequencedSet<FullId> waiting = byParent.remove(parent);
        if (waiting != null) {
            adoptable.addAll(waiting);
        }
    }

    /** Those that a parent came for, the earliest first. */
    List<Payment> adoptable() {
        return adoptable.stream().flatMap(it -> Optional.ofNullable(orphans.get(it)).stream()).map(Orphan::payment)
                .toList();
    }

    void expire(long nowMillis) {
        while (!orphans.isEmpty() && orphans.firstEntry().getValue().untilMillis() <= nowMillis) {
            forget(orphans.firstEntry().getKey());
        }
    }

    boolean contains(FullId fullId) {
        return orphans.containsKey(fullId);
    }

    int count() {
        return orphans.size();
    }

    /** It waits no more. */
    void forget(FullId fullId) {
        adoptable.remove(fullId);
        Orphan orphan = orphans.remove(fullId);
        if (orphan == null) {
            return;
        }
        heldBytes -= orphan.bytes();
        for (Txid parent : orphan.parents()) {
            SequencedSet<FullId> waiting = byParent.get(parent);
            if (waiting != null && waiting.remove(fullId) && waiting.isEmpty()) {
                byParent.remove(parent);
            }
        }
    }
}
