package org.cheesecoin.chain.consensus;

import java.util.OptionalInt;

import org.cheesecoin.chain.cheese.Amount;

/**
 * New money. s(h) = first subsidy >> ⌊(h − 1) / halving interval⌋ for h ≥ 1, nothing after 27 halvings; S(h) is the sum
 * of s(1…h); the cap is all money less the allocations of the Blue Cheese; a cheese makes min(S(h), cap) −
 * min(S(h − 1), cap).
 */
public final class Subsidy {

    private static final int MAX_HALVINGS = 27;

    private Subsidy() {}

    /** What a cheese at this height may make, beside its fees. */
    public static Amount at(int height, NetworkParameters parameters) {
        if (height == 0) {
            return Amount.ZERO;
        }
        return new Amount(minedUpTo(height, parameters) - minedUpTo(height - 1, parameters));
    }

    /** What all cheeses up to and with this height may make together, allocations not counted, in crumbs. */
    public static long minedUpTo(int height, NetworkParameters parameters) {
        long cap = Amount.MAX_CRUMBS - allocated(parameters);
        long interval = parameters.halvingInterval();
        long sum = 0;
        long left = height;
        for (int halvings = 0; halvings < MAX_HALVINGS && left > 0 && sum < cap; halvings++) {
            long cheeses = Math.min(left, interval);
            long each = parameters.firstSubsidyCrumbs() >> halvings;
            long room = cap - sum;
            // Compared by division, since interval times subsidy may exceed 64 bits on a network of one's own.
            sum = each > 0 && cheeses > room / each ? cap : sum + cheeses * each;
            left -= cheeses;
        }
        return Math.min(sum, cap);
    }

    /** What all cheeses that there will ever be may make together, allocations not counted, in crumbs. */
    public static long minedInTheEnd(NetworkParameters parameters) {
        return minedUpTo(Integer.MAX_VALUE, parameters);
    }

    /** The lowest height above this one at which a cheese makes half of the one before; none where no more is made. */
    public static OptionalInt nextHalving(int height, NetworkParameters parameters) {
        long interval = parameters.halvingInterval();
        long halvings = height == 0 ? 1 : (height - 1) / interval + 1;
        long next = halvings * interval + 1;
        boolean isNone = next > Integer.MAX_VALUE || at((int) next - 1, parameters).equals(Amount.ZERO);
        return isNone ? OptionalInt.empty() : OptionalInt.of((int) next);
    }

    /** What the Blue Cheese makes, in crumbs. */
    public static long allocated(NetworkParameters parameters) {
        Amount sum = Amount.ZERO;
        for (var allocation : parameters.allocations()) {
            sum = sum.plus(allocation.amount());
        }
        return sum.crumbs();
    }
}
