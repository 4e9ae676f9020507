package org.cheesecoin.member.persistence;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.consensus.Coin;
import org.cheesecoin.chain.consensus.PlacedCoin;

/**
 * The table of unspent outputs. A row's key is the first eight bytes of the txid plus the index: outputs of one
 * transaction lie side by side, and H2 needs no second tree for the key, which doubles the rate of look-ups and
 * deletions. Somebody may grind two out-points into one slot; then they share a row, and only speed is lost.
 */
final class CoinTable {

    private static final String INSERT = "INSERT INTO unspent (slot, coins) VALUES (?, ?)";
    private static final String DELETE = "DELETE FROM unspent WHERE slot = ? AND coins = ?";
    private static final int CHUNK = 1_000;

    private final Session session;
    private final ToLongFunction<OutPoint> slots;

    CoinTable(Session session) {
        this(session, CoinTable::slotOf);
    }

    /** With another way to make slots, so that a test can make them collide. */
    CoinTable(Session session, ToLongFunction<OutPoint> slots) {
        this.session = session;
        this.slots = slots;
    }

    static long slotOf(OutPoint outPoint) {
        return outPoint.txid().hash().leadingLong() + outPoint.index();
    }

    Optional<Coin> coin(OutPoint outPoint) {
        return row(slots.applyAsLong(outPoint)).stream()
                .filter(it -> it.outPoint().equals(outPoint))
                .map(PlacedCoin::coin)
                .findFirst();
    }

    Map<OutPoint, Coin> coins(List<OutPoint> outPoints) {
        Map<OutPoint, Coin> found = HashMap.newHashMap(outPoints.size());
        for (int from = 0; from < outPoints.size(); from += CHUNK) {
            Long[] chunk = outPoints.subList(from, Math.min(outPoints.size(), from + CHUNK)).stream()
                    .map(slots::applyAsLong)
                    .sorted()
                    .toArray(Long[]::new);
            session.list("SELECT coins FROM unspent WHERE slot = ANY(?)", row -> Rows.placedCoins(row.getBytes(1)),
                    (Object) chunk)
                    .forEach(row -> row.forEach(it -> found.put(it.outPoint(), it.coin())));
        }
        return found;
    }

    void delete(List<PlacedCoin> coins) {
        List<Slotted> ordered = ordered(coins);
        List<Integer> counts = session.batch(DELETE, wholeRows(ordered));
        for (int i = 0; i < ordered.size(); i++) {
            if (counts.get(i) == 0) {
                deleteFromSharedRow(ordered.get(i).coin());
            }
        }
    }

    void insert(List<PlacedCoin> coins) {
        List<Slotted> ordered = ordered(coins);
        if (session.insertNew(INSERT, wholeRows(ordered)) == Session.InsertResult.KEY_TAKEN) {
            ordered.forEach(it -> insertIntoSharedRow(it.coin()));
        }
    }

    private void deleteFromSharedRow(PlacedCoin coin) {
        long slot = slots.applyAsLong(coin.outPoint());
        List<PlacedCoin> row = new ArrayList<>(row(slot));
        if (!row.remove(coin)) {
            throw new StoreFailure("spends a coin that is not there: " + coin);
        }
        rewrite(slot, row);
    }

    private void insertIntoSharedRow(PlacedCoin coin) {
        long slot = slots.applyAsLong(coin.outPoint());
        List<PlacedCoin> row = new ArrayList<>(row(slot));
        if (row.stream().anyMatch(it -> it.outPoint().equals(coin.outPoint()))) {
            throw new StoreFailure("makes a coin that is there: " + coin);
        }
        row.add(coin);
        rewrite(slot, row);
    }

    private void rewrite(long slot, List<PlacedCoin> row) {
        session.update("DELETE FROM unspent WHERE slot = ?", slot);
        if (!row.isEmpty()) {
            session.update(INSERT, slot, Rows.placedCoins(row));
        }
    }

    private List<PlacedCoin> row(long slot) {
        return session.first("SELECT coins FROM unspent WHERE slot = ?", it -> Rows.placedCoins(it.getBytes(1)), slot)
                .orElse(List.of());
    }

    private static List<Object[]> wholeRows(List<Slotted> coins) {
        return coins.stream()
                .map(it -> new Object[]{it.slot(), Rows.placedCoins(List.of(it.coin()))})
                .toList();
    }

    private record Slotted(long slot, PlacedCoin coin) {}

    /** In the table's own order, in which H2 finds its pages in the cache. */
    private List<Slotted> ordered(List<PlacedCoin> coins) {
        return coins.stream()
                .map(coin -> new Slotted(slots.applyAsLong(coin.outPoint()), coin))
                .sorted(Comparator.comparingLong(Slotted::slot))
                .toList();
    }
}
