package org.cheesecoin.member.persistence;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import org.cheesecoin.member.MemberApplication;
import org.cheesecoin.membertest.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Tells a member to end in the middle of an upgrade that would never be over. */
class StoppedUpgradeIT {

    private static final int CHEESES = 50;
    private static final Duration START = Duration.ofMinutes(2);
    private static final long END_SECONDS = 10;
    private static final String WAITS = "SELECT COUNT(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database"
            + " WHERE NOT l.granted AND d.datname = current_database()";

    @TempDir private Path folder;

    @Test
    void endsAtOnceAndTheNextStartBeginsAgain() throws Exception {
        DataSource database = OlderDatabase.dataSource(TestDatabase.POSTGRESQL, folder);
        OlderDatabase.make(database, 3, CHEESES);
        Process member;
        try (Connection holder = database.getConnection(); Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("LOCK TABLE cheese IN ACCESS EXCLUSIVE MODE");
            member = start();
            try {
                await().atMost(START).until(() -> isWaited(database) || !member.isAlive());
                assertThat(log()).contains("Bringing jdbc:postgresql:");
                member.destroy();
                assertThat(member.waitFor(END_SECONDS, TimeUnit.SECONDS)).as(log()).isTrue();
                assertThat(member.exitValue()).as(log()).isEqualTo(143);
            } finally {
                member.destroyForcibly().waitFor();
            }
        }
        TestDatabase.POSTGRESQL.open(folder).close();
        OlderDatabase.isWhole(database, 3, CHEESES);
    }

    private static boolean isWaited(DataSource database) {
        return new JdbcTemplate(database).queryForObject(WAITS, Long.class) > 0;
    }

    private Process start() throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx160m",
                "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED",
                "-cp", System.getProperty("java.class.path"), MemberApplication.class.getName(), "--server.port=0",
                "--cheesecoin.mining.enabled=false", "--cheesecoin.data=" + folder.resolve("data")));
        command.addAll(TestDatabase.POSTGRESQL.settings(folder));
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    private String log() throws Exception {
        return Files.readString(folder.resolve("log"));
    }
}
