package org.cheesecoin.benchmarks.whole;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.consensus.PlacedCoin;
import org.cheesecoin.chain.consensus.StackedHeader;
import org.cheesecoin.chain.stack.CheeseStore;

/** A straight stack to be given to others: headers, and bodies as bytes; no coins. */
final class FrozenStore implements CheeseStore {

    private final Network network;
    private final List<StackedHeader> headers = new ArrayList<>();
    private final List<byte[]> bodies = new ArrayList<>();
    private final Map<Smell, Integer> heights = new HashMap<>();

    FrozenStore(Network network) {
        this.network = network;
        put(network.root(), network.blueCheese());
    }

    void add(Cheese cheese) {
        put(tip().child(cheese.header(), cheese.smell(), network.parameters()), cheese);
    }

    private void put(StackedHeader header, Cheese cheese) {
        heights.put(header.smell(), headers.size());
        headers.add(header);
        bodies.add(cheese.toBytes());
    }

    @Override
    public StackedHeader tip() {
        return headers.getLast();
    }

    @Override
    public Optional<StackedHeader> header(Smell smell) {
        return Optional.ofNullable(heights.get(smell)).map(headers::get);
    }

    @Override
    public Optional<StackedHeader> headerAt(int height) {
        return height >= 0 && height < headers.size() ? Optional.of(headers.get(height)) : Optional.empty();
    }

    @Override
    public List<StackedHeader> headersFrom(int fromHeight, int limit) {
        int from = Math.clamp(fromHeight, 0, headers.size());
        return List.copyOf(headers.subList(from, from + Math.min(limit, headers.size() - from)));
    }

    @Override
    public Optional<Cheese> cheese(Smell smell) {
        return Optional.ofNullable(heights.get(smell))
                .map(height -> Cheese.decode(bodies.get(height)).orElseThrow());
    }

    @Override
    public List<PlacedCoin> spentBy(Smell smell) {
        return List.of();
    }

    @Override
    public List<PlacedCoin> coins(List<OutPoint> outPoints) {
        return List.of();
    }
}
