package org.cheesecoin.chain.stack;

/**
 * How much of the stack stands in memory; the rest is read from the store.
 *
 * @param maxCachedCoins unspent coins kept for the next cheeses, about 250 bytes each
 * @param maxHeaders recent headers kept, about 500 bytes each
 * @param maxCondemned smells of invalid cheeses that are remembered
 */
public record StackLimits(int maxCachedCoins, int maxHeaders, int maxCondemned) {

    /** What fits beside all else into a heap of 96 MB. */
    public static final StackLimits DEFAULT = new StackLimits(100_000, 2_048, 1_000);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if one is below 1
     */
    public StackLimits {
        if (maxCachedCoins < 1 || maxHeaders < 1 || maxCondemned < 1) {
            throw new IllegalArgumentException(
                    "limits are at least 1: " + maxCachedCoins + ", " + maxHeaders + ", " + maxCondemned);
        }
    }
}
