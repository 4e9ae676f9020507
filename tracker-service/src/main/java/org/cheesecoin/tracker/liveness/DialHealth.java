package org.cheesecoin.tracker.liveness;

import java.util.function.LongSupplier;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Ready means "serves and is not stuck", never "has members". To look for dials it needs the registry, as every call
 * does.
 */
final class DialHealth implements HealthIndicator {

    /** It looks several times a second; whoever has not for so long is stuck, in milliseconds. */
    static final long STUCK_MILLIS = 30_000;

    private final LongSupplier lookedMillis;
    private final LongSupplier nowMillis;

    /**
     * @param lookedMillis when it last looked
     * @param nowMillis the time now, by the same clock
     */
    DialHealth(LongSupplier lookedMillis, LongSupplier nowMillis) {
        this.lookedMillis = lookedMillis;
        this.nowMillis = nowMillis;
    }

    @Override
    public Health health() {
        return nowMillis.getAsLong() - lookedMillis.getAsLong() < STUCK_MILLIS ? Health.up().build()
                : Health.outOfService().build();
    }
}
