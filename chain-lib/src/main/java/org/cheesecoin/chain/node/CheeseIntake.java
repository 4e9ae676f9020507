package org.cheesecoin.chain.node;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.FullId;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.cheese.Transaction;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.consensus.CheckedCheese;
import org.cheesecoin.chain.consensus.CheeseRules;
import org.cheesecoin.chain.consensus.StackedHeader;
import org.cheesecoin.chain.mempool.Mempool;
import org.cheesecoin.chain.mempool.MempoolStep;
import org.cheesecoin.chain.stack.Added;
import org.cheesecoin.chain.stack.CheeseStack;
import org.cheesecoin.chain.stack.StackStep;

/**
 * The way of a cheese, from its arrival to the stack: {@link #arrived} says whether it is wanted and has it checked,
 * {@link #checked} takes it back in any order, {@link #place} puts it on the stack in the stack's order, and
 * {@link #placed} does what follows. Nobody pays for signatures before the header and its work are known to be good.
 */
final class CheeseIntake {

    private record Arrival(Cheese cheese, Optional<LinkId> from) {}

    private record Ready(CheckedCheese cheese, Optional<LinkId> from) {}

    private final CheeseStack stack;
    private final Mempool mempool;
    private final HeaderSync headers;
    private final HeaderTree tree;
    private final Links links;
    private final Discipline discipline;
    private final Outbox outbox;
    private final Consumer<MempoolStep> onMempool;
    private final BiConsumer<Cheese, Optional<LinkId>> onTip;

    private final Map<Smell, Arrival> checking = new LinkedHashMap<>();
    private final Map<Smell, Ready> waiting = new LinkedHashMap<>();
    private final Map<Smell, List<Smell>> waitingByParent = new LinkedHashMap<>();
    private long heldBytes;
    private long lastTipChangeMillis;

    /**
     * @param onMempool told of each change of the mempool that the stack brings
     * @param onTip told of each new tip that came by one cheese, with its sender
     */
    CheeseIntake(
            Parts parts,
            CheeseStack stack,
            Mempool mempool,
            HeaderSync headers,
            HeaderTree tree,
            Consumer<MempoolStep> onMempool,
            BiConsumer<Cheese, Optional<LinkId>> onTip) {
        this.stack = stack;
        this.mempool = mempool;
        this.headers = headers;
        this.tree = tree;
        this.links = parts.links();
        this.discipline = parts.discipline();
        this.outbox = parts.outbox();
        this.onMempool = onMempool;
        this.onTip = onTip;
    }

    /** Whether the cheese is on its way through here. */
    boolean holds(Smell smell) {
        return checking.containsKey(smell) || waiting.containsKey(smell);
    }

    /** Bytes of the cheeses that are on their way through here. */
    long heldBytes() {
        return heldBytes;
    }

    /** How many cheeses are on their way through here. */
    int heldCount() {
        return checking.size() + waiting.size();
    }

    /** A whole cheese is here whose header was checked when it came. */
    void arrived(Cheese cheese, Optional<LinkId> from) {
        Smell smell = cheese.smell();
        if (holds(smell) || stack.header(smell).isPresent() || !tree.contains(smell)) {
            return;
        }
        checking.put(smell, new Arrival(cheese, from));
        heldBytes += cheese.sizeBytes();
        outbox.output(new Output.CheckCheese(cheese, checkedBefore(cheese)));
    }

    private Set<FullId> checkedBefore(Cheese cheese) {
        if (mempool.count() == 0) {
            return Set.of();
        }
        return mempool.checked(
                cheese.transactions().stream().map(Transaction::fullId).toList());
    }

    /** The stand-alone check is done. */
    void checked(Smell smell, Outcome<CheckedCheese> outcome) {
        Arrival arrival = checking.remove(smell);
        if (arrival == null) {
            return;
        }
        switch (outcome) {
            case Outcome.Refused<CheckedCheese>(Violation violation) -> {
                release(arrival.cheese());
                // A body that does not match its Merkle root says nothing about its header, whatever else it breaks.
                if (CheeseRules.merkleRoot(arrival.cheese()).isEmpty()) {
                    headers.condemn(smell);
                }
                blame(arrival.from(), violation, smell);
            }
            case Outcome.Passed<CheckedCheese>(CheckedCheese checked) -> {
                waiting.put(smell, new Ready(checked, arrival.from()));
                waitingByParent
                        .computeIfAbsent(checked.header().parentSmell(), none -> new ArrayList<>(1))
                        .add(smell);
                if (stack.header(checked.header().parentSmell()).isPresent()) {
                    placeAll(smell);
                }
            }
        }
    }

    private void placeAll(Smell first) {
        List<Smell> next = new ArrayList<>(List.of(first));
        while (!next.isEmpty()) {
            Smell smell = next.removeFirst();
            Ready ready = waiting.get(smell);
            if (ready != null && place(ready)) {
                next.addAll(waitingByParent.getOrDefault(smell, List.of()));
            }
        }
    }

    /** Puts a checked cheese, whose parent is stored, on the stack; answers whether it is stored now. */
    private boolean place(Ready ready) {
        CheckedCheese cheese = ready.cheese();
        Added added = stack.add(cheese, outbox.clockMillis(), this::stackChanged);
        if (added instanceof Added.TooEarly) {
            // Our clock went back since its header came: it waits here, and is tried again at a tick.
            return false;
        }
        forget(ready);
        return placed(ready, added);
    }

    private boolean placed(Ready ready, Added added) {
        Cheese cheese = ready.cheese().cheese();
        return switch (added) {
            case Added.Extended(StackedHeader tip) -> {
                tree.stored(cheese.smell());
                StackedHeader below = stack.header(tip.header().parentSmell()).orElseThrow();
                outbox.output(new Output.TipChanged(tip, below, below));
                tipChanged(cheese, ready.from());
                yield true;
            }
            case Added.Reorganised(StackedHeader tip, StackedHeader fork, StackedHeader oldTip) -> {
                tree.stored(cheese.smell());
                mempool.readmit(stack.coins(), tip.height() + 1, outbox.now(), onMempool);
                outbox.output(new Output.TipChanged(tip, fork, oldTip));
                tipChanged(cheese, ready.from());
                yield true;
            }
            case Added.SideBranch(StackedHeader header) -> {
                tree.stored(cheese.smell());
                outbox.output(new Output.SideBranchKept(header));
                yield true;
            }
            case Added.AlreadyKnown() -> {
                tree.stored(cheese.smell());
                yield true;
            }
            case Added.Invalid(Smell culprit, Violation violation) -> {
                headers.condemn(culprit);
                headers.condemn(cheese.smell());
                blame(ready.from(), violation, culprit);
                yield false;
            }
            case Added.ParentMissing(Smell _),Added.TooEarly(long _) -> false;
        };
    }

    private void tipChanged(Cheese cheese, Optional<LinkId> from) {
        lastTipChangeMillis = outbox.nowMillis();
        from.flatMap(links::get).ifPresent(link -> link.usefulCount++);
        outbox.output(new Output.TemplateChanged());
        onTip.accept(cheese, from);
    }

    private void stackChanged(StackStep step) {
        outbox.change(new Change.OfStack(step));
        switch (step) {
            case StackStep.Connected connected -> mempool.connected(connected, onMempool);
            case StackStep.Disconnected disconnected -> mempool.disconnected(disconnected, onMempool);
            case StackStep.Condemned(Smell smell) -> headers.condemn(smell);
            case StackStep.Stored _ -> {}
        }
    }

    /** Tries again what our clock made wait, and drops what waits for a parent that will not come. */
    void tick() {
        for (Ready ready : List.copyOf(waiting.values())) {
            Smell parent = ready.cheese().header().parentSmell();
            if (stack.header(parent).isPresent()) {
                placeAll(ready.cheese().smell());
            } else if (!tree.contains(ready.cheese().smell())) {
                forget(ready);
            }
        }
    }

    /** When the tip last changed, by the steady clock; 0 for never in this run. */
    long lastTipChangeMillis() {
        return lastTipChangeMillis;
    }

    private void forget(Ready ready) {
        Smell smell = ready.cheese().smell();
        waiting.remove(smell);
        release(ready.cheese().cheese());
        Smell parent = ready.cheese().header().parentSmell();
        List<Smell> siblings = waitingByParent.get(parent);
        if (siblings != null) {
            siblings.remove(smell);
            if (siblings.isEmpty()) {
                waitingByParent.remove(parent);
            }
        }
    }

    private void release(Cheese cheese) {
        heldBytes -= cheese.sizeBytes();
    }

    private void blame(Optional<LinkId> from, Violation violation, Smell smell) {
        Optional<Link> link = from.flatMap(links::get);
        if (link.isPresent()) {
            discipline.blameForCheese(link.get(), violation, smell.hash());
        } else {
            outbox.output(new Output.Refused(violation, from));
        }
    }
}
