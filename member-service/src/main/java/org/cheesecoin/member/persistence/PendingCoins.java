package org.cheesecoin.member.persistence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.consensus.Coin;
import org.cheesecoin.chain.consensus.CoinChanges;
import org.cheesecoin.chain.consensus.PlacedCoin;

/** How the coins differ from what is written. What was made and spent since then is in neither. */
final class PendingCoins {

    /**
     * One coin that differs.
     *
     * @param written what the table holds
     * @param now what it is to hold
     */
    record Difference(Optional<Coin> written, Optional<Coin> now) {}

    private final Map<OutPoint, Difference> differences = new HashMap<>();

    void connect(CoinChanges changes) {
        changes.made().forEach(this::make);
        changes.spent().forEach(this::spend);
    }

    void disconnect(CoinChanges changes) {
        changes.spent().forEach(this::make);
        changes.made().forEach(this::spend);
    }

    private void make(PlacedCoin placed) {
        Difference difference = differences.get(placed.outPoint());
        put(placed.outPoint(), difference == null ? Optional.empty() : difference.written(),
                Optional.of(placed.coin()));
    }

    private void spend(PlacedCoin placed) {
        Difference difference = differences.get(placed.outPoint());
        put(placed.outPoint(), difference == null ? Optional.of(placed.coin()) : difference.written(),
                Optional.empty());
    }

    private void put(OutPoint outPoint, Optional<Coin> written, Optional<Coin> now) {
        if (written.equals(now)) {
            differences.remove(outPoint);
        } else {
            differences.put(outPoint, new Difference(written, now));
        }
    }

    /** What is different at this place, if anything. */
    Optional<Difference> at(OutPoint outPoint) {
        return Optional.ofNullable(differences.get(outPoint));
    }

    int size() {
        return differences.size();
    }

    /** What the table holds and should not. */
    List<PlacedCoin> gone() {
        List<PlacedCoin> gone = new ArrayList<>();
        differences.forEach((outPoint, difference) -> difference.written()
                .ifPresent(coin -> gone.add(new PlacedCoin(outPoint, coin))));
        return gone;
    }

    /** What the table should hold and does not. */
    List<PlacedCoin> made() {
        List<PlacedCoin> made = new ArrayList<>();
        differences.forEach((outPoint, difference) -> difference.now()
                .ifPresent(coin -> made.add(new PlacedCoin(outPoint, coin))));
        return made;
    }

    void clear() {
        differences.clear();
    }
}
