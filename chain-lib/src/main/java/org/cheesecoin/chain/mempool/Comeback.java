package org.cheesecoin.chain.mempool;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Transaction;
import org.cheesecoin.chain.cheese.Txid;

/**
 * What waits for the end of a reorganisation: the payments of cheeses that were taken off, and the entries that build
 * on one of them. When the payments are more than the mempool could hold, the highest go first: nothing below builds on
 * them.
 */
final class Comeback {

    private final long limitBytes;
    private final SequencedMap<Txid, Payment> lowestFirst = new LinkedHashMap<>();
    private final SequencedMap<Txid, MempoolEntry> aside = new LinkedHashMap<>();
    private long heldBytes;
    private boolean pending;

    Comeback(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    /** The tip of the branch that loses, which lies below all that were told before. */
    void disconnected(Cheese cheese) {
        pending = true;
        for (Transaction transaction : cheese.transactions().reversed()) {
            if (transaction instanceof Payment payment && lowestFirst.putFirst(payment.txid(), payment) == null) {
                heldBytes += MempoolEntry.memoryBytes(payment);
            }
        }
        while (heldBytes > limitBytes) {
            heldBytes -= MempoolEntry.memoryBytes(lowestFirst.pollLastEntry().getValue());
        }
    }

    /** These build on what was taken off. */
    void setAside(Collection<MempoolEntry> entries) {
        entries.forEach(entry -> aside.put(entry.txid(), entry));
    }

    /** The other branch confirms this one; answers it if it was set aside. */
    Optional<MempoolEntry> confirmed(Txid txid) {
        Payment payment = lowestFirst.remove(txid);
        if (payment != null) {
            heldBytes -= MempoolEntry.memoryBytes(payment);
        }
        return Optional.ofNullable(aside.remove(txid));
    }

    boolean isPending() {
        return pending;
    }

    /** The payments of the cheeses, in the order of the stack. They wait here no more. */
    List<Payment> takePayments() {
        List<Payment> taken = List.copyOf(lowestFirst.values());
        lowestFirst.clear();
        heldBytes = 0;
        pending = false;
        return taken;
    }

    /** The entries that were set aside, parents before children. They wait here no more. */
    List<MempoolEntry> takeAside() {
        List<MempoolEntry> taken = EntryGraph.sorted(aside.values());
        aside.clear();
        return taken;
    }

    /** The same payments, each after those among them that it spends; otherwise in their order. */
    static List<Payment> parentsFirst(List<Payment> payments) {
        SequencedMap<Txid, Payment> byTxid = new LinkedHashMap<>();
        payments.forEach(payment -> byTxid.put(payment.txid(), payment));
        Map<Txid, Integer> parentsLeft = new HashMap<>();
        Map<Txid, List<Payment>> children = new HashMap<>();
        Deque<Payment> ready = new ArrayDeque<>();
        for (Payment payment : byTxid.values()) {
            List<Txid> parents = payment.inputs().stream()
                    .map(OutPoint::txid)
                    .filter(byTxid::containsKey)
                    .distinct()
                    .toList();
            parentsLeft.put(payment.txid(), parents.size());
            parents.forEach(parent -> children.computeIfAbsent(parent, _ -> new ArrayList<>()).add(payment));
            if (parents.isEmpty()) {
                ready.add(payment);
            }
        }
        List<Payment> sorted = new ArrayList<>(payments.size());
        while (!ready.isEmpty()) {
            Payment next = ready.remove();
            sorted.add(next);
            for (Payment child : children.getOrDefault(next.txid(), List.of())) {
                if (parentsLeft.merge(child.txid(), -1, Integer::sum) == 0) {
                    ready.add(child);
                }
            }
        }
        return sorted;
    }
}
