package org.cheesecoin.chain.cheese;

import org.cheesecoin.chain.crypto.Hash256;

/**
 * The name of a transaction: the tagged hash of its body, without the witnesses.
 *
 * @param hash the 32 bytes
 */
public record Txid(Hash256 hash) implements Comparable<Txid> {

    /**
     * Reads 64 hex digits.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static Txid fromHex(String hex) {
        return new Txid(Hash256.fromHex(hex));
    }

    /** The 64 lower-case hex digits. */
    public String toHex() {
        return hash.toHex();
    }

    @Override
    public int compareTo(Txid other) {
        return hash.compareTo(other.hash);
    }

    @Override
    public String toString() {
        return toHex();
    }
}
