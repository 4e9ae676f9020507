package org.cheesecoin.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.cheesecoin.system.Command.Said;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What {@code .ci/run} does on a machine that lacks a tool, with a Maven that is none. */
class CiRunTest {

    private static final String PASSED = "maven was called with -B -ntp verify\n";
    private static final String NO_NODE = "node is not installed: the generated TypeScript client is not compiled\n";

    @TempDir private Path folder;
    private Path tools = Path.of("");

    @BeforeEach
    void copy() throws IOException {
        Files.createDirectory(folder.resolve(".ci"));
        Files.copy(Launcher.checkout().resolve(".ci/run"), folder.resolve(".ci/run"));
        assertThat(folder.resolve(".ci/run").toFile().setExecutable(true)).isTrue();
        tools = Files.createDirectory(folder.resolve("tools"));
        for (String tool : List.of("bash", "dirname", "rm", "cat")) {
            Path found = Stream.of(System.getenv("PATH").split(":", -1)).map(it -> Path.of(it, tool))
                    .filter(Files::isExecutable).findFirst().orElseThrow();
            Files.createSymbolicLink(tools.resolve(tool), found);
        }
        for (String tool : List.of("nginx", "promtool")) {
            FakeCheckout.executable(tools.resolve(tool), "");
        }
        FakeCheckout.executable(tools.resolve("mvn"), "echo maven was called with \"$@\"");
    }

    private Said run(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(Map.of("PATH", tools.toString(), "CI", ""));
        environment.putAll(more);
        return new Command(folder, environment).run(30, List.of(folder.resolve(".ci/run").toString()));
    }

    @Test
    void saysAtTheBeginningAndAtTheEndThatTheTypeScriptClientIsNotCompiled() {
        String said = run(Map.of()).orFail();
        assertThat(said).contains(NO_NODE + PASSED).endsWith(NO_NODE);
    }

    @Test
    void aCiFailsWithoutNode() {
        Said said = run(Map.of("CI", "true"));
        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.text()).contains("node is not installed").doesNotContain("maven was called");
    }

    @Test
    void saysWhatElseIsNotTriedWhereNothingCanBeFetched() throws IOException {
        Files.delete(tools.resolve("promtool"));
        assertThat(run(Map.of()).orFail()).endsWith("could not be fetched: the alert rules are not tried\n");
    }

    @Test
    void saysNothingWhereNothingIsLeftOut() throws IOException {
        FakeCheckout.executable(tools.resolve("node"), "");
        assertThat(run(Map.of("CI", "true")).orFail()).isEqualTo(PASSED);
    }
}
