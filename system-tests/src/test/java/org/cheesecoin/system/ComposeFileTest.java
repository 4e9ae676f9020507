package org.cheesecoin.system;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What can be said of {@code docker-compose.yml} without an engine. */
class ComposeFileTest {

    private final String compose = read("docker-compose.yml");

    @Test
    void everyVariableIsInTheExample() {
        String example = read(".env.example");

        assertThat(found("\\$\\{(CHEESECOIN_[A-Z0-9_]+)", compose)).hasSizeGreaterThan(10)
                .allSatisfy(it -> assertThat(example).containsPattern("(?m)^#?" + it + "="));
    }

    @Test
    void everyPortIsOnLoopbackOnly() {
        List<String> ports = found("ports: (.*)", compose);

        assertThat(ports).hasSize(found("ports:", compose).size())
                .allSatisfy(it -> assertThat(it).matches("\\[\"127\\.0\\.0\\.1:[^,]*\"]"));
    }

    @Test
    void everyMemberAndTheTrackerAreScraped() {
        String services = compose.substring(compose.indexOf("\nservices:"), compose.indexOf("\nvolumes:"));
        String prometheus = read("ops/prometheus/prometheus.yml");

        assertThat(found("(?m)^  (member[-a-z0-9]*|tracker):$", services)).contains("tracker", "member-1", "member")
                .allSatisfy(it -> assertThat(prometheus).containsPattern("\"" + it + "[:\"]"));
    }

    @Test
    void secretsStayOutOfTheImageAndOutOfGit() {
        assertThat(read(".dockerignore").lines()).contains(".*");
        assertThat(read(".gitignore").lines()).contains(".env");
    }

    @Test
    void theSecretsThatTheExampleMakesMeanTheSameToEveryCompose() throws Exception {
        String commands = String.join("\n", found("(?m)^#   (.*)$", read(".env.example")));
        Process shell = new ProcessBuilder("bash", "-c", commands.replace("> .env", "")).start();
        try (var lines = shell.inputReader()) {
            assertThat(lines.lines()).hasSize(2)
                    .allSatisfy(it -> assertThat(it).matches("CHEESECOIN_[A-Z_]+=[A-Za-z0-9._~+/-]{32,}"));
        }
        assertThat(shell.waitFor()).isZero();
    }

    private static List<String> found(String form, String text) {
        return Pattern.compile(form).matcher(text).results().map(ComposeFileTest::lastGroup).toList();
    }

    private static String lastGroup(MatchResult result) {
        return result.group(result.groupCount());
    }

    private static String read(String file) {
        try {
            return Files.readString(Launcher.checkout().resolve(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
