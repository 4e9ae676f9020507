package org.cheesecoin.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.cheesecoin.system.Command.Said;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A real tracker and a real member whose launcher is called by a link, lies in a folder with a blank, a quote and an
 * umlaut, as does its data, in a shell whose locale has no umlauts, where proxies are set and options for every JVM.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@ExtendWith(LogsOnFailure.class)
class LauncherSurroundingsIT {

    private final Launcher launcher = Launcher.bare();
    private final Path home = launcher.home();
    private Path odd = home;

    @BeforeAll
    void up() throws IOException {
        Path checkout = Launcher.checkout();
        Path place = FakeCheckout.executable(home.resolve("place"), """
                set -e
                mkdir -p "its %2$s/tracker-service/target" "its %2$s/member-service/target" bin
                cp '%1$s/cheesecoin' "its %2$s/"
                for program in tracker member; do
                    ln -s '%1$s'/$program-service/target/$program-service-[0-9]*.jar "its %2$s/$program-service/target/"
                done
                ln -s "../its %2$s/cheesecoin" bin/cheesecoin
                """.formatted(checkout, OddShell.ODD));
        launcher.run(place).orFail();
        odd = OddShell.script(home, "bin/cheesecoin", launcher.trackerPort() + 6);
        launcher.with("CHEESECOIN_MINING_ENABLED", "false");
    }

    @AfterAll
    void endAll() {
        launcher.close();
    }

    @Test
    @Order(1)
    void startsWhateverTheFolderIsCalledAndTheShellExports() throws IOException {
        Said said = launcher.run(odd, "up", "1");

        assertThat(said.orFail()).doesNotContain("no AOT cache").contains("Left out of the environment of the programs")
                .contains("member-1   http://127.0.0.1:%d   running".formatted(launcher.member(1).port()));
        assertThat(launcher.member(1).node().get("tip").get("height").intValue()).isZero();
        assertThat(launcher.member(1).call("GET", "/actuator/prometheus", "", Map.of()).text())
                .contains("area=\"heap\",id=\"Tenured Gen\"");
        List<String> hints = said.text().lines().filter(it -> it.startsWith("  curl ")).toList();
        assertThat(hints).hasSize(3)
                .allSatisfy(it -> assertThat(launcher.run(OddShell.pasted(home, odd, it)).orFail()).contains("{\""));
    }

    @Test
    @Order(2)
    void theLogsBeginWithOurWords() throws IOException {
        for (String name : List.of("tracker", "member-1")) {
            assertThat(Files.readAllLines(home.resolve("logs").resolve(name + ".log")).getFirst())
                    .matches("20\\d\\d-.* INFO .*: Starting (Tracker|Member)Application .*");
        }
    }

    @Test
    @Order(3)
    void showsAndStopsThem() {
        assertThat(launcher.run(odd, "status").orFail()).contains("member-1").contains("running   0 ");
        assertThat(launcher.run(odd, "down").orFail()).contains("Stopping tracker member-1 ...").contains("Stopped.");
    }

    @Test
    @Order(4)
    void aMemberThatCannotStartLeavesNoTracker() {
        Said said = launcher.with("CHEESECOIN_MINING_HASHES_PER_SECOND", "-1").run(odd, "up", "1");

        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.text()).contains("member-1 stopped while it started").contains("hashes-per-second")
                .contains("cheesecoin: stopped again what this start had begun: tracker member-1");
        assertThat(launcher.process("tracker")).isEmpty();
        assertThat(launcher.keeper("tracker")).isEmpty();
        assertThat(launcher.keeper("member-1")).isEmpty();
    }
}
