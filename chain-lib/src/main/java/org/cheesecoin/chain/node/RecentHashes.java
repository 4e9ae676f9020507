package org.cheesecoin.chain.node;

import org.cheesecoin.chain.crypto.Hash256;

/**
 * Hashes that came lately, eight bytes for each: what stays of a hash is a fingerprint, salted so that nobody outside
 * can make two of them meet. A wrong hit is as good as impossible by chance, and costs little where this is used: a peer
 * is not told of one payment. Each fingerprint has a bucket of eight, whose oldest is forgotten when it is full, so that
 * some are forgotten before as many came as fit.
 */
final class RecentHashes {

    /** What one hash takes here, in bytes. */
    static final int ENTRY_BYTES = Long.BYTES;

    private static final int WAYS = 8;
    private static final long[] NOTHING = {};
    private static final long EMPTY = 0;

    private final int slots;
    private final int ways;
    private final long salt;
    private long[] prints = NOTHING;

    /**
     * An empty one, which takes memory with its first hash.
     *
     * @param limit most hashes, rounded down to a power of two
     * @param salt any number that others do not know
     */
    RecentHashes(int limit, long salt) {
        this.slots = Integer.highestOneBit(limit);
        this.ways = Math.min(WAYS, slots);
        this.salt = salt;
    }

    /** Remembers this one as the newest of its bucket; answers whether it was not here. */
    boolean add(Hash256 hash) {
        if (prints.length == 0) {
            prints = new long[slots];
        }
        long print = print(hash);
        int bucket = bucket(print);
        int place = place(print);
        boolean isNew = place < 0;
        int last = isNew ? bucket + ways - 1 : place;
        System.arraycopy(prints, bucket, prints, bucket + 1, last - bucket);
        prints[bucket] = print;
        return isNew;
    }

    boolean contains(Hash256 hash) {
        return prints.length > 0 && place(print(hash)) >= 0;
    }

    void clear() {
        prints = NOTHING;
    }

    private int place(long print) {
        int bucket = bucket(print);
        for (int place = bucket; place < bucket + ways; place++) {
            if (prints[place] == print) {
                return place;
            }
        }
        return -1;
    }

    private int bucket(long print) {
        return (int) (print & slots - 1 & -ways);
    }

    private long print(Hash256 hash) {
        long print = hash.salted(salt);
        return print == EMPTY ? 1 : print;
    }
}
