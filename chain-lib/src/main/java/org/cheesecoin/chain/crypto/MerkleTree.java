package org.cheesecoin.chain.crypto;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The Merkle tree of RFC 6962, 2.1. Leaves and nodes are hashed under different first bytes and an odd node is never
 * doubled, so that no two lists of leaves share a root (as they did in CVE-2012-2459).
 */
public final class MerkleTree {

    private static final Sha256 LEAF = Sha256.startingWith((byte) 0);
    private static final Sha256 NODE = Sha256.startingWith((byte) 1);

    private MerkleTree() {}

    /** The hash of one leaf: SHA-256(0 ‖ data). */
    public static Hash256 leaf(byte[] data) {
        return LEAF.of(data);
    }

    /** The root over these leaf hashes; that of no leaves is SHA-256 of nothing. */
    public static Hash256 root(List<Hash256> leaves) {
        if (leaves.isEmpty()) {
            return Sha256.hash();
        }
        List<Hash256> level = leaves;
        while (level.size() > 1) {
            List<Hash256> above = new ArrayList<>((level.size() + 1) / 2);
            for (int i = 0; i + 1 < level.size(); i += 2) {
                above.add(node(level.get(i), level.get(i + 1)));
            }
            if (level.size() % 2 == 1) {
                above.add(level.getLast());
            }
            level = above;
        }
        return level.getFirst();
    }

    /**
     * The audit path of a leaf (RFC 6962, 2.1.1), from the leaf's sibling up.
     *
     * @throws IndexOutOfBoundsException if there is no such leaf
     */
    public static List<Hash256> path(List<Hash256> leaves, int index) {
        Objects.checkIndex(index, leaves.size());
        List<Hash256> path = new ArrayList<>();
        List<Hash256> level = leaves;
        int position = index;
        while (level.size() > 1) {
            int sibling = position ^ 1;
            if (sibling < level.size()) {
                path.add(level.get(sibling));
            }
            List<Hash256> above = new ArrayList<>((level.size() + 1) / 2);
            for (int i = 0; i < level.size(); i += 2) {
                above.add(i + 1 < level.size() ? node(level.get(i), level.get(i + 1)) : level.get(i));
            }
            level = above;
            position >>>= 1;
        }
        return List.copyOf(path);
    }

    /**
     * Whether the path leads from the leaf to the root in a tree of {@code size} leaves (RFC 9162, 2.1.3.2).
     */
    public static boolean verify(Hash256 leaf, long index, long size, List<Hash256> path, Hash256 root) {
        if (index < 0 || index >= size) {
            return false;
        }
        long position = index;
        long last = size - 1;
        Hash256 hash = leaf;
        for (Hash256 sibling : path) {
            if (last == 0) {
                return false;
            }
            if ((position & 1) == 1 || position == last) {
                hash = node(sibling, hash);
                while ((position & 1) == 0 && position != 0) {
                    position >>>= 1;
                    last >>>= 1;
                }
            } else {
                hash = node(hash, sibling);
            }
            position >>>= 1;
            last >>>= 1;
        }
        return last == 0 && hash.equals(root);
    }

    private static Hash256 node(Hash256 left, Hash256 right) {
        byte[] both = new byte[2 * Hash256.BYTES];
        left.copyTo(both, 0);
        right.copyTo(both, Hash256.BYTES);
        return NODE.of(both);
    }
}
