package org.cheesecoin.chain.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.consensus.StackedHeader;

/** The headers of the stored cheeses: a window of recent ones from memory, older ones from the store. */
final class Headers {

    /** The end of a locator that is dense, in headers. */
    static final int DENSE = 10;

    private final CheeseStore store;
    private final int maxHeaders;
    private final Map<Smell, StackedHeader> bySmell;
    /** The best branch's upper end, without a gap, by height; the tip is its last. */
    private final TreeMap<Integer, StackedHeader> best = new TreeMap<>();

    private StackedHeader tip;

    Headers(CheeseStore store, int maxHeaders) {
        this.store = store;
        this.maxHeaders = maxHeaders;
        this.bySmell = new BoundedMap<>(maxHeaders);
        this.tip = store.tip();
        for (StackedHeader header : store.headersFrom(Math.max(0, tip.height() - maxHeaders + 1), maxHeaders)) {
            best.put(header.height(), header);
            bySmell.put(header.smell(), header);
        }
    }

    StackedHeader tip() {
        return tip;
    }

    Optional<StackedHeader> bySmell(Smell smell) {
        StackedHeader recent = bySmell.get(smell);
        return recent != null ? Optional.of(recent) : store.header(smell);
    }

    Optional<StackedHeader> atHeight(int height) {
        if (height < 0 || height > tip.height()) {
            return Optional.empty();
        }
        StackedHeader recent = best.get(height);
        return recent != null ? Optional.of(recent) : store.headerAt(height);
    }

    boolean isOnBestBranch(StackedHeader header) {
        return atHeight(header.height()).filter(it -> it.smell().equals(header.smell())).isPresent();
    }

    List<Smell> locator() {
        List<Smell> smells = new ArrayList<>();
        int step = 1;
        for (int height = tip.height(); height > 0; height -= step) {
            smells.add(smellAt(height));
            if (smells.size() >= DENSE) {
                step = Math.min(2 * step, height);
            }
        }
        smells.add(smellAt(0));
        return smells;
    }

    private Smell smellAt(int height) {
        return atHeight(height)
                .orElseThrow(() -> new IllegalStateException("the store has no cheese at height " + height))
                .smell();
    }

    void stored(StackedHeader header) {
        bySmell.put(header.smell(), header);
    }

    void condemned(Smell smell) {
        bySmell.remove(smell);
    }

    void connected(StackedHeader header) {
        tip = header;
        best.put(header.height(), header);
        if (best.size() > maxHeaders) {
            best.pollFirstEntry();
        }
    }

    void disconnected(StackedHeader parent) {
        best.remove(tip.height());
        tip = parent;
    }
}
