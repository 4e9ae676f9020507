package org.cheesecoin.simulator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.consensus.CheckedCheese;
import org.cheesecoin.chain.consensus.CheeseRules;
import org.cheesecoin.chain.consensus.Coin;
import org.cheesecoin.chain.consensus.CoinChanges;
import org.cheesecoin.chain.consensus.HeaderRules;
import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.consensus.PlacedCoin;
import org.cheesecoin.chain.consensus.StackedHeader;
import org.cheesecoin.chain.consensus.Subsidy;
import org.cheesecoin.chain.crypto.SignatureScheme;
import org.cheesecoin.chain.testing.MapCoins;

/**
 * Judges every cheese once, in full and by itself, when the first member puts it on its best branch. It keeps the coins
 * of one branch and walks to the parent of what it judges, so that it owes nothing to any member's stack.
 */
final class Referee {

    private record Judged(StackedHeader header, CoinChanges changes, long coinCrumbs) {}

    private final Network network;
    private final SignatureScheme signatures;
    private final Map<Smell, Judged> judged = new HashMap<>();
    private final MapCoins coins = new MapCoins();
    private Smell at;

    Referee(Network network, SignatureScheme signatures) {
        this.network = network;
        this.signatures = signatures;
        CoinChanges allocations = CheeseRules.blueCheese(network);
        coins.apply(allocations);
        at = network.id();
        judged.put(at, new Judged(network.root(), allocations, Subsidy.allocated(network.parameters())));
    }

    /** A member puts this cheese on its best branch. */
    void connected(Cheese cheese) {
        if (judged.containsKey(cheese.smell())) {
            return;
        }
        Judged parent = find(cheese.header().parentSmell());
        HeaderRules.inContext(cheese.header(), parent.header(), network.parameters())
                .ifPresent(violation -> refuse(cheese, violation));
        CheckedCheese checked = CheeseRules.standAlone(cheese, network.id(), signatures, fullId -> false)
                .orElseThrow();
        walkTo(cheese.header().parentSmell());
        CoinChanges changes = CheeseRules.inContext(checked, coins, network.parameters()).orElseThrow();
        long made = sum(changes.made());
        long spent = sum(changes.spent());
        long minted = checked.coinbase().outputSum().crumbs();
        long fees = changes.fees().crumbs();
        if (made - spent != minted - fees) {
            throw new InvariantBroken("money made or lost in " + cheese + ": " + (made - spent - minted + fees));
        }
        long crumbs = parent.coinCrumbs() + made - spent;
        long most = Subsidy.allocated(network.parameters())
                + Subsidy.minedUpTo(cheese.height(), network.parameters());
        if (crumbs > most) {
            throw new InvariantBroken("more money than may be at " + cheese + ": " + crumbs + " of " + most);
        }
        StackedHeader header = parent.header().child(cheese.header(), cheese.smell(), network.parameters());
        judged.put(cheese.smell(), new Judged(header, changes, crumbs));
    }

    /** All coins on the branch up to this cheese, in crumbs. */
    long coinCrumbs(Smell smell) {
        return find(smell).coinCrumbs();
    }

    /** The coins after this cheese. */
    Map<OutPoint, Coin> coinsAfter(Smell smell) {
        walkTo(smell);
        return coins.all();
    }

    private void walkTo(Smell goal) {
        List<Judged> up = new ArrayList<>();
        Judged high = find(goal);
        Judged low = find(at);
        while (!high.header().smell().equals(low.header().smell())) {
            if (high.header().height() > low.header().height()) {
                up.addFirst(high);
                high = find(high.header().header().parentSmell());
            } else {
                coins.revert(low.changes());
                low = find(low.header().header().parentSmell());
            }
        }
        up.forEach(step -> coins.apply(step.changes()));
        at = goal;
    }

    private Judged find(Smell smell) {
        return Optional.ofNullable(judged.get(smell))
                .orElseThrow(() -> new InvariantBroken("stands on what was never judged: " + smell));
    }

    private static long sum(List<PlacedCoin> placed) {
        return placed.stream().mapToLong(coin -> coin.coin().amount().crumbs()).sum();
    }

    private static void refuse(Cheese cheese, Violation violation) {
        throw new InvariantBroken("an invalid cheese on a best branch: " + cheese + ": " + violation.message());
    }
}
