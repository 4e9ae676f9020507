package org.cheesecoin.chain.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.consensus.CheckedCheese;
import org.cheesecoin.chain.consensus.CheeseRules;
import org.cheesecoin.chain.consensus.CoinChanges;
import org.cheesecoin.chain.consensus.CoinView;
import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.consensus.PlacedCoin;
import org.cheesecoin.chain.consensus.StackedHeader;

/**
 * The way from the best branch to a stored rival with a new cheese on top. It holds smells only: bodies and undo data
 * are read one by one, first to judge the rival over an overlay of coins, then once more to tell the steps.
 */
final class Reorganisation {

    private final Network network;
    private final CheeseStore store;
    private final Headers headers;
    private final CoinCache coins;
    private final CheckedCheese added;
    /** The rival's stored cheeses, from the one under the added cheese down to the one above the fork. */
    private final List<Smell> descent = new ArrayList<>();

    private final Optional<StackedHeader> fork;

    /** A cheese of the rival that breaks a rule. */
    record Fault(Smell culprit, Violation violation) {}

    Reorganisation(
            Network network,
            CheeseStore store,
            Headers headers,
            CoinCache coins,
            CheckedCheese added,
            StackedHeader parent) {
        this.network = network;
        this.store = store;
        this.headers = headers;
        this.coins = coins;
        this.added = added;
        Optional<StackedHeader> at = Optional.of(parent);
        while (at.isPresent() && !headers.isOnBestBranch(at.get())) {
            descent.add(at.get().smell());
            at = headers.bySmell(at.get().header().parentSmell());
        }
        this.fork = at;
    }

    /** The highest cheese that both branches share. */
    StackedHeader fork() {
        return fork.orElseThrow(() -> new IllegalStateException("no fork below " + added.smell()));
    }

    /** Judges the rival from the fork up; writes nothing and changes nothing. */
    Optional<Fault> fault() {
        if (fork.isEmpty()) {
            // A cheese below was condemned when another of its descendants was judged. This one is no better.
            return Optional.of(new Fault(descent.getLast(), Violation.of(Rule.HDR_PARENT_INVALID)
                    .with("smell", descent.getLast())));
        }
        CoinOverlay overlay = new CoinOverlay();
        for (int height = headers.tip().height(); height > fork().height(); height--) {
            overlay.revert(changes(body(bestAt(height).smell())));
        }
        for (int i = descent.size() - 1; i >= -1; i--) {
            CheckedCheese cheese = rival(i);
            CoinView view = overlay.over(coins.inputsOf(cheese, overlay::knows));
            switch (CheeseRules.inContext(cheese, view, network.parameters())) {
                case Outcome.Refused<CoinChanges>(Violation violation) -> {
                    return Optional.of(new Fault(cheese.smell(), violation));
                }
                case Outcome.Passed<CoinChanges>(CoinChanges changes) -> overlay.apply(changes);
            }
        }
        return Optional.empty();
    }

    /** The rival's stored cheeses from the one under the added cheese down to the culprit, which may be the added. */
    List<Smell> storedDownTo(Smell culprit) {
        return List.copyOf(descent.subList(0, descent.indexOf(culprit) + 1));
    }

    /** Takes the best branch down to the fork and puts the rival there, which {@link #fault} found free of faults. */
    void tell(StackSink sink, StackedHeader top) {
        while (headers.tip().height() > fork().height()) {
            StackedHeader old = headers.tip();
            Cheese cheese = body(old.smell());
            CoinChanges changes = changes(cheese);
            StackedHeader parent = bestAt(old.height() - 1);
            sink.write(new StackStep.Disconnected(old, cheese, changes));
            coins.revert(changes);
            headers.disconnected(parent);
        }
        for (int i = descent.size() - 1; i >= -1; i--) {
            CheckedCheese cheese = rival(i);
            StackedHeader header = i < 0 ? top : stored(descent.get(i));
            CoinView view = coins.inputsOf(cheese, outPoint -> false);
            CoinChanges changes = CheeseRules.inContext(cheese, view, network.parameters()).orElseThrow();
            sink.write(new StackStep.Connected(header, cheese.cheese(), changes));
            coins.apply(changes);
            headers.connected(header);
        }
    }

    /** What a cheese of the best branch did to the coins. */
    private CoinChanges changes(Cheese cheese) {
        return new CoinChanges(store.spentBy(cheese.smell()), PlacedCoin.madeBy(cheese), Amount.ZERO);
    }

    private CheckedCheese rival(int depth) {
        return depth < 0 ? added : CheckedCheese.trusted(body(descent.get(depth)), network.id());
    }

    private StackedHeader bestAt(int height) {
        return headers.atHeight(height)
                .orElseThrow(() -> new IllegalStateException("the store has no cheese at height " + height));
    }

    private StackedHeader stored(Smell smell) {
        return headers.bySmell(smell).orElseThrow(() -> new IllegalStateException("the store lost header " + smell));
    }

    private Cheese body(Smell smell) {
        return store.cheese(smell).orElseThrow(() -> new IllegalStateException("the store lost cheese " + smell));
    }
}
