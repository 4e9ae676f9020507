package org.cheesecoin.chain.wallet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.FeeRate;
import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.cheese.Witness;
import org.cheesecoin.chain.consensus.PlacedCoin;

/**
 * Chooses the coins of a payment. First a few coins that need no change (branch and bound: M. Erhardt, "An Evaluation
 * of Coin Selection Strategies", 2016), then the smallest single coin that covers all, then the largest ones. Change
 * that costs as much to spend as it holds goes to the fee. The same coins, target and rate give the same choice.
 */
public final class CoinSelection {

    private CoinSelection() {}

    /** What came of it. */
    public sealed interface Result {

        /**
         * These coins do: their sum is target, fee and change.
         *
         * @param coins what is spent
         * @param fee what the miner gets
         * @param change what comes back, if anything; never dust
         */
        record Selected(List<PlacedCoin> coins, Amount fee, Optional<Amount> change) implements Result {

            public Selected {
                coins = List.copyOf(coins);
            }
        }

        /**
         * There is too little. Coins that cost more to spend than they hold are not counted.
         *
         * @param needed the target and the fee for spending all that there is
         * @param available the sum of what is worth spending
         */
        record Insufficient(Amount needed, Amount available) implements Result {

            /** How much more there must be; a little more yet if it comes in many coins. */
            public Amount missing() {
                return needed.minus(available);
            }

            /** WLT-FUNDS with the figures. */
            public Violation violation() {
                return Violation.of(Rule.WLT_FUNDS)
                        .with("neededCrumbs", needed.crumbs())
                        .with("availableCrumbs", available.crumbs())
                        .with("missingCrumbs", missing().crumbs());
            }
        }

        /**
         * There is enough, in coins too small for one payment: pay in parts.
         *
         * @param most about what one payment can carry
         */
        record TooManyCoins(Amount most) implements Result {

            /** WLT-COINS with the figure. */
            public Violation violation() {
                return Violation.of(Rule.WLT_COINS).with("mostCrumbs", most.crumbs());
            }
        }
    }

    /**
     * Chooses.
     *
     * @param candidates coins that may be spent now
     * @param target what the receivers get together
     * @param receivers how many outputs that takes
     * @param rate of the fee, at most {@link FeePolicy#MAX_RATE}
     * @throws IllegalArgumentException if the target is zero, there is no receiver or the rate is above the most
     */
    public static Result select(List<PlacedCoin> candidates, Amount target, int receivers, FeeRate rate) {
        if (target.crumbs() == 0 || receivers < 1 || rate.compareTo(FeePolicy.MAX_RATE) > 0) {
            throw new IllegalArgumentException("a target, a receiver and a rate that is not above the most");
        }
        CoinSet goal = new CoinSet(target.crumbs(), receivers, rate);
        List<PlacedCoin> coins = worthSpending(candidates, rate);
        return new ChangelessSearch(coins, goal)
                .best()
                .or(() -> smallestSingle(coins, goal))
                .orElseGet(() -> largestFirst(coins, goal));
    }

    /**
     * Spends all that is worth it, for "send all": one receiver gets the sum of the coins less the fee.
     *
     * @return the coins and the fee without change, or too little if nothing would be left for the receiver
     */
    public static Result selectAll(List<PlacedCoin> candidates, FeeRate rate) {
        CoinSet all = new CoinSet(1, 1, rate);
        long mostCrumbs = 0;
        for (PlacedCoin coin : worthSpending(candidates, rate)) {
            all.add(coin);
            if (all.fits()) {
                mostCrumbs = Math.max(mostCrumbs, all.sumCrumbs() - all.feeCrumbs());
            }
        }
        if (all.isEmpty() || !all.isFunded()) {
            return insufficient(all);
        }
        return all.fits()
                ? new Result.Selected(all.coins(), new Amount(all.feeCrumbs()), Optional.empty())
                : new Result.TooManyCoins(new Amount(mostCrumbs));
    }

    /**
     * Chooses for a payment that must spend some coins, as one that replaces another: those, and of the others the
     * largest as far as they are needed.
     *
     * @param required are spent whatever they are worth; one at least
     * @param candidates other coins that may be spent now
     * @param target what the receivers get together
     * @param receivers how many outputs that takes
     * @param rate of the fee, at most {@link FeePolicy#MAX_RATE}
     */
    public static Result selectWith(
            List<PlacedCoin> required, List<PlacedCoin> candidates, Amount target, int receivers, FeeRate rate) {
        CoinSet set = new CoinSet(target.crumbs(), receivers, rate);
        required.forEach(set::add);
        return set.isFunded() && set.fits()
                ? set.selected()
                : largestFirst(worthSpending(candidates, rate), set);
    }

    /** Largest first, and of equal ones the older first, so that the choice does not depend on the caller's order. */
    private static List<PlacedCoin> worthSpending(List<PlacedCoin> candidates, FeeRate rate) {
        long inputCrumbs = rate.feeFor(OutPoint.BYTES).crumbs();
        Map<Address, List<PlacedCoin>> byOwner = new LinkedHashMap<>();
        for (PlacedCoin candidate : candidates) {
            if (candidate.coin().amount().crumbs() > inputCrumbs) {
                byOwner.computeIfAbsent(candidate.coin().address(), owner -> new ArrayList<>())
                        .add(candidate);
            }
        }
        List<PlacedCoin> worth = new ArrayList<>();
        for (List<PlacedCoin> coins : byOwner.values()) {
            // Coins of one owner share a witness, so they are worth it together or not at all.
            long sum = coins.stream()
                    .mapToLong(coin -> coin.coin().amount().crumbs())
                    .sum();
            if (sum > rate.feeFor(Witness.BYTES).crumbs() + coins.size() * inputCrumbs) {
                worth.addAll(coins);
            }
        }
        worth.sort(Comparator.comparing((PlacedCoin coin) -> coin.coin().amount())
                .reversed()
                .thenComparing(coin -> coin.coin().height())
                .thenComparing(PlacedCoin::outPoint));
        return worth;
    }

    private static Optional<Result> smallestSingle(List<PlacedCoin> largestFirst, CoinSet goal) {
        for (PlacedCoin coin : largestFirst.reversed()) {
            goal.add(coin);
            if (goal.isFunded()) {
                return Optional.of(goal.selected());
            }
            goal.removeLast();
        }
        return Optional.empty();
    }

    private static Result largestFirst(List<PlacedCoin> largestFirst, CoinSet set) {
        long mostCrumbs = 0;
        for (PlacedCoin coin : largestFirst) {
            set.add(coin);
            if (set.isFunded() && set.fits()) {
                return set.selected();
            }
            if (set.fits()) {
                mostCrumbs = Math.max(mostCrumbs, set.sumCrumbs() - set.feeCrumbs());
            }
        }
        return set.isFunded() ? new Result.TooManyCoins(new Amount(mostCrumbs)) : insufficient(set);
    }

    private static Result insufficient(CoinSet all) {
        // Who asks for all the money there is and the fee is told of no more than there is.
        long needed = Math.min(Amount.MAX_CRUMBS, all.targetCrumbs() + all.feeCrumbs());
        return new Result.Insufficient(new Amount(needed), new Amount(all.sumCrumbs()));
    }

    /** Length of a payment of this choice, in bytes. */
    public static int sizeBytes(Result.Selected selected, int receivers) {
        int owners = (int) selected.coins().stream()
                .map(coin -> coin.coin().address())
                .distinct()
                .count();
        int outputs = receivers + (selected.change().isPresent() ? 1 : 0);
        return Payment.sizeBytes(selected.coins().size(), outputs, owners);
    }
}
