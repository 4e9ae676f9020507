package org.cheesecoin.member.persistence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.consensus.Coin;
import org.cheesecoin.chain.consensus.CoinChanges;
import org.cheesecoin.chain.consensus.PlacedCoin;
import org.cheesecoin.chain.consensus.StackedHeader;
import org.cheesecoin.chain.stack.StackStep;

/** The stack as it is to be, as a difference to the tables: several steps merged into one. */
final class PendingStack {

    /** What a coin takes here, roughly, with its keys and entries. */
    private static final long COIN_BYTES = 300;
    /** A decoded cheese is this much larger than its encoding, roughly. */
    private static final long CHEESE_FACTOR = 4;

    private record Body(StackedHeader header, Cheese cheese) {}

    private final Map<Smell, Body> stored = new LinkedHashMap<>();
    private final Set<Smell> condemned = new LinkedHashSet<>();
    private final Map<Smell, List<PlacedCoin>> undo = new LinkedHashMap<>();
    private final PendingCoins coins = new PendingCoins();
    /** The best branch from {@link #bestFrom} up; below it the table's rows hold. */
    private final List<StackedHeader> best = new ArrayList<>();
    private int bestFrom;
    /** The highest height in the table. */
    private int writtenHeight;
    private long bodyBytes;

    private PendingStack(int writtenHeight) {
        this.writtenHeight = writtenHeight;
        this.bestFrom = writtenHeight + 1;
    }

    /** No difference to tables with this tip. */
    static PendingStack over(StackedHeader tip) {
        return new PendingStack(tip.height());
    }

    /** No difference to tables without even a Blue Cheese. */
    static PendingStack overEmptyTables() {
        return new PendingStack(-1);
    }

    void apply(StackStep step) {
        switch (step) {
            case StackStep.Stored(StackedHeader header, Cheese cheese) -> {
                stored.put(header.smell(), new Body(header, cheese));
                bodyBytes += cheese.sizeBytes();
            }
            case StackStep.Connected(StackedHeader header, Cheese _, CoinChanges changes) -> {
                best.add(header);
                undo.put(header.smell(), changes.spent());
                coins.connect(changes);
            }
            case StackStep.Disconnected(StackedHeader header, Cheese _, CoinChanges changes) -> {
                if (best.isEmpty()) {
                    bestFrom = header.height();
                } else {
                    best.removeLast();
                }
                coins.disconnect(changes);
            }
            case StackStep.Condemned(Smell smell) -> {
                Body body = stored.remove(smell);
                if (body == null) {
                    condemned.add(smell);
                } else {
                    bodyBytes -= body.cheese().sizeBytes();
                }
            }
        }
    }

    /** The lowest height at which the best branch may differ from the table. */
    int bestFrom() {
        return bestFrom;
    }

    /** The best branch from there up. */
    List<StackedHeader> best() {
        return best;
    }

    boolean isCondemned(Smell smell) {
        return condemned.contains(smell);
    }

    Optional<StackedHeader> header(Smell smell) {
        return Optional.ofNullable(stored.get(smell)).map(Body::header);
    }

    Optional<Cheese> cheese(Smell smell) {
        return Optional.ofNullable(stored.get(smell)).map(Body::cheese);
    }

    Optional<List<PlacedCoin>> undo(Smell smell) {
        return Optional.ofNullable(undo.get(smell));
    }

    Optional<PendingCoins.Difference> coin(OutPoint outPoint) {
        return coins.at(outPoint);
    }

    /** What the cheeses take in memory, roughly. */
    long cheeseBytes() {
        return bodyBytes * CHEESE_FACTOR;
    }

    /** What the coins take in memory, roughly. */
    long coinBytes() {
        return coins.size() * COIN_BYTES;
    }

    /** Writes the cheeses and the best branch. After it only coins differ. */
    void writeCheeses(StackTables tables, CheeseIds ids) {
        condemned.forEach(smell -> tables.deleteCheese(ids.of(smell)));
        stored.forEach((smell, body) -> tables.insertCheese(ids.fresh(smell), body.header(), body.cheese()));
        undo.forEach((smell, spent) -> tables.insertUndo(ids.of(smell), spent));
        if (bestFrom <= writtenHeight || !best.isEmpty()) {
            tables.rewriteBest(bestFrom, best.stream().map(header -> ids.of(header.smell())).toList());
        }
        writtenHeight = bestFrom + best.size() - 1;
        stored.clear();
        condemned.clear();
        undo.clear();
        best.clear();
        bestFrom = writtenHeight + 1;
        bodyBytes = 0;
    }

    /** Writes the coins. After it no coin differs. */
    void writeCoins(CoinTable coinTable) {
        coinTable.delete(coins.gone());
        coinTable.insert(coins.made());
        coins.clear();
    }

    /** Gives and finds the ids of cheeses while a write is under way. */
    static final class CheeseIds {

        private final StackTables tables;
        private final Map<Smell, Long> given = new LinkedHashMap<>();
        private long next;

        CheeseIds(StackTables tables) {
            this.tables = tables;
            this.next = tables.nextId();
        }

        long fresh(Smell smell) {
            given.put(smell, next);
            return next++;
        }

        long of(Smell smell) {
            Long id = given.get(smell);
            return id != null ? id : tables.id(smell)
                    .orElseThrow(() -> new StoreFailure("not a stored cheese: " + smell));
        }

        void forget() {
            given.clear();
        }
    }

    /** Coins that are asked for, the differences applied. */
    List<PlacedCoin> coins(List<OutPoint> outPoints, CoinTable table) {
        List<OutPoint> unknown = outPoints.stream().filter(it -> coins.at(it).isEmpty()).toList();
        Map<OutPoint, Coin> written = unknown.isEmpty() ? Map.of() : table.coins(unknown);
        List<PlacedCoin> found = new ArrayList<>(outPoints.size());
        for (OutPoint outPoint : outPoints) {
            Optional<Coin> coin = coins.at(outPoint)
                    .map(PendingCoins.Difference::now)
                    .orElseGet(() -> Optional.ofNullable(written.get(outPoint)));
            coin.ifPresent(it -> found.add(new PlacedCoin(outPoint, it)));
        }
        return found;
    }
}
