package org.cheesecoin.member.peering;

import java.nio.file.Path;

import org.cheesecoin.membertest.RunningMember;
import org.cheesecoin.webtest.FreePort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** In Compose and Kubernetes members start before their trackers: the log then says what is the matter. */
@ExtendWith(OutputCaptureExtension.class)
class TrackerAwayTest {

    @Test
    void saysWhyATrackerGaveNoLease(@TempDir Path folder, CapturedOutput output) {
        String closed = "http://127.0.0.1:" + FreePort.any();
        String unknown = "http://tracker.invalid:8080";

        try (RunningMember _ = RunningMember.in(folder, "--cheesecoin.trackers=" + closed + "," + unknown)) {
            await().until(() -> output.getAll().contains("Tracker " + closed)
                    && output.getAll().contains("Tracker " + unknown));
        }

        assertThat(output.getAll())
                .contains("Tracker " + closed + " gave no lease, and is asked again: nothing answers there")
                .contains("Tracker " + unknown + " gave no lease, and is asked again: its name cannot be resolved");
    }
}
