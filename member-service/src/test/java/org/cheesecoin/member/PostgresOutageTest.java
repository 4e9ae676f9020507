package org.cheesecoin.member;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.membertest.PostgresServer;
import org.cheesecoin.membertest.RunningMember;
import org.cheesecoin.membertest.TestDatabase;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** PostgreSQL goes away while a member works: nothing acknowledged is lost, and the member goes on by itself. */
@ExtendWith(OutputCaptureExtension.class)
class PostgresOutageTest {

    private static final Address STRANGER = TestKeys.key(77).address();
    private static final Duration BACK = Duration.ofSeconds(20);
    private static final int CUTS = 5;

    private static PostgresServer server;

    @TempDir private Path folder;

    @BeforeAll
    static void start() {
        server = TestDatabase.orSkip(PostgresServer.another());
    }

    private RunningMember member(String database, String more) {
        return RunningMember.in(folder, "--spring.datasource.url=" + server.url(database) + more,
                "--spring.datasource.username=" + PostgresServer.USER,
                "--spring.datasource.password=" + PostgresServer.PASSWORD);
    }

    @Test
    void goesOnAfterTheServerWasKilled() throws Exception {
        try (RunningMember member = member("killed", "")) {
            AtomicInteger acknowledged = new AtomicInteger();
            Thread miner = Thread.startVirtualThread(() -> mineUntilRefused(member, acknowledged));
            await().atMost(BACK).until(() -> acknowledged.get() > 3);

            server.kill();
            miner.join();
            assertThat(member.get("/cheeses").status()).isEqualTo(503);
            server.start();

            await().atMost(BACK).until(() -> height(member).isPresent());
            assertThat(height(member).orElseThrow()).isGreaterThanOrEqualTo(acknowledged.get());
            worksAgain(member);
        }
    }

    @Test
    void goesOnAfterAllItsSessionsWereEnded() throws Exception {
        try (RunningMember member = member("cut", "")) {
            for (int cut = 0; cut < CUTS; cut++) {
                member.mine(1, STRANGER);
                int before = member.height();
                // the pool does not look whether a connection is alive that was used just now
                assertThat(member.get("/wallet").status()).isEqualTo(200);
                endSessions("cut");
                // the loop finds out when it reads or commits
                assertThat(member.post("/wallet/addresses", "").status()).isIn(503, 201);
                await().atMost(BACK).until(() -> height(member).isPresent());
                assertThat(height(member)).contains(before);
                worksAgain(member);
            }
        }
    }

    @Test
    void goesOnAfterTheServerDidNotAnswer(CapturedOutput output) {
        // shorter than a member's own patience, so that a test need not have it
        try (RunningMember member = member("frozen", "?socketTimeout=2&loginTimeout=2")) {
            member.mine(2, STRANGER);

            server.freeze();
            try {
                assertThat(member.post("/wallet/addresses", "").status()).isEqualTo(503);
                await().atMost(BACK).until(() -> output.getAll().contains("Cannot start again from what is stored"));
            } finally {
                server.thaw();
            }

            await().atMost(BACK).until(() -> height(member).isPresent());
            assertThat(height(member)).contains(2);
            worksAgain(member);
        }
    }

    private static void worksAgain(RunningMember member) {
        int before = height(member).orElseThrow();
        member.mine(1, STRANGER);
        await().atMost(BACK).until(() -> member.get("/cheeses/tip").status() == 200);
        assertThat(member.get("/cheeses/tip").json().get("height").intValue()).isEqualTo(before + 1);
        await().atMost(BACK).until(() -> member.get("/actuator/health/readiness").status() == 200);
    }

    private static void mineUntilRefused(RunningMember member, AtomicInteger acknowledged) {
        try {
            while (member.height() >= 0) {
                member.mine(1, STRANGER);
                acknowledged.set(member.height());
            }
        } catch (CompletionException _) {
            // the loop is starting again
        }
    }

    private static Optional<Integer> height(RunningMember member) {
        try {
            return Optional.of(member.height());
        } catch (CompletionException _) {
            return Optional.empty();
        }
    }

    private static void endSessions(String database) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.url(PostgresServer.USER), PostgresServer.USER,
                PostgresServer.PASSWORD); Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '"
                    + database + "'");
        }
    }
}
