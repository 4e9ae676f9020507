package org.cheesecoin.chain.mempool;

import org.cheesecoin.chain.cheese.FeeRate;

/**
 * The rate below which a mempool that had to evict takes nothing for a while, as Bitcoin Core's rolling minimum: what
 * was evicted shall not come straight back. It halves in each half-life, on a straight line in between, and is counted
 * in thousandths of a crumb so that it is the same number everywhere.
 */
final class MinimumRate {

    private static final int BYTES = 1_000;

    private final FeeRate relayRate;
    private final long halfLifeMillis;
    private long raised;
    private long raisedAtMillis;

    MinimumRate(FeeRate relayRate, long halfLifeMillis) {
        this.relayRate = relayRate;
        this.halfLifeMillis = halfLifeMillis;
    }

    /** What was evicted paid this: from now on, it takes that and the relay rate. */
    void evicted(FeeRate rate, long nowMillis) {
        long now = at(nowMillis);
        long wanted = rate.feeFor(BYTES).crumbs() + relayRate.feeFor(BYTES).crumbs();
        raised = Math.max(now, wanted);
        raisedAtMillis = nowMillis;
    }

    /** The rate that a payment needs at this time, never below the relay rate. */
    FeeRate now(long nowMillis) {
        FeeRate decayed = new FeeRate(at(nowMillis), BYTES);
        return decayed.compareTo(relayRate) > 0 ? decayed : relayRate;
    }

    private long at(long nowMillis) {
        long waited = Math.max(0, nowMillis - raisedAtMillis);
        long halvings = waited / halfLifeMillis;
        if (raised == 0 || halvings >= Long.SIZE - 1) {
            return 0;
        }
        long whole = raised >> halvings;
        // Multiplied in parts, so that no rate overflows: at most half is taken off between two halvings.
        double share = (double) (waited % halfLifeMillis) / halfLifeMillis;
        return whole - (long) (share * (whole / 2));
    }
}
