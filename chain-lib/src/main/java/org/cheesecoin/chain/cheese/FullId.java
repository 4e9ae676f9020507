package org.cheesecoin.chain.cheese;

import org.cheesecoin.chain.crypto.Hash256;

/**
 * The hash of a whole transaction with its witnesses. What peers announce, ask for and remember as refused, so that a
 * third party's broken signature never stands for the true transaction.
 *
 * @param hash the 32 bytes
 */
public record FullId(Hash256 hash) implements Comparable<FullId> {

    /**
     * Reads 64 hex digits.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static FullId fromHex(String hex) {
        return new FullId(Hash256.fromHex(hex));
    }

    /** The 64 lower-case hex digits. */
    public String toHex() {
        return hash.toHex();
    }

    @Override
    public int compareTo(FullId other) {
        return hash.compareTo(other.hash);
    }

    @Override
    public String toString() {
        return toHex();
    }
}
