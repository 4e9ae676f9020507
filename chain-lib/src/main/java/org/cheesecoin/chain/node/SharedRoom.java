package org.cheesecoin.chain.node;

import java.util.HashMap;
import java.util.Map;

/**
 * Room that many fill together. Half of it is divided among as many as there may be, and each is always sure of its
 * part; the other half is for those who need more, whoever comes first. So one who takes all that he can get never keeps
 * others from working.
 *
 * @param <K> who takes
 */
final class SharedRoom<K> {

    private final long common;
    private final long sure;
    private final Map<K, Long> taken = new HashMap<>();
    private long commonTaken;
    private long allTaken;

    /**
     * Empty room.
     *
     * @param total all of it, in whatever is counted
     * @param parties how many there may be
     */
    SharedRoom(long total, int parties) {
        this.sure = total / 2 / parties;
        this.common = total - sure * parties;
    }

    /** Takes so much if it is there; answers whether it was. */
    boolean take(K who, long amount) {
        long before = takenBy(who);
        long more = beyondSure(before + amount) - beyondSure(before);
        if (commonTaken + more > common) {
            return false;
        }
        commonTaken += more;
        allTaken += amount;
        taken.put(who, before + amount);
        return true;
    }

    /** Whether so much more is there. */
    boolean hasRoom(K who, long amount) {
        long before = takenBy(who);
        return commonTaken + beyondSure(before + amount) - beyondSure(before) <= common;
    }

    /** Gives back so much of what was taken. */
    void give(K who, long amount) {
        long before = takenBy(who);
        long after = before - amount;
        commonTaken -= beyondSure(before) - beyondSure(after);
        allTaken -= amount;
        if (after == 0) {
            taken.remove(who);
        } else {
            taken.put(who, after);
        }
    }

    long takenBy(K who) {
        return taken.getOrDefault(who, 0L);
    }

    /** What all have taken. */
    long taken() {
        return allTaken;
    }

    private long beyondSure(long amount) {
        return Math.max(0, amount - sure);
    }
}
