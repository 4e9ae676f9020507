package org.cheesecoin.web.guard;

import java.util.HashMap;
import java.util.Map;

/** Counts who holds how much of something scarce. Safe to share; holds nothing for who holds nothing. */
public final class Shares {

    /** What somebody asked for. */
    public enum Taken {
        /** It is theirs, until they give it back. */
        YES,
        /** The address has all that one may have. */
        EACH_FULL,
        /** There is no more of it. */
        ALL_FULL
    }

    private final Share share;
    private final Map<String, Long> held = new HashMap<>();
    private long total;

    /** Shares of so much. */
    public Shares(Share share) {
        this.share = share;
    }

    /** Takes so much for this address, or nothing. */
    public synchronized Taken take(String address, long amount) {
        long own = held.getOrDefault(address, 0L);
        if (own + amount > share.each()) {
            return Taken.EACH_FULL;
        }
        if (total + amount > share.all()) {
            return Taken.ALL_FULL;
        }
        total += amount;
        held.put(address, own + amount);
        return Taken.YES;
    }

    /** Gives so much back. */
    public synchronized void give(String address, long amount) {
        total -= amount;
        held.computeIfPresent(address, (_, own) -> own > amount ? own - amount : null);
    }

    /** What all hold. */
    public synchronized long total() {
        return total;
    }
}
