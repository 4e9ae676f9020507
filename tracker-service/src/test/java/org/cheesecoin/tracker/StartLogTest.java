package org.cheesecoin.tracker;

import java.util.List;
import java.util.Map;

import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.tracker.liveness.TrackerIdentity;
import org.cheesecoin.tracker.registry.TrackerNames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class StartLogTest {

    private static final String WARNING = "Set CHEESECOIN_TRACKER_URL to what their CHEESECOIN_TRACKERS says";

    @Test
    void saysThatMembersOfOtherMachinesNeedAName(CapturedOutput output) {
        start("0.0.0.0", List.of());
        assertThat(output.getAll()).containsOnlyOnce("is called http://127.0.0.1:8080 or http://localhost:8080")
                .containsOnlyOnce(WARNING);
    }

    @Test
    void saysNothingWhereItHasANameOrIsForThisMachine(CapturedOutput output) {
        start("0.0.0.0", List.of("http://tracker:8080"));
        start("127.0.0.1", List.of());
        assertThat(output.getAll()).doesNotContain(WARNING);
    }

    private static void start(String address, List<String> urls) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", Map.of("server.address", address)));
        TrackerNames names = new TrackerNames(urls);
        names.listensOn(8080);
        TrackerIdentity identity = TrackerIdentity.of(TestKeys.key(1).privateKey(), TestKeys.SCHEME);
        new StartLog(names, identity, environment).namesForOthers();
    }
}
