package org.cheesecoin.chain.cheese;

import org.cheesecoin.chain.crypto.Hash256;

/**
 * The hash of a cheese's header: its name, and its proof of work. Smaller is more work.
 *
 * @param hash the 32 bytes
 */
public record Smell(Hash256 hash) implements Comparable<Smell> {

    /**
     * Reads 64 hex digits.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static Smell fromHex(String hex) {
        return new Smell(Hash256.fromHex(hex));
    }

    /** The 64 lower-case hex digits. */
    public String toHex() {
        return hash.toHex();
    }

    @Override
    public int compareTo(Smell other) {
        return hash.compareTo(other.hash);
    }

    @Override
    public String toString() {
        return toHex();
    }
}
