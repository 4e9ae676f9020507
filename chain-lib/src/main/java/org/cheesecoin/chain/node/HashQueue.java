package org.cheesecoin.chain.node;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.cheesecoin.chain.crypto.Hash256;

/** Hashes that wait, first in, first out. Each takes the 32 bytes that it is, where an object would take three times that. */
final class HashQueue {

    private static final byte[] NONE = {};

    private byte[] bytes = NONE;

    int size() {
        return bytes.length / Hash256.BYTES;
    }

    void add(List<Hash256> hashes) {
        int end = bytes.length;
        bytes = Arrays.copyOf(bytes, end + hashes.size() * Hash256.BYTES);
        for (Hash256 hash : hashes) {
            hash.copyTo(bytes, end);
            end += Hash256.BYTES;
        }
    }

    /** Takes the first of them, so many at most. */
    List<Hash256> take(int limit) {
        int count = Math.min(limit, size());
        List<Hash256> taken = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            taken.add(Hash256.at(bytes, i * Hash256.BYTES));
        }
        bytes = count == size() ? NONE : Arrays.copyOfRange(bytes, count * Hash256.BYTES, bytes.length);
        return taken;
    }
}
