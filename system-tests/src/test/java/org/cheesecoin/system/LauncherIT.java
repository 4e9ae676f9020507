package org.cheesecoin.system;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

import org.cheesecoin.system.Command.Said;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What the launcher says where it does not start anything. */
class LauncherIT {

    private final Launcher launcher = Launcher.bare();

    @AfterEach
    void removeTheFolder() {
        launcher.close();
    }

    @Test
    void saysThatNothingWasStarted() {
        assertThat(launcher.run("status").orFail()).contains("Nothing was started yet").contains("./cheesecoin up");
        assertThat(launcher.run("down").orFail()).contains("Nothing runs");
    }

    @Test
    void namesWhoHoldsThePort() throws IOException {
        try (ServerSocket _ = new ServerSocket(launcher.trackerPort(), 1, InetAddress.getByName("127.0.0.1"))) {
            Said said = launcher.run("up", "1");
            assertThat(said.exitCode()).isEqualTo(1);
            assertThat(said.text()).contains("port " + launcher.trackerPort()).contains("in use")
                    .contains("CHEESECOIN_TRACKER_PORT=");
        }
        assertThat(launcher.process("tracker")).isEmpty();
    }

    @Test
    void saysWhatIsMissingWithoutAJdk25() throws IOException {
        Path nowhere = Files.createDirectory(launcher.home().resolve("no-jdk"));
        Path tools = Files.createDirectory(launcher.home().resolve("tools"));
        Path java = Files.writeString(tools.resolve("java"),
                "#!/bin/sh\necho '    java.home = %s' >&2\n".formatted(nowhere));
        assertThat(java.toFile().setExecutable(true)).isTrue();
        // the same launcher on a machine whose usual folders hold none
        Path script = launcher.home().resolve("cheesecoin");
        Files.writeString(script, Files.readString(Launcher.checkout().resolve("cheesecoin"))
                .replace("/usr/lib/jvm/", nowhere + "/")
                .replace("/Library/Java/JavaVirtualMachines/", nowhere + "/")
                .replace("/usr/libexec/java_home", nowhere + "/java_home"));
        assertThat(script.toFile().setExecutable(true)).isTrue();

        Said said = launcher.with("JAVA25_HOME", "").with("JAVA_HOME", "").with("HOME", nowhere.toString())
                .with("PATH", tools + ":" + System.getenv("PATH"))
                .run(script, "up", "1");

        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.text()).contains("no JDK 25 found").contains("JAVA25_HOME=");
    }

    @Test
    void saysWhatANetworkMayBe() {
        Said said = launcher.with("CHEESECOIN_NETWORK", "nothing.json").run("up", "1");
        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.text()).contains("CHEESECOIN_NETWORK").contains("nothing.json")
                .contains("local, test or a JSON file");
    }

    @Test
    void givesUpAProgramThatEndsAgainAndAgainAndSaysWhatToDo() throws IOException {
        Path java = program("exit 7");
        Path script = script("MAX_QUICK_ENDS=10", "MAX_QUICK_ENDS=3");

        Said said = keep(script, java);

        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.text()).contains("member-1 ended with status 7").contains("started again in 1 s")
                .contains("started again in 2 s").contains("ended 3 times in a row").contains("./cheesecoin up");
        assertThat(launcher.run("status").orFail()).contains("gave up (ended 3 times in a row")
                .contains("with status 7");
        assertThat(launcher.run("down").orFail()).contains("Nothing runs");
    }

    @Test
    void leavesAProgramThatWasAskedToEnd() throws IOException {
        Said said = keep(script("", ""), program("kill -TERM $$"));

        assertThat(said.exitCode()).isZero();
        assertThat(said.text()).doesNotContain("started again");
        assertThat(launcher.run("status").orFail()).contains("stopped");
    }

    @Test
    void keepsTheLogSmallWhileTheProgramRuns() throws IOException {
        Path log = Files.createDirectories(launcher.home().resolve("logs")).resolve("member-1.log");
        Path script = script("MAX_LOG_BYTES=10000000", "MAX_LOG_BYTES=1000");
        Path java = program("for i in 1 2 3 4 5 6 7 8; do printf '%0999d\\n' $i >> " + log + "; sleep 1; done");

        keep(script, java).orFail();

        assertThat(Files.size(log)).isLessThan(6_000);
        assertThat(log.resolveSibling("member-1.log.1")).hasSize(1_000);
    }

    /** A folder as a JDK's, whose java is these words. */
    private Path program(String words) throws IOException {
        Path folder = Files.createDirectories(launcher.home().resolve("jdk/bin"));
        Path java = Files.writeString(folder.resolve("java"), "#!/usr/bin/env bash\n" + words + "\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        return folder.getParent();
    }

    /** A copy of the launcher with something else in it. */
    private Path script(String from, String to) throws IOException {
        Path script = launcher.home().resolve("cheesecoin");
        Files.writeString(script, Files.readString(Launcher.checkout().resolve("cheesecoin")).replace(from, to));
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return script;
    }

    /** Keeps this program as {@code up} would have it kept, and waits until nobody keeps it any more. */
    private Said keep(Path script, Path jdk) throws IOException {
        Files.createDirectories(launcher.home().resolve("pids"));
        Files.createDirectories(launcher.home().resolve("member-1"));
        return launcher.with("JDK", jdk.toString()).with("TRACKER_URL_PORT", Integer.toString(launcher.trackerPort()))
                .run(script, "keep", "member-1", Integer.toString(launcher.trackerPort() + 1),
                        launcher.home().toString(), launcher.home().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"up 0", "up 21", "up -1", "up many", "up 1 2", "status all", "logs tracker/../..",
            "logs member-1", "keep member-1", "fly"})
    void refusesWhatItDoesNotKnow(String words) {
        Said said = launcher.run(words.split(" "));
        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.text()).contains("cheesecoin: ");
        assertThat(launcher.process("tracker")).isEmpty();
    }
}
