package org.cheesecoin.chain.stack;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.consensus.PlacedCoin;
import org.cheesecoin.chain.consensus.StackedHeader;
import org.cheesecoin.chain.testing.MemoryCheeseStore;

/** Counts what is read, and reads bodies anew from their bytes, as a disk does. */
final class CountingStore implements CheeseStore {

    private final MemoryCheeseStore store;
    private final List<WeakReference<Cheese>> bodies = new ArrayList<>();
    private int headersRead;
    private int coinQuestions;

    CountingStore(MemoryCheeseStore store) {
        this.store = store;
    }

    int headersRead() {
        return headersRead;
    }

    int bodiesRead() {
        return bodies.size();
    }

    int coinQuestions() {
        return coinQuestions;
    }

    /** How many of the bodies that were read somebody still holds. */
    long bodiesHeld() {
        System.gc();
        return bodies.stream().filter(body -> body.get() != null).count();
    }

    @Override
    public StackedHeader tip() {
        headersRead++;
        return store.tip();
    }

    @Override
    public Optional<StackedHeader> header(Smell smell) {
        headersRead++;
        return store.header(smell);
    }

    @Override
    public Optional<StackedHeader> headerAt(int height) {
        headersRead++;
        return store.headerAt(height);
    }

    @Override
    public List<StackedHeader> headersFrom(int fromHeight, int limit) {
        List<StackedHeader> headers = store.headersFrom(fromHeight, limit);
        headersRead += headers.size();
        return headers;
    }

    @Override
    public Optional<Cheese> cheese(Smell smell) {
        Optional<Cheese> body = store.cheese(smell).map(it -> Cheese.decode(it.toBytes()).orElseThrow());
        body.ifPresent(it -> bodies.add(new WeakReference<>(it)));
        return body;
    }

    @Override
    public List<PlacedCoin> spentBy(Smell smell) {
        return store.spentBy(smell);
    }

    @Override
    public List<PlacedCoin> coins(List<OutPoint> outPoints) {
        coinQuestions++;
        return store.coins(outPoints);
    }
}
