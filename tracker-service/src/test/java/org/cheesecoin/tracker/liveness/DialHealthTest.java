package org.cheesecoin.tracker.liveness;

import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;

/** A tracker that no longer looks for dials that are due serves nobody: whoever registers is never listed. */
class DialHealthTest {

    private final AtomicLong lookedMillis = new AtomicLong(1_000_000);
    private final AtomicLong nowMillis = new AtomicLong(1_000_000);
    private final DialHealth health = new DialHealth(lookedMillis::get, nowMillis::get);

    private Status status() {
        return health.health().getStatus();
    }

    @Test
    void isReadyWhileItLooksForDials() {
        nowMillis.addAndGet(DialHealth.STUCK_MILLIS - 1);
        assertThat(status()).isEqualTo(Status.UP);
    }

    @Test
    void isNotReadyWhileItIsStuckAndIsAgainAfterIt() {
        nowMillis.addAndGet(DialHealth.STUCK_MILLIS);
        assertThat(status()).isEqualTo(Status.OUT_OF_SERVICE);
        lookedMillis.set(nowMillis.get());
        assertThat(status()).isEqualTo(Status.UP);
    }
}
