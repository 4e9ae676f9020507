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

    @ParameterizedTest
    @ValueSource(strings = {"up 0", "up 21", "up -1", "up many", "up 1 2", "status all", "logs tracker/../..",
            "logs member-1", "fly"})
    void refusesWhatItDoesNotKnow(String words) {
        Said said = launcher.run(words.split(" "));
        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.text()).contains("cheesecoin: ");
        assertThat(launcher.process("tracker")).isEmpty();
    }
}
