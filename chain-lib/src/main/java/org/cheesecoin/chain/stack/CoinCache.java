package org.cheesecoin.chain.stack;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Txid;
import org.cheesecoin.chain.consensus.CheckedCheese;
import org.cheesecoin.chain.consensus.CheckedTransaction;
import org.cheesecoin.chain.consensus.Coin;
import org.cheesecoin.chain.consensus.CoinChanges;
import org.cheesecoin.chain.consensus.CoinView;
import org.cheesecoin.chain.consensus.PlacedCoin;

/**
 * The confirmed coins: young ones from memory, since most coins are spent young, all others from the store. Only coins
 * that exist are kept, so that a stranger who names outputs that never were fills nothing.
 */
final class CoinCache implements CoinView {

    private final CheeseStore store;
    private final Map<OutPoint, Coin> cached;

    CoinCache(CheeseStore store, int maxCoins) {
        this.store = store;
        this.cached = new BoundedMap<>(maxCoins);
    }

    @Override
    public Optional<Coin> coin(OutPoint outPoint) {
        Coin young = cached.get(outPoint);
        if (young != null) {
            return Optional.of(young);
        }
        Optional<Coin> stored = store.coin(outPoint);
        stored.ifPresent(coin -> cached.put(outPoint, coin));
        return stored;
    }

    /**
     * The coins for one cheese, with everything that it spends read in one question to the store. Good until the next
     * change. What is read here is about to be spent and would only push others out of the cache.
     *
     * @param elsewhere out-points that the caller answers for himself
     */
    CoinView inputsOf(CheckedCheese cheese, Predicate<OutPoint> elsewhere) {
        List<OutPoint> unknown = new ArrayList<>();
        for (CheckedTransaction payment : cheese.payments()) {
            for (OutPoint input : payment.payment().inputs()) {
                if (!cached.containsKey(input) && !elsewhere.test(input)) {
                    unknown.add(input);
                }
            }
        }
        if (!unknown.isEmpty()) {
            Set<Txid> madeHere = HashSet.newHashSet(cheese.payments().size());
            for (CheckedTransaction payment : cheese.payments()) {
                madeHere.add(payment.payment().txid());
            }
            unknown.removeIf(input -> madeHere.contains(input.txid()));
        }
        if (unknown.isEmpty()) {
            return outPoint -> Optional.ofNullable(cached.get(outPoint));
        }
        Map<OutPoint, Coin> read = HashMap.newHashMap(unknown.size());
        for (PlacedCoin placed : store.coins(unknown)) {
            read.put(placed.outPoint(), placed.coin());
        }
        return outPoint -> {
            Coin young = cached.get(outPoint);
            return Optional.ofNullable(young != null ? young : read.get(outPoint));
        };
    }

    void apply(CoinChanges changes) {
        for (PlacedCoin made : changes.made()) {
            cached.put(made.outPoint(), made.coin());
        }
        for (PlacedCoin spent : changes.spent()) {
            cached.remove(spent.outPoint());
        }
    }

    void revert(CoinChanges changes) {
        for (PlacedCoin spent : changes.spent()) {
            cached.put(spent.outPoint(), spent.coin());
        }
        // After the spent ones: a coin that was made and spent within the cheese is in both lists and never was.
        for (PlacedCoin made : changes.made()) {
            cached.remove(made.outPoint());
        }
    }
}
