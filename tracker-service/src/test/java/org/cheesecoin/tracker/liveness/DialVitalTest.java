package org.cheesecoin.tracker.liveness;

import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A tracker that looks for dials lives; one that has not for a minute is beyond repair. */
class DialVitalTest {

    private final AtomicLong ticks = new AtomicLong();
    private final DialVital vital = new DialVital(ticks::get);

    private void look(int times) {
        for (int i = 0; i < times; i++) {
            assertThat(vital.get()).isEmpty();
        }
    }

    @Test
    void failsOnlyAfterAMinuteWithoutATick() {
        look(DialVital.MAX_LOOKS_WITHOUT_TICK);
        ticks.incrementAndGet();
        look(DialVital.MAX_LOOKS_WITHOUT_TICK);

        assertThat(vital.get()).isPresent();
    }
}
