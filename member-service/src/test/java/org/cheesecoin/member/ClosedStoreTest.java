package org.cheesecoin.member;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.member.persistence.MemberDatabase;
import org.cheesecoin.membertest.FragileStore;
import org.cheesecoin.membertest.RunningMember;
import org.cheesecoin.webtest.Http;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.SmartLifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A database that is closed under a running member: what whoever asks is told until the member is started again. */
@ExtendWith(OutputCaptureExtension.class)
class ClosedStoreTest {

    private static final Address STRANGER = TestKeys.key(77).address();
    private static final Duration AT_ONCE = Duration.ofSeconds(2);
    private static final int READS = 100;

    @TempDir private Path folder;

    @Test
    void isSeenByReadinessAtOnceAndReadersAreToldToComeAgain(CapturedOutput output) throws Exception {
        try (RunningMember member = RunningMember.in(folder, FragileStore.settings(folder))) {
            // it would end this very process
            member.bean("loopWatchdog", SmartLifecycle.class).stop();
            member.mine(2, STRANGER);
            String smell = member.get("/cheeses/tip").json().get("smell").stringValue();
            assertThat(member.get("/actuator/health/readiness").status()).isEqualTo(200);

            FragileStore.close(member.bean(MemberDatabase.class).readers());

            await().atMost(AT_ONCE).until(() -> member.get("/actuator/health/readiness").status() == 503);
            int before = traces(output);
            for (String path : List.of("/cheeses", "/cheeses/tip", "/cheeses/" + smell, "/cheeses/" + smell + "/raw",
                    "/supply", "/addresses/" + STRANGER, "/addresses/" + STRANGER + "/coins",
                    "/addresses/" + STRANGER + "/transactions", "/transactions/" + smell)) {
                Http.Answer answer = member.get(path);
                assertThat(answer.status()).as(path).isEqualTo(503);
                assertThat(answer.header("Content-Type")).as(path).startsWith("application/problem+json");
            }
            for (int i = 0; i < READS; i++) {
                assertThat(member.get("/cheeses").status()).isEqualTo(503);
            }
            assertThat(output.getAll().lines().filter(it -> it.contains("found no database")))
                    .hasSizeBetween(1, READS / 10);
            assertThat(traces(output)).isEqualTo(before);
        }
        try (RunningMember again = RunningMember.in(folder)) {
            assertThat(again.height()).isEqualTo(2);
        }
    }

    /** Frames of our own web package in the log. */
    private static int traces(CapturedOutput output) {
        return (int) output.getAll().lines().filter(it -> it.contains("at org.cheesecoin.member.explorer")).count();
    }
}
