package org.cheesecoin.chain.stack;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.consensus.Coin;
import org.cheesecoin.chain.consensus.CoinChanges;
import org.cheesecoin.chain.consensus.CoinView;
import org.cheesecoin.chain.consensus.PlacedCoin;

/**
 * The coins as they would be on another branch, told as the difference to the best one: how each out-point that was
 * touched stands now, and nothing of how it came to that.
 */
final class CoinOverlay {

    private final Map<OutPoint, Optional<Coin>> touched = new HashMap<>();

    boolean knows(OutPoint outPoint) {
        return touched.containsKey(outPoint);
    }

    /** These coins with the difference laid over them. */
    CoinView over(CoinView best) {
        return outPoint -> {
            Optional<Coin> here = touched.get(outPoint);
            return here != null ? here : best.coin(outPoint);
        };
    }

    void apply(CoinChanges changes) {
        for (PlacedCoin made : changes.made()) {
            touched.put(made.outPoint(), Optional.of(made.coin()));
        }
        for (PlacedCoin spent : changes.spent()) {
            touched.put(spent.outPoint(), Optional.empty());
        }
    }

    void revert(CoinChanges changes) {
        for (PlacedCoin spent : changes.spent()) {
            touched.put(spent.outPoint(), Optional.of(spent.coin()));
        }
        for (PlacedCoin made : changes.made()) {
            touched.put(made.outPoint(), Optional.empty());
        }
    }
}
