package org.cheesecoin.member.peering;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What time a member signs for a tracker. */
class IssuedTimesTest {

    private static final long NOW = 1_790_000_000_000L;

    @Test
    void eachIsLaterThanTheLastWhileTheClockStandsOrIsALittleBehind() {
        assertThat(TrackerClient.nextIssuedMillis(0, NOW)).isEqualTo(NOW);
        assertThat(TrackerClient.nextIssuedMillis(NOW, NOW)).isEqualTo(NOW + 1);
        long most = NOW + TrackerClient.TOLERATED_MILLIS;
        assertThat(TrackerClient.nextIssuedMillis(most, NOW)).isEqualTo(most + 1);
    }

    @Test
    void aClockThatWasSetBackAnHourIsNotOverruledForThatHour() {
        assertThat(TrackerClient.nextIssuedMillis(NOW + 3_600_000, NOW)).isEqualTo(NOW);
    }
}
