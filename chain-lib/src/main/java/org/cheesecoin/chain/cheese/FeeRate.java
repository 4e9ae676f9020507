package org.cheesecoin.chain.cheese;

import java.math.BigInteger;

/**
 * What is paid for each byte, kept as the exact fraction so that comparing two rates never rounds.
 *
 * @param feeCrumbs the fee, zero or more
 * @param sizeBytes for how many bytes, at least one
 */
public record FeeRate(long feeCrumbs, int sizeBytes) implements Comparable<FeeRate> {

    private static final BigInteger MAX_CRUMBS = BigInteger.valueOf(Amount.MAX_CRUMBS);

    /** Checks that it is a rate. */
    public FeeRate {
        if (feeCrumbs < 0 || sizeBytes < 1) {
            throw new IllegalArgumentException("no fee rate: " + feeCrumbs + " crumbs for " + sizeBytes + " bytes");
        }
    }

    /** So many crumbs for each byte. */
    public static FeeRate ofCrumbsPerByte(long crumbsPerByte) {
        return new FeeRate(crumbsPerByte, 1);
    }

    /** The fee for a size at this rate, rounded up; all the money there is where it would be more, which nobody pays. */
    public Amount feeFor(int bytes) {
        BigInteger product = BigInteger.valueOf(feeCrumbs).multiply(BigInteger.valueOf(bytes));
        BigInteger[] parts = product.divideAndRemainder(BigInteger.valueOf(sizeBytes));
        BigInteger roundedUp = parts[0].add(BigInteger.valueOf(parts[1].signum()));
        return new Amount(roundedUp.min(MAX_CRUMBS).longValueExact());
    }

    /** For people and JSON: crumbs a byte, rounded to the nearest double. */
    public double crumbsPerByte() {
        return (double) feeCrumbs / sizeBytes;
    }

    @Override
    public int compareTo(FeeRate other) {
        long high = Math.multiplyHigh(feeCrumbs, other.sizeBytes);
        long otherHigh = Math.multiplyHigh(other.feeCrumbs, sizeBytes);
        return high != otherHigh
                ? Long.compare(high, otherHigh)
                : Long.compareUnsigned(feeCrumbs * other.sizeBytes, other.feeCrumbs * sizeBytes);
    }

    /** Equal are rates of the same worth, as 2 for 4 bytes and 1 for 2: consistent with {@link #compareTo}. */
    @Override
    public boolean equals(Object object) {
        return object instanceof FeeRate other && compareTo(other) == 0;
    }

    @Override
    public int hashCode() {
        return Double.hashCode(crumbsPerByte());
    }
}
