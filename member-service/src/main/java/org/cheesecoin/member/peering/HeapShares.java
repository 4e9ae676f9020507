package org.cheesecoin.member.peering;

import org.cheesecoin.chain.mempool.MempoolLimits;
import org.cheesecoin.chain.node.NodeLimits;
import org.cheesecoin.chain.stack.StackLimits;

/**
 * Limits that follow the heap. A member of 96 MB that held 16 MB of waiting cheeses, which take five times as much in
 * memory, and 100,000 cached coins ran out of memory when it joined a stack of full cheeses.
 */
final class HeapShares {

    private static final int WAITING_CHEESES_SHARE = 48;
    private static final int MEMPOOL_SHARE = 4;
    private static final int COINS_SHARE = 16;
    /** What a cached coin takes, roughly, with its key and entry. */
    private static final int COIN_BYTES = 300;

    private static final int KNOWN_SHARE = 8;
    /** What a remembered id takes, roughly; each link has one set of smells and one of payments. */
    private static final int KNOWN_BYTES = 2 * 100;

    private HeapShares() {}

    /** A forty-eighth for cheeses that wait, in their encoding: a tenth in memory; an eighth for what peers know. */
    static NodeLimits nodeLimits(long heapBytes) {
        NodeLimits defaults = NodeLimits.defaults();
        long links = defaults.outboundLinks() + (long) defaults.inboundLinks();
        long known = Math.min(defaults.rememberedPerLink(), heapBytes / KNOWN_SHARE / KNOWN_BYTES / links);
        return defaults
                .withWaitingCheeseBytes(Math.min(defaults.waitingCheeseBytes(), heapBytes / WAITING_CHEESES_SHARE))
                .withRememberedPerLink((int) Math.max(known, 1));
    }

    /** A quarter for the mempool. */
    static MempoolLimits mempoolLimits(long heapBytes) {
        MempoolLimits most = MempoolLimits.DEFAULT;
        return most.withMemoryBytes(Math.min(most.memoryBytes(), heapBytes / MEMPOOL_SHARE));
    }

    /** A sixteenth for coins. */
    static StackLimits stackLimits(long heapBytes) {
        StackLimits most = StackLimits.DEFAULT;
        long coins = Math.min(most.maxCachedCoins(), heapBytes / COINS_SHARE / COIN_BYTES);
        return new StackLimits((int) coins, most.maxHeaders(), most.maxCondemned());
    }
}
