package org.cheesecoin.chain.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.consensus.CheeseRules;
import org.cheesecoin.chain.consensus.Coin;
import org.cheesecoin.chain.consensus.CoinChanges;
import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.consensus.PlacedCoin;
import org.cheesecoin.chain.consensus.StackedHeader;
import org.cheesecoin.chain.stack.CheeseStore;
import org.cheesecoin.chain.stack.StackSink;
import org.cheesecoin.chain.stack.StackStep;

/**
 * The stack in maps, for tests and the simulator. Strict: a step that does not fit onto what is there throws. A disk
 * that lags behind is a second one to which the committed steps are written; after a crash, {@link #copy} that.
 */
public final class MemoryCheeseStore implements CheeseStore, StackSink {

    private final Map<Smell, StackedHeader> headers;
    private final Map<Smell, Cheese> cheeses;
    private final Map<Smell, List<PlacedCoin>> spent;
    private final List<StackedHeader> best;
    private final Map<OutPoint, Coin> coins;

    /** Holds the Blue Cheese and its coins. */
    public MemoryCheeseStore(Network network) {
        headers = new HashMap<>(Map.of(network.id(), network.root()));
        cheeses = new HashMap<>(Map.of(network.id(), network.blueCheese()));
        spent = new HashMap<>();
        best = new ArrayList<>(List.of(network.root()));
        coins = new LinkedHashMap<>();
        CheeseRules.blueCheese(network).made().forEach(made -> coins.put(made.outPoint(), made.coin()));
    }

    private MemoryCheeseStore(MemoryCheeseStore other) {
        headers = new HashMap<>(other.headers);
        cheeses = new HashMap<>(other.cheeses);
        spent = new HashMap<>(other.spent);
        best = new ArrayList<>(other.best);
        coins = new LinkedHashMap<>(other.coins);
    }

    /** The same content, which then goes its own way. Shares the values, so it is cheap. */
    public MemoryCheeseStore copy() {
        return new MemoryCheeseStore(this);
    }

    @Override
    public StackedHeader tip() {
        return best.getLast();
    }

    @Override
    public Optional<StackedHeader> header(Smell smell) {
        return Optional.ofNullable(headers.get(smell));
    }

    @Override
    public Optional<StackedHeader> headerAt(int height) {
        return height >= 0 && height < best.size() ? Optional.of(best.get(height)) : Optional.empty();
    }

    @Override
    public List<StackedHeader> headersFrom(int fromHeight, int limit) {
        int from = Math.clamp(fromHeight, 0, best.size());
        return List.copyOf(best.subList(from, from + Math.min(limit, best.size() - from)));
    }

    @Override
    public Optional<Cheese> cheese(Smell smell) {
        return Optional.ofNullable(cheeses.get(smell));
    }

    @Override
    public List<PlacedCoin> spentBy(Smell smell) {
        return spent.getOrDefault(smell, List.of());
    }

    @Override
    public List<PlacedCoin> coins(List<OutPoint> outPoints) {
        List<PlacedCoin> found = new ArrayList<>();
        for (OutPoint outPoint : outPoints) {
            coin(outPoint).ifPresent(coin -> found.add(new PlacedCoin(outPoint, coin)));
        }
        return found;
    }

    @Override
    public Optional<Coin> coin(OutPoint outPoint) {
        return Optional.ofNullable(coins.get(outPoint));
    }

    /** Every coin that is not spent on the best branch. */
    public Map<OutPoint, Coin> allCoins() {
        return new LinkedHashMap<>(coins);
    }

    /** Their sum, in crumbs. */
    public long sumCrumbs() {
        return coins.values().stream().mapToLong(coin -> coin.amount().crumbs()).sum();
    }

    /** How many cheeses are stored, on all branches. */
    public int cheeseCount() {
        return cheeses.size();
    }

    @Override
    public void write(StackStep step) {
        switch (step) {
            case StackStep.Stored(StackedHeader header, Cheese cheese) -> store(header, cheese);
            case StackStep.Connected(StackedHeader header, Cheese cheese, CoinChanges changes) ->
                    connect(header, changes);
            case StackStep.Disconnected(StackedHeader header, Cheese cheese, CoinChanges changes) ->
                    disconnect(header, changes);
            case StackStep.Condemned(Smell smell) -> condemn(smell);
        }
    }

    private void store(StackedHeader header, Cheese cheese) {
        require(header.smell().equals(cheese.smell()), "stored under a wrong smell", header.smell());
        require(headers.containsKey(header.header().parentSmell()), "stored without its parent", header.smell());
        require(headers.putIfAbsent(header.smell(), header) == null, "stored twice", header.smell());
        cheeses.put(header.smell(), cheese);
    }

    private void connect(StackedHeader header, CoinChanges changes) {
        require(header.equals(headers.get(header.smell())), "connected but not stored", header.smell());
        require(tip().smell().equals(header.header().parentSmell()), "connected on a wrong tip", header.smell());
        for (PlacedCoin made : changes.made()) {
            require(coins.putIfAbsent(made.outPoint(), made.coin()) == null, "made again", made.outPoint());
        }
        for (PlacedCoin coin : changes.spent()) {
            require(Objects.equals(coins.remove(coin.outPoint()), coin.coin()), "spent but absent", coin.outPoint());
        }
        spent.put(header.smell(), changes.spent());
        best.add(header);
    }

    private void disconnect(StackedHeader header, CoinChanges changes) {
        require(best.size() > 1 && tip().equals(header), "disconnected but not the tip", header.smell());
        require(changes.spent().equals(spent.remove(header.smell())), "gives back other coins", header.smell());
        for (PlacedCoin coin : changes.spent()) {
            require(coins.putIfAbsent(coin.outPoint(), coin.coin()) == null, "given back again", coin.outPoint());
        }
        for (PlacedCoin made : changes.made()) {
            require(Objects.equals(coins.remove(made.outPoint()), made.coin()), "unmade but absent", made.outPoint());
        }
        best.removeLast();
    }

    private void condemn(Smell smell) {
        StackedHeader header = headers.remove(smell);
        require(header != null && cheeses.remove(smell) != null, "condemned but not stored", smell);
        require(!best.contains(header), "condemned on the best branch", smell);
    }

    private static void require(boolean fits, String otherwise, Object what) {
        if (!fits) {
            throw new IllegalStateException(otherwise + ": " + what);
        }
    }
}
