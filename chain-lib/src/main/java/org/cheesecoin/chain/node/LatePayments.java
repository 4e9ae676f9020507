package org.cheesecoin.chain.node;

import org.cheesecoin.chain.cheese.FullId;

/**
 * The payments that a peer was asked for and has not sent in time; it may still. None is forgotten while there is room,
 * since a peer that sends one of them did what it was asked to. What stays of an id is a fingerprint of eight bytes,
 * salted so that nobody outside can make two of them meet.
 */
final class LatePayments {

    /** Half of the slots stay empty, so that a search is short. */
    private static final int SLOTS_PER_PAYMENT = 2;
    private static final long[] NOTHING = {};
    private static final long EMPTY = 0;

    private final int limit;
    private final long salt;
    private final int slots;
    private long[] prints = NOTHING;
    private int count;

    /**
     * None yet; the first takes the memory of all.
     *
     * @param limit most payments
     * @param salt any number that others do not know
     */
    LatePayments(int limit, long salt) {
        this.limit = limit;
        this.salt = salt;
        this.slots = Integer.highestOneBit(Math.max(1, SLOTS_PER_PAYMENT * limit - 1)) << 1;
    }

    int count() {
        return count;
    }

    /** This one is late, if there is room for it. */
    void add(FullId fullId) {
        if (prints.length == 0) {
            prints = new long[slots];
        }
        long print = print(fullId);
        int slot = slot(print);
        if (prints[slot] == EMPTY && count < limit) {
            prints[slot] = print;
            count++;
        }
    }

    /** It is late no more; answers whether it was. */
    boolean remove(FullId fullId) {
        if (count == 0) {
            return false;
        }
        int slot = slot(print(fullId));
        if (prints[slot] == EMPTY) {
            return false;
        }
        prints[slot] = EMPTY;
        count--;
        closeTheGap(slot);
        return true;
    }

    /** What was put further on because this slot was taken moves up, so that a search that ends at an empty slot is right. */
    private void closeTheGap(int from) {
        for (int slot = next(from); prints[slot] != EMPTY; slot = next(slot)) {
            long print = prints[slot];
            prints[slot] = EMPTY;
            prints[slot(print)] = print;
        }
    }

    /** Where this print is, or where it would be put. */
    private int slot(long print) {
        int slot = (int) print & slots - 1;
        while (prints[slot] != EMPTY && prints[slot] != print) {
            slot = next(slot);
        }
        return slot;
    }

    private int next(int slot) {
        return slot + 1 & slots - 1;
    }

    private long print(FullId fullId) {
        long print = fullId.hash().salted(salt);
        return print == EMPTY ? 1 : print;
    }
}
