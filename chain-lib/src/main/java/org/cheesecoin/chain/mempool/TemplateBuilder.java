package org.cheesecoin.chain.mempool;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.FeeRate;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.consensus.NetworkParameters;
import org.cheesecoin.chain.consensus.StackedHeader;
import org.cheesecoin.chain.consensus.Subsidy;

/**
 * Chooses payments for one cheese as Bitcoin Core's {@code addPackageTxs} does: again and again the entry that pays
 * best together with its ancestors that are not chosen yet. When ancestors are chosen, what builds on them pays better
 * than the mempool's order says, so those stand in a second order that is looked at beside the first.
 */
final class TemplateBuilder {

    /** So many entries in a row that do not fit end the search. */
    private static final int MAX_MISSES = 1_000;

    private final EntryGraph graph;
    private final NetworkParameters parameters;
    private final Set<MempoolEntry> chosen = new HashSet<>();
    private final Set<MempoolEntry> passedOver = new HashSet<>();
    private final Map<MempoolEntry, Improved> improved = new HashMap<>();
    private final TreeSet<Improved> improvedOrder = new TreeSet<>((one, other) -> {
        int order = other.rate().compareTo(one.rate());
        return order == 0 ? Long.compare(one.entry().sequence(), other.entry().sequence()) : order;
    });
    private final List<Payment> payments = new ArrayList<>();
    private long feeCrumbs;
    private int roomBytes = CheeseTemplate.ROOM_BYTES;

    /** An entry of which ancestors are chosen. */
    private record Improved(MempoolEntry entry, MempoolEntry.Sum left, FeeRate rate) {

        static Improved of(MempoolEntry entry, MempoolEntry.Sum left) {
            return new Improved(entry, left, MempoolEntry.miningRate(entry.feeRate(), left));
        }
    }

    TemplateBuilder(EntryGraph graph, NetworkParameters parameters) {
        this.graph = graph;
        this.parameters = parameters;
    }

    CheeseTemplate build(StackedHeader tip) {
        int height = tip.height() + 1;
        List<MempoolEntry> immature = graph.maturityOrder().stream()
                .takeWhile(entry -> entry.spendableFromHeight() > height)
                .toList();
        passedOver.addAll(graph.withDescendants(immature, Integer.MAX_VALUE));
        Iterator<MempoolEntry> order = graph.miningOrder().iterator();
        Optional<MempoolEntry> next = nextUntouched(order);
        int misses = 0;
        while (misses < MAX_MISSES && (next.isPresent() || !improvedOrder.isEmpty())) {
            MempoolEntry best;
            if (!improvedOrder.isEmpty() && (next.isEmpty() || isBetter(improvedOrder.first(), next.get()))) {
                best = improvedOrder.first().entry();
            } else {
                best = next.orElseThrow();
                next = nextUntouched(order);
            }
            if (leftOf(best).sizeBytes() > roomBytes) {
                passedOver.add(best);
                forgetImproved(best);
                misses++;
            } else {
                choose(best);
                misses = 0;
                if (next.isPresent() && isTouched(next.get())) {
                    next = nextUntouched(order);
                }
            }
        }
        return new CheeseTemplate(
                tip, payments, new Amount(feeCrumbs), Subsidy.at(height, parameters), parameters);
    }

    private Optional<MempoolEntry> nextUntouched(Iterator<MempoolEntry> order) {
        while (order.hasNext()) {
            MempoolEntry entry = order.next();
            if (!isTouched(entry)) {
                return Optional.of(entry);
            }
        }
        return Optional.empty();
    }

    private boolean isTouched(MempoolEntry entry) {
        return chosen.contains(entry) || passedOver.contains(entry) || improved.containsKey(entry);
    }

    private static boolean isBetter(Improved one, MempoolEntry other) {
        return one.rate().compareTo(other.miningRate()) >= 0;
    }

    private MempoolEntry.Sum leftOf(MempoolEntry entry) {
        Improved better = improved.get(entry);
        return better == null ? entry.ancestors() : better.left();
    }

    private void forgetImproved(MempoolEntry entry) {
        Improved old = improved.remove(entry);
        if (old != null) {
            improvedOrder.remove(old);
        }
    }

    private void choose(MempoolEntry best) {
        List<MempoolEntry> together = new ArrayList<>();
        graph.ancestors(best).stream().filter(ancestor -> !chosen.contains(ancestor)).forEach(together::add);
        together.add(best);
        for (MempoolEntry entry : EntryGraph.sorted(together)) {
            chosen.add(entry);
            forgetImproved(entry);
            payments.add(entry.payment());
            feeCrumbs += entry.fee().crumbs();
            roomBytes -= entry.sizeBytes();
            improveDescendants(entry);
        }
    }

    private void improveDescendants(MempoolEntry entry) {
        for (MempoolEntry descendant : graph.withDescendants(entry.children(), Integer.MAX_VALUE)) {
            if (!chosen.contains(descendant) && !passedOver.contains(descendant)) {
                MempoolEntry.Sum left = leftOf(descendant).minus(entry);
                forgetImproved(descendant);
                Improved better = Improved.of(descendant, left);
                improved.put(descendant, better);
                improvedOrder.add(better);
            }
        }
    }
}
