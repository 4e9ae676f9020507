package org.cheesecoin.chain.wire;

import org.cheesecoin.chain.crypto.PublicKey;

/**
 * Who somebody is between members and trackers: the public node key, never a wallet's. Ids are free to make.
 *
 * @param key the key that proves it
 */
public record NodeId(PublicKey key) implements Comparable<NodeId> {

    /**
     * Reads 66 hex digits.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static NodeId fromHex(String hex) {
        return new NodeId(PublicKey.fromHex(hex));
    }

    /** The 66 lower-case hex digits. */
    public String toHex() {
        return key.toHex();
    }

    @Override
    public int compareTo(NodeId other) {
        return key.compareTo(other.key);
    }

    @Override
    public String toString() {
        return toHex();
    }
}
