package org.cheesecoin.member.node;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Whoever starts a member anew when it ends (systemd, an engine, Kubernetes) can heal it. */
class BrokenMemberIT {

    private static final long MAX_SECONDS = 120;

    @Test
    void aProcessWhoseLoopBreaksEndsByItselfWithAnError(@TempDir Path folder) throws Exception {
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m", "-Xshare:auto",
                "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED",
                "-cp", System.getProperty("java.class.path"), BrokenMember.class.getName(),
                "--cheesecoin.data=" + folder.resolve("data"), "--cheesecoin.network=test", "--server.port=0",
                "--cheesecoin.mining.enabled=false")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)).as("ended by itself").isTrue();
        } finally {
            process.destroyForcibly().waitFor();
        }
        String said = Files.readString(log);
        assertThat(process.exitValue()).as(said).isEqualTo(1);
        assertThat(said).contains("The member ends, to be started again: the loop broke");
        assertThat(folder.resolve("data/stack.mv.db")).isNotEmptyFile();
    }
}
