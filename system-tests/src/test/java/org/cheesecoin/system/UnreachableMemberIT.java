package org.cheesecoin.system;

import java.time.Duration;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A real tracker and a real member whose URL the tracker cannot resolve, as in a class of laptops. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(LogsOnFailure.class)
class UnreachableMemberIT {

    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    private final Launcher launcher = Launcher.of(NetworkJson.quick("unreachable-test", 30_000))
            .with("CHEESECOIN_GOSSIP_URL", "ws://laptop-7.invalid:8081/gossip");

    @BeforeAll
    void up() {
        launcher.run("up", "1").orFail();
    }

    @AfterAll
    void endAll() {
        launcher.close();
    }

    @Test
    void learnsWithinAMinuteThatItsTrackerCannotReachIt() {
        String reason = "the name laptop-7.invalid leads nowhere";
        String tracker = "http://127.0.0.1:" + launcher.trackerPort();

        await().atMost(A_MINUTE).untilAsserted(() -> {
            var shown = launcher.member(1).node().get("trackers").get(0);
            assertThat(shown.get("state").stringValue()).isEqualTo("unreachable");
            assertThat(shown.get("reason").stringValue()).isEqualTo(reason);
        });

        assertThat(launcher.run("status").orFail())
                .contains(
                        "member-1: tracker " + tracker + " cannot reach it: " + reason + ". Set CHEESECOIN_GOSSIP_URL");
        assertThat(launcher.home().resolve("logs/member-1.log")).content()
                .containsOnlyOnce(
                        "Tracker " + tracker + " cannot reach this member at ws://laptop-7.invalid:8081/gossip");
    }
}
