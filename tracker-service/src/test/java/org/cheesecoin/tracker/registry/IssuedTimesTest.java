package org.cheesecoin.tracker.registry;

import java.util.Optional;

import org.cheesecoin.chain.consensus.Moment;
import org.cheesecoin.chain.wire.NodeId;
import org.cheesecoin.tracker.testing.TestMember;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class IssuedTimesTest {

    private static final NodeId ANNA = TestMember.of(1).id();
    private static final long NOW = 1_790_000_000_000L;
    private static final long REMEMBERED_MILLIS = 2 * RegistryLimits.STANDARD.clockToleranceMillis();

    private final IssuedTimes times = new IssuedTimes(RegistryLimits.STANDARD);

    @Test
    void hearsAMemberWhoseClockWasSetBackAfterTheTimeThatSignaturesAreRemembered() {
        assertThat(times.take(ANNA, NOW, Moment.of(NOW))).isEmpty();
        long setBack = NOW - 3_600_000;
        assertThat(times.take(ANNA, setBack, new Moment(setBack, NOW)))
                .isEqualTo(Optional.of(new Refusal.NotLater(setBack, NOW)));

        long laterMillis = REMEMBERED_MILLIS + 1;
        assertThat(times.take(ANNA, setBack + laterMillis, new Moment(setBack + laterMillis, NOW + laterMillis)))
                .isEmpty();
    }
}
