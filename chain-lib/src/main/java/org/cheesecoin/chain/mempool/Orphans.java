package org.cheesecoin.chain.mempool;

import java.util.ArrayList;
import java.util.Collection;
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
 * Payments that wait for an unknown parent, their signatures not checked yet. When there are too many the oldest goes:
 * so a flood must go on to keep others out, while a full room that refuses would stay shut after a short one.
 */
final class Orphans {

    private final int limit;
    private final long waitMillis;
    private final LinkedHashMap<FullId, Orphan> orphans = new LinkedHashMap<>();
    private final Map<Txid, SequencedSet<FullId>> byParent = new LinkedHashMap<>();

    private record Orphan(Payment payment, List<Txid> parents, long untilMillis) {}

    Orphans(int limit, long waitMillis) {
        this.limit = limit;
        this.waitMillis = waitMillis;
    }

    /** Keeps a payment. Answers the one that had to go for it, if one had. */
    Optional<Payment> keep(Payment payment, Collection<OutPoint> missing, long nowMillis) {
        if (orphans.containsKey(payment.fullId())) {
            return Optional.empty();
        }
        List<Txid> parents = missing.stream().map(OutPoint::txid).distinct().toList();
        orphans.put(payment.fullId(), new Orphan(payment, parents, nowMillis + waitMillis));
        for (Txid parent : parents) {
            byParent.computeIfAbsent(parent, _ -> new LinkedHashSet<>()).add(payment.fullId());
        }
        if (orphans.size() <= limit) {
            return Optional.empty();
        }
        Payment oldest = orphans.firstEntry().getValue().payment();
        forget(oldest.fullId());
        return Optional.of(oldest);
    }

    /** Those that waited for this parent, the earliest first. They wait no more. */
    List<Payment> adoptable(Txid parent) {
        SequencedSet<FullId> waiting = byParent.get(parent);
        if (waiting == null) {
            return List.of();
        }
        List<Payment> adopted = new ArrayList<>();
        for (FullId fullId : List.copyOf(waiting)) {
            Orphan orphan = orphans.get(fullId);
            if (orphan != null) {
                adopted.add(orphan.payment());
                forget(fullId);
            }
        }
        return adopted;
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

    private void forget(FullId fullId) {
        Orphan orphan = orphans.remove(fullId);
        if (orphan == null) {
            return;
        }
        for (Txid parent : orphan.parents()) {
            SequencedSet<FullId> waiting = byParent.get(parent);
            if (waiting != null && waiting.remove(fullId) && waiting.isEmpty()) {
                byParent.remove(parent);
            }
        }
    }
}
