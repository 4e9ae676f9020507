package org.cheesecoin.chain.node;

/** Allows so many units a second on average, and so many at once. */
final class TokenBucket {

    private static final long MILLIS_PER_SECOND = 1_000;

    private final long unitsPerSecond;
    private final long burstMilliUnits;
    private long milliUnits;
    private long lastMillis;

    TokenBucket(long unitsPerSecond, long burstUnits, long nowMillis) {
        this.unitsPerSecond = unitsPerSecond;
        this.burstMilliUnits = burstUnits * MILLIS_PER_SECOND;
        this.milliUnits = burstMilliUnits;
        this.lastMillis = nowMillis;
    }

    /** Whether the units were there to take; nothing is taken where they were not. */
    boolean take(long units, long nowMillis) {
        boolean held = holds(units, nowMillis);
        if (held) {
            milliUnits -= units * MILLIS_PER_SECOND;
        }
        return held;
    }

    /** Whether the units are there to take. */
    boolean holds(long units, long nowMillis) {
        // A clock that is set back gives nothing, and a day's pause must not overflow.
        long passedMillis = Math.clamp(nowMillis - lastMillis, 0, 3_600_000);
        lastMillis = nowMillis;
        milliUnits = Math.min(burstMilliUnits, milliUnits + passedMillis * unitsPerSecond);
        return units * MILLIS_PER_SECOND <= milliUnits;
    }
}
