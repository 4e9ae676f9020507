package org.cheesecoin.chain.testing;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.consensus.Coin;
import org.cheesecoin.chain.consensus.CoinChanges;
import org.cheesecoin.chain.consensus.CoinView;
import org.cheesecoin.chain.consensus.PlacedCoin;

/** All unspent outputs, in a map. */
public final class MapCoins implements CoinView {

    private final Map<OutPoint, Coin> coins = new LinkedHashMap<>();

    @Override
    public Optional<Coin> coin(OutPoint outPoint) {
        return Optional.ofNullable(coins.get(outPoint));
    }

    /** Adds one. */
    public void put(OutPoint outPoint, Coin coin) {
        coins.put(outPoint, coin);
    }

    /** What a cheese on top does. */
    public void apply(CoinChanges changes) {
        changes.made().forEach(made -> coins.put(made.outPoint(), made.coin()));
        changes.spent().forEach(spent -> coins.remove(spent.outPoint()));
    }

    /** Takes back what the cheese on top did. */
    public void revert(CoinChanges changes) {
        for (PlacedCoin spent : changes.spent()) {
            coins.put(spent.outPoint(), spent.coin());
        }
        changes.made().forEach(made -> coins.remove(made.outPoint()));
    }

    /** All of them, in the order in which they were made. */
    public Map<OutPoint, Coin> all() {
        return new LinkedHashMap<>(coins);
    }

    /** Their sum, in crumbs. */
    public long sumCrumbs() {
        return coins.values().stream().mapToLong(coin -> coin.amount().crumbs()).sum();
    }
}
