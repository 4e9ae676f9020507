package org.cheesecoin.member.persistence;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Ready means that readers can read, too: the loop alone may have all that it needs in memory. */
final class StoreHealth implements HealthIndicator {

    private final StoreProbe probe;

    StoreHealth(StoreProbe probe) {
        this.probe = probe;
    }

    @Override
    public Health health() {
        return switch (probe.verdict()) {
            case READS -> Health.up().build();
            case FAILS, CLOSED -> Health.outOfService().build();
        };
    }
}
