package org.cheesecoin.chain.wallet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.FeeRate;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.consensus.PlacedCoin;

/** The coins chosen so far for one target, with what they cost. A stack: the last one in can be taken out again. */
final class CoinSet {

    private final long targetCrumbs;
    private final int receivers;
    private final FeeRate rate;
    private final List<PlacedCoin> coins = new ArrayList<>();
    // Counts only; nothing iterates it.
    private final Map<Address, Integer> coinsByOwner = new HashMap<>();
    private long sumCrumbs;

    CoinSet(long targetCrumbs, int receivers, FeeRate rate) {
        this.targetCrumbs = targetCrumbs;
        this.receivers = receivers;
        this.rate = rate;
    }

    void add(PlacedCoin coin) {
        coins.add(coin);
        coinsByOwner.merge(coin.coin().address(), 1, Integer::sum);
        sumCrumbs += coin.coin().amount().crumbs();
    }

    void removeLast() {
        PlacedCoin coin = coins.removeLast();
        coinsByOwner.compute(coin.coin().address(), (owner, count) -> count == null || count == 1 ? null : count - 1);
        sumCrumbs -= coin.coin().amount().crumbs();
    }

    boolean isEmpty() {
        return coins.isEmpty();
    }

    int size() {
        return coins.size();
    }

    List<PlacedCoin> coins() {
        return List.copyOf(coins);
    }

    long targetCrumbs() {
        return targetCrumbs;
    }

    long sumCrumbs() {
        return sumCrumbs;
    }

    /** The least fee: no change. */
    long feeCrumbs() {
        return feeCrumbs(receivers);
    }

    boolean isFunded() {
        return sumCrumbs >= targetCrumbs + feeCrumbs();
    }

    boolean fits() {
        return sizeBytes(receivers + 1) <= FeePolicy.MAX_PAYMENT_BYTES;
    }

    /** What comes back, when it is worth an output of its own. */
    Optional<Amount> change() {
        long left = sumCrumbs - targetCrumbs - feeCrumbs(receivers + 1);
        return left > 0 && !FeePolicy.isDust(left, rate) ? Optional.of(new Amount(left)) : Optional.empty();
    }

    /** What the miner gets: all that neither the receivers nor the change take. */
    CoinSelection.Result.Selected selected() {
        Optional<Amount> change = change();
        long fee = sumCrumbs - targetCrumbs - change.map(Amount::crumbs).orElse(0L);
        return new CoinSelection.Result.Selected(coins, new Amount(fee), change);
    }

    private long feeCrumbs(int outputs) {
        return rate.feeFor(sizeBytes(outputs)).crumbs();
    }

    private int sizeBytes(int outputs) {
        return Payment.sizeBytes(coins.size(), outputs, coinsByOwner.size());
    }
}
