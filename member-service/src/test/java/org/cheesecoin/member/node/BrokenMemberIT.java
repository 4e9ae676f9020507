package org.cheesecoin.member.node;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.cheesecoin.membertest.FragileStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Whoever starts a member anew when it ends (systemd, an engine, Kubernetes) can heal it. */
class BrokenMemberIT {

    private static final long MAX_SECONDS = 120;
    private static final long MAX_END_MILLIS = 15_000;

    @TempDir private Path folder;

    @Test
    void aProcessWhoseLoopBreaksEndsByItselfWithAnError() throws Exception {
        Ended ended = run(BrokenMember.class);

        assertThat(ended.status()).as(ended.said()).isEqualTo(1);
        assertThat(ended.said()).contains("ends, to be started again: the loop broke");
        assertThat(folder.resolve("data/stack.mv.db")).isNotEmptyFile();
    }

    @Test
    void aProcessWhoseDatabaseIsClosedUnderItEndsWithinSeconds() throws Exception {
        Ended ended = run(MemberWithFragileStore.class, FragileStore.settings(folder.resolve("data")));

        assertThat(ended.status()).as(ended.said()).isEqualTo(1);
        assertThat(ended.said()).contains("ends, to be started again: its database was closed under it");
        assertThat(ended.atMillis() - ended.brokenAtMillis()).isLessThan(MAX_END_MILLIS);
    }

    @Test
    void aProcessOneOfWhosePortsHasDiedEndsWithinSeconds() throws Exception {
        Ended ended = run(MemberWithDyingPort.class, "--management.server.port=0");

        assertThat(ended.status()).as(ended.said()).isEqualTo(1);
        assertThat(ended.said()).contains("ends, to be started again: the thread ").contains("-Acceptor");
        assertThat(ended.atMillis() - ended.brokenAtMillis()).isLessThan(MAX_END_MILLIS);
    }

    private record Ended(int status, String said, long atMillis) {

        private static final String BROKEN_AT = "broken at ";

        /** When it broke, as it printed it. */
        long brokenAtMillis() {
            return said.lines().filter(it -> it.startsWith(BROKEN_AT))
                    .mapToLong(it -> Long.parseLong(it.substring(BROKEN_AT.length()))).findFirst().orElseThrow();
        }
    }

    private Ended run(Class<?> program, String... more) throws Exception {
        Path log = folder.resolve("log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m", "-Xshare:auto",
                "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED",
                "-cp", System.getProperty("java.class.path"), program.getName(),
                "--cheesecoin.data=" + folder.resolve("data"), "--cheesecoin.network=test", "--server.port=0",
                "--cheesecoin.mining.enabled=false"));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try {
            assertThat(process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)).as("ended by itself").isTrue();
        } finally {
            process.destroyForcibly().waitFor();
        }
        return new Ended(process.exitValue(), Files.readString(log), System.currentTimeMillis());
    }
}
