package org.cheesecoin.tracker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.cheesecoin.webtest.StartFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What an operator must mend before a tracker can start is one line, and a status after which nobody starts it again. */
class FailedStartTest {

    private static final int MEND_FIRST = 78;
    private static final long MAX_END_SECONDS = 60;

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "cheesecoin.tracker.trusted-proxies     | 10.0.0.0/33       | a literal address or a network",
            "cheesecoin.tracker.trusted-proxies     | proxy.example.org | a literal address or a network",
            "cheesecoin.tracker.url                 | ftp://tracker     | http",
            "cheesecoin.tracker.host-names          | a:8080            | a host's name without a port",
            "cheesecoin.tracker.cors-origins        | wallet.example    | scheme, host and port",
            "cheesecoin.tracker.calls-per-minute    | 0                 | greater than or equal to 1",
            "cheesecoin.tracker.calls-per-minute    | many              | a value of type int",
            "cheesecoin.tracker.liveness.timeout    | PT0S              | longer than",
            "cheesecoin.tracker.liveness.interval   | PT-1S             | longer than",
            "cheesecoin.tracker.liveness.ssl-bundle | ours              | the name of an SSL bundle",
            "server.forward-headers-strategy        | FRAMEWORK         | left out",
            "management.server.port                 | http              | Failed to convert to type java.lang.Integer"})
    void aSettingIsNamedInOneLine(String property, String value, String range) {
        StartFailure failure = StartFailure.of(TrackerApplication.class, "--server.port=0",
                "--" + property + "=" + value);
        assertThat(failure.description()).contains(property, "'" + value + "'", range).doesNotContain("\n");
        assertThat(failure.status()).isEqualTo(MEND_FIRST);
    }

    @Test
    void aKeyThatIsNoneIsNamedInOneLine() throws IOException {
        Files.writeString(folder.resolve("node.key"), "noise");
        assertFileIsNamed(folder);
    }

    @Test
    void aFolderInPlaceOfTheKeyIsNamedInOneLine() throws IOException {
        Files.createDirectory(folder.resolve("node.key"));
        assertFileIsNamed(folder);
    }

    @Test
    void aFileInPlaceOfTheFolderIsNamedInOneLine() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertFileIsNamed(file);
    }

    private static void assertFileIsNamed(Path data) {
        StartFailure failure = StartFailure.of(TrackerApplication.class, "--server.port=0",
                "--cheesecoin.tracker.data=" + data);
        assertThat(failure.description()).contains(data.toString(), "node.key").doesNotContain("\n");
        assertThat(failure.status()).isEqualTo(MEND_FIRST);
    }

    @Test
    void theProcessEndsWithTheStatusAndWithoutAStackTrace() throws Exception {
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), TrackerApplication.class.getName(), "--server.port=0",
                "--cheesecoin.tracker.trusted-proxies=10.0.0.0/33")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(MAX_END_SECONDS, TimeUnit.SECONDS)).as(Files.readString(log)).isTrue();
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(process.exitValue()).as(Files.readString(log)).isEqualTo(MEND_FIRST);
        assertThat(log).content().contains("Description:", "cheesecoin.tracker.trusted-proxies is '10.0.0.0/33'")
                .doesNotContain("\tat ");
    }
}
