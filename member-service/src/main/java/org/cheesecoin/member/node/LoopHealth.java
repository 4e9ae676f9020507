package org.cheesecoin.member.node;

import org.cheesecoin.web.MonotonicClock;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Ready means "serves and is not stuck", never "has peers": a member alone is a member. */
final class LoopHealth implements HealthIndicator {

    /** A turn of the loop that takes longer than this is stuck, in milliseconds. */
    static final long STUCK_MILLIS = 30_000;

    private final LoopLifecycle lifecycle;
    private final MonotonicClock clock;

    LoopHealth(LoopLifecycle lifecycle, MonotonicClock clock) {
        this.lifecycle = lifecycle;
        this.clock = clock;
    }

    @Override
    public Health health() {
        return lifecycle
                .loop()
                .filter(loop -> loop.state() == NodeLoop.State.RUNNING)
                .filter(loop -> clock.millis() - loop.lastTurnMillis() < STUCK_MILLIS)
                .map(loop -> Health.up().build())
                .orElseGet(() -> Health.outOfService().build());
    }
}
