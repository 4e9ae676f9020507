package org.cheesecoin.chain.consensus;

import java.math.BigInteger;

/**
 * The difficulty rule. Each cheese has a base target, one step of aserti3-2d (BCH, 2020-11-15 upgrade) away from its
 * parent's by the parent's solve time; what a header carries is the base eased for a stall within its own solve time.
 * Private networks sleep at night and lose most of their hash rate when one person leaves, so nothing is absolute.
 */
public final class Difficulty {

    /** A longer solve time counts as so many spacings: one night moves the base no further than a long wait. */
    public static final int MAX_SOLVE_SPACINGS = 12;

    /** After each so many spacings without a cheese the target doubles. */
    public static final int EASING_SPACINGS = 6;

    private static final int MAX_DOUBLINGS = 256;
    private static final int RADIX_BITS = 16;
    private static final BigInteger MAX_TARGET = BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE);

    private Difficulty() {}

    /**
     * One evaluation of aserti3-2d. All times are in one unit, whichever it is.
     *
     * @param anchor the target at the anchor
     * @param timeDifference from the anchor's parent to the cheese before the one that is computed
     * @param heightDifference how far that one lies above the anchor
     * @param spacing the intended time between cheeses
     * @param halfLife the target doubles for each so much delay
     * @param easiest what it is capped at
     */
    public static Target aserti3(
            Target anchor, long timeDifference, long heightDifference, long spacing, long halfLife, Target easiest) {
        BigInteger offset = BigInteger.valueOf(timeDifference)
                .subtract(BigInteger.valueOf(spacing).multiply(BigInteger.valueOf(heightDifference + 1)));
        // BigInteger.divide truncates toward zero, as the reference does.
        long exponent = offset.shiftLeft(RADIX_BITS).divide(BigInteger.valueOf(halfLife)).longValueExact();
        long shifts = exponent >> RADIX_BITS;
        long fraction = exponent & 0xffff;
        // The reference's cubic approximation of 2^fraction; its intermediate values fit 64 bits unsigned.
        long cubic = 195_766_423_245_049L * fraction + 971_821_376L * fraction * fraction
                + 5_127L * fraction * fraction * fraction + (1L << 47);
        BigInteger factor = BigInteger.valueOf((1L << RADIX_BITS) + (cubic >>> 48));
        if (shifts > MAX_DOUBLINGS + RADIX_BITS) {
            return easiest;
        }
        long shift = Math.max(shifts - RADIX_BITS, -2L * MAX_DOUBLINGS);
        BigInteger next = anchor.value().multiply(factor).shiftLeft((int) shift);
        BigInteger capped = next.max(BigInteger.ONE).min(easiest.value());
        return Target.roundedDown(capped);
    }

    /** The easiest target of the network: its first one times the factor, or all there is. */
    public static Target easiest(NetworkParameters parameters) {
        BigInteger first = Target.ofCompact(parameters.firstCompactTarget()).value();
        return Target.roundedDown(
                first.multiply(BigInteger.valueOf(parameters.easiestFactor())).min(MAX_TARGET));
    }

    /** The base target of the cheese that stands on this one. */
    public static Target baseTargetAbove(StackedHeader parent, NetworkParameters parameters) {
        // Cheese 2 too takes the Blue Cheese's: the solve time of cheese 1 is the age of the network.
        if (parent.height() <= 1 || parameters.retargeting() == NetworkParameters.Retargeting.NONE) {
            return parent.baseTarget();
        }
        long solveMillis = Math.min(
                parent.header().timeMillis() - parent.parentTimeMillis(),
                MAX_SOLVE_SPACINGS * parameters.spacingMillis());
        return aserti3(
                parent.baseTarget(),
                solveMillis,
                0,
                parameters.spacingMillis(),
                parameters.halfLifeMillis(),
                easiest(parameters));
    }

    /**
     * What the header on this parent must carry at this time (HDR-TARGET): the base, doubled for each full
     * {@link #EASING_SPACINGS} spacings since the parent, and no easier than the easiest.
     */
    public static Target targetAbove(StackedHeader parent, long timeMillis, NetworkParameters parameters) {
        Target base = baseTargetAbove(parent, parameters);
        if (parameters.retargeting() == NetworkParameters.Retargeting.NONE) {
            return base;
        }
        long waitedMillis = timeMillis - parent.header().timeMillis();
        long doublings = Math.max(0, waitedMillis / (EASING_SPACINGS * parameters.spacingMillis()));
        Target easiest = easiest(parameters);
        if (doublings >= MAX_DOUBLINGS) {
            return easiest;
        }
        return Target.roundedDown(base.value().shiftLeft((int) doublings).min(easiest.value()));
    }
}
