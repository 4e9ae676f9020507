package org.cheesecoin.member.peering;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

import org.cheesecoin.chain.wire.GossipUrl;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TrackersTest {

    private static final URI TRACKER = URI.create("http://tracker:8080");
    private static final GossipUrl URL = new GossipUrl("ws://laptop-7:8081/gossip");

    private final AtomicLong now = new AtomicLong(5);
    private final Trackers trackers = new Trackers(List.of(TRACKER), now::get);

    @Test
    void aTrackerThatNeverSaysWhyIsTakenAtItsWordAfterAWhile() {
        assertThat(standing()).isEqualTo(new TrackerStanding.Asking());
        answered(false, Optional.empty());
        assertThat(standing()).isEqualTo(new TrackerStanding.Waiting());

        now.addAndGet(Trackers.UNSAID_MILLIS - 1);
        answered(false, Optional.empty());
        assertThat(standing()).isEqualTo(new TrackerStanding.Waiting());
        now.incrementAndGet();
        answered(false, Optional.empty());
        assertThat(standing()).isEqualTo(new TrackerStanding.Unreachable("it does not say why"));

        answered(true, Optional.empty());
        assertThat(standing()).isEqualTo(new TrackerStanding.Listed());
        answered(false, Optional.empty());
        assertThat(standing()).isEqualTo(new TrackerStanding.Waiting());
    }

    @Test
    void aReasonHoldsUntilTheNextDial() {
        answered(false, Optional.of("the name laptop-7 leads nowhere"));
        answered(false, Optional.empty());
        assertThat(standing()).isEqualTo(new TrackerStanding.Unreachable("the name laptop-7 leads nowhere"));
    }

    @Test
    void whatATrackerSaysHasAnEnd() {
        answered(false, Optional.of("x".repeat(100_000)));
        assertThat(standing()).isEqualTo(new TrackerStanding.Unreachable("x".repeat(TrackerProblem.MAX_LINE_CHARS)));
    }

    private void answered(boolean listed, Optional<String> reason) {
        trackers.answered(TRACKER, new TrackerCall.Lease(30_000, 1, listed, reason, List.of()), URL);
    }

    private TrackerStanding standing() {
        return trackers.standings().get(TRACKER);
    }
}
