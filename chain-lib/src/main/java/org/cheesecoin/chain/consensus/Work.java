package org.cheesecoin.chain.consensus;

import java.math.BigInteger;

/**
 * A count of hashes: what a target takes on average, or what all cheeses up to one took together.
 *
 * @param hashes zero or more
 */
public record Work(BigInteger hashes) implements Comparable<Work> {

    /** None. */
    public static final Work ZERO = new Work(BigInteger.ZERO);

    /** Both together. */
    public Work plus(Work other) {
        return new Work(hashes.add(other.hashes));
    }

    @Override
    public int compareTo(Work other) {
        return hashes.compareTo(other.hashes);
    }

    @Override
    public String toString() {
        return hashes.toString();
    }
}
