package org.cheesecoin.chain.mempool;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

import org.cheesecoin.chain.cheese.FullId;
import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.TransactionOutput;
import org.cheesecoin.chain.cheese.Txid;
import org.cheesecoin.chain.consensus.Coin;

/**
 * The entries and who builds on whom, in every order in which they are asked for. It knows no policy. The hash maps are
 * only looked up, never walked.
 */
final class EntryGraph {

    private final Map<Txid, MempoolEntry> byTxid = new HashMap<>();
    private final Map<FullId, MempoolEntry> byFullId = new HashMap<>();
    private final Map<OutPoint, MempoolEntry> spenders = new HashMap<>();
    private final TreeMap<Long, MempoolEntry> bySequence = new TreeMap<>();
    private final TreeSet<MempoolEntry> miningOrder = new TreeSet<>(MempoolEntry.MINING_ORDER);
    private final TreeSet<MempoolEntry> evictionOrder = new TreeSet<>(MempoolEntry.EVICTION_ORDER);
    private final TreeSet<MempoolEntry> maturityOrder = new TreeSet<>(MempoolEntry.MATURITY_ORDER);
    private long memoryBytes;
    private long sizeBytes;
    private long version;

    /** Adds an entry on which nothing here builds. */
    void insert(MempoolEntry entry) {
        entry.parents(parents(entry.payment()));
        entry.parents().forEach(parent -> parent.children().add(entry));
        MempoolEntry.Sum sum = MempoolEntry.Sum.NONE.plus(entry);
        for (MempoolEntry ancestor : ancestors(entry)) {
            sum = sum.plus(ancestor);
            evictionOrder.remove(ancestor);
            ancestor.descendants(ancestor.descendants().plus(entry));
            evictionOrder.add(ancestor);
        }
        entry.ancestors(sum);
        entry.descendants(MempoolEntry.Sum.NONE.plus(entry));
        byTxid.put(entry.txid(), entry);
        byFullId.put(entry.fullId(), entry);
        entry.payment().inputs().forEach(input -> spenders.put(input, entry));
        bySequence.put(entry.sequence(), entry);
        miningOrder.add(entry);
        evictionOrder.add(entry);
        if (entry.spendableFromHeight() > 0) {
            maturityOrder.add(entry);
        }
        memoryBytes += entry.memoryBytes();
        sizeBytes += entry.sizeBytes();
        version++;
    }

    /** Takes out an entry that builds on nothing here, or on which nothing here builds. */
    void remove(MempoolEntry entry) {
        for (MempoolEntry ancestor : ancestors(entry)) {
            evictionOrder.remove(ancestor);
            ancestor.descendants(ancestor.descendants().minus(entry));
            evictionOrder.add(ancestor);
        }
        for (MempoolEntry descendant : withDescendants(List.of(entry), Integer.MAX_VALUE)) {
            if (descendant != entry) {
                miningOrder.remove(descendant);
                descendant.ancestors(descendant.ancestors().minus(entry));
                miningOrder.add(descendant);
            }
        }
        entry.parents().forEach(parent -> parent.children().remove(entry));
        entry.children().forEach(child -> child.parents(without(child.parents(), entry)));
        entry.parents(List.of());
        entry.children().clear();
        byTxid.remove(entry.txid());
        byFullId.remove(entry.fullId());
        entry.payment().inputs().forEach(spenders::remove);
        bySequence.remove(entry.sequence());
        miningOrder.remove(entry);
        evictionOrder.remove(entry);
        maturityOrder.remove(entry);
        memoryBytes -= entry.memoryBytes();
        sizeBytes -= entry.sizeBytes();
        version++;
    }

    /** Takes these and all that build on them out. Answers what was taken out, parents before children. */
    List<MempoolEntry> removeWithDescendants(Collection<MempoolEntry> entries) {
        List<MempoolEntry> sorted = sorted(withDescendants(entries, Integer.MAX_VALUE));
        sorted.reversed().forEach(this::remove);
        return sorted;
    }

    /** Parents before children. */
    static List<MempoolEntry> sorted(Collection<MempoolEntry> entries) {
        List<MempoolEntry> sorted = new ArrayList<>(entries);
        sorted.sort(Comparator.comparingLong(MempoolEntry::sequence));
        return sorted;
    }

    /** What a payment that is not here builds on, directly or not; the walk ends when more than the limit are found. */
    SequencedSet<MempoolEntry> ancestors(Payment payment, int limit) {
        return walk(parents(payment), MempoolEntry::parents, limit);
    }

    /** What an entry builds on, directly or not. */
    SequencedSet<MempoolEntry> ancestors(MempoolEntry entry) {
        return walk(entry.parents(), MempoolEntry::parents, Integer.MAX_VALUE);
    }

    /** These and all that build on them; the walk ends when more than the limit are found. */
    SequencedSet<MempoolEntry> withDescendants(Collection<MempoolEntry> entries, int limit) {
        return walk(entries, MempoolEntry::children, limit);
    }

    private static SequencedSet<MempoolEntry> walk(
            Collection<MempoolEntry> from, Function<MempoolEntry, Collection<MempoolEntry>> next, int limit) {
        SequencedSet<MempoolEntry> found = new LinkedHashSet<>(from);
        Deque<MempoolEntry> toVisit = new ArrayDeque<>(found);
        while (!toVisit.isEmpty() && found.size() <= limit) {
            for (MempoolEntry entry : next.apply(toVisit.remove())) {
                if (found.add(entry)) {
                    toVisit.add(entry);
                }
            }
        }
        return found;
    }

    private List<MempoolEntry> parents(Payment payment) {
        SequencedSet<MempoolEntry> parents = new LinkedHashSet<>();
        for (OutPoint input : payment.inputs()) {
            byTxid(input.txid()).ifPresent(parents::add);
        }
        return List.copyOf(parents);
    }

    private static List<MempoolEntry> without(List<MempoolEntry> entries, MempoolEntry gone) {
        return entries.stream().filter(entry -> entry != gone).toList();
    }

    Optional<MempoolEntry> byTxid(Txid txid) {
        return Optional.ofNullable(byTxid.get(txid));
    }

    Optional<MempoolEntry> byFullId(FullId fullId) {
        return Optional.ofNullable(byFullId.get(fullId));
    }

    Optional<MempoolEntry> spender(OutPoint outPoint) {
        return Optional.ofNullable(spenders.get(outPoint));
    }

    /** An output made here, spent or not. It has no height yet: zero stands for it. */
    Optional<Coin> coin(OutPoint outPoint) {
        MempoolEntry maker = byTxid.get(outPoint.txid());
        if (maker == null || outPoint.index() >= maker.payment().outputs().size()) {
            return Optional.empty();
        }
        TransactionOutput output = maker.payment().outputs().get(outPoint.index());
        return Optional.of(new Coin(output.amount(), output.address(), 0, Coin.Origin.PAYMENT));
    }

    /** All, parents before children. */
    Collection<MempoolEntry> bySequence() {
        return Collections.unmodifiableCollection(bySequence.values());
    }

    Collection<MempoolEntry> bySequenceFrom(long sequence) {
        return Collections.unmodifiableCollection(bySequence.tailMap(sequence).values());
    }

    NavigableSet<MempoolEntry> miningOrder() {
        return Collections.unmodifiableNavigableSet(miningOrder);
    }

    NavigableSet<MempoolEntry> evictionOrder() {
        return Collections.unmodifiableNavigableSet(evictionOrder);
    }

    NavigableSet<MempoolEntry> maturityOrder() {
        return Collections.unmodifiableNavigableSet(maturityOrder);
    }

    int count() {
        return byTxid.size();
    }

    long memoryBytes() {
        return memoryBytes;
    }

    long sizeBytes() {
        return sizeBytes;
    }

    long version() {
        return version;
    }
}
