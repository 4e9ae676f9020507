package org.cheesecoin.chain.wallet;

import java.util.List;
import java.util.Optional;

import org.cheesecoin.chain.consensus.PlacedCoin;

/**
 * Branch and bound over coins from the largest to the smallest, for a few that cover the target so closely that no
 * change is needed. Of several such sets it takes the one that pays the least fee. Bounded in depth and in steps, for
 * the question is a knapsack.
 */
final class ChangelessSearch {

    /** Most coins of a set: avoiding change is not worth more. */
    static final int MAX_COINS = 16;

    /** Most steps, so that it takes some milliseconds at most. */
    static final int MAX_STEPS = 50_000;

    private final List<PlacedCoin> coins;
    private final long[] crumbsFrom;
    private final CoinSet set;
    private int steps;
    private Optional<CoinSelection.Result.Selected> best = Optional.empty();

    ChangelessSearch(List<PlacedCoin> largestFirst, CoinSet goal) {
        this.coins = largestFirst;
        this.set = goal;
        this.crumbsFrom = new long[largestFirst.size() + 1];
        for (int i = largestFirst.size() - 1; i >= 0; i--) {
            crumbsFrom[i] = crumbsFrom[i + 1] + amountCrumbs(i);
        }
    }

    /** The best set; the goal is empty again afterwards. */
    Optional<CoinSelection.Result> best() {
        search(0);
        return best.map(selected -> selected);
    }

    private void search(int from) {
        for (int i = from; i < coins.size() && steps < MAX_STEPS; i++) {
            steps++;
            // More coins only add to the fee, so this is the most that the rest can reach.
            long most = Math.min(crumbsFrom[i], (MAX_COINS - set.size()) * amountCrumbs(i));
            if (set.sumCrumbs() + most < set.targetCrumbs() + set.feeCrumbs()) {
                return;
            }
            if (i > from && isTwin(i)) {
                continue;
            }
            set.add(coins.get(i));
            if (set.isFunded()) {
                keepIfChangeless();
            } else if (set.size() < MAX_COINS) {
                search(i + 1);
            }
            set.removeLast();
        }
    }

    private void keepIfChangeless() {
        CoinSelection.Result.Selected found = set.selected();
        if (found.change().isEmpty()
                && best.filter(known -> known.fee().compareTo(found.fee()) <= 0).isEmpty()) {
            best = Optional.of(found);
        }
    }

    /** Whether the coin is worth exactly what the one before it is, which was just tried in its place. */
    private boolean isTwin(int i) {
        return amountCrumbs(i) == amountCrumbs(i - 1)
                && coins.get(i).coin().address().equals(coins.get(i - 1).coin().address());
    }

    private long amountCrumbs(int i) {
        return coins.get(i).coin().amount().crumbs();
    }
}
