package org.cheesecoin.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.cheesecoin.system.Command.Said;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Launchers that are ended at a bad moment, and launchers that are started at once, with programs that are none of ours. */
class LauncherTurnsIT {

    /** The end of the command that starts a keeper. */
    private static final String KEEPER_BEGINS = "2>&1 < /dev/null &\n";

    private final Launcher launcher = Launcher.bare();
    private final Path home = launcher.home();
    private final FakeCheckout fake = new FakeCheckout(home);

    @AfterEach
    void removeTheFolder() {
        launcher.close();
    }

    /** The signal comes when the keeper has begun, and before anything is written of it. */
    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM", "HUP"})
    void aStartThatIsEndedWhileAKeeperBeginsLeavesNobody(String signal) throws IOException {
        Path script = fake.script(Map.of(
                "answers() {", FakeCheckout.ANSWERS,
                KEEPER_BEGINS, KEEPER_BEGINS + "kill -" + signal + " $$\n"));
        Path java = fake.program(FakeCheckout.LIVES_ON);
        fake.fill(java);

        Said said = launcher.with("JAVA25_HOME", java.toString()).run(script, "up", "1");

        assertThat(said.exitCode()).isEqualTo(signal.equals("HUP") ? 129 : 130);
        assertThat(said.text()).contains("stopped again what this start had begun: tracker");
        await("the end of all").untilAsserted(() -> assertThat(ours()).isEmpty());
        assertThat(home.resolve("launcher.lock")).doesNotExist();
    }

    private List<String> ours() {
        return ProcessHandle.allProcesses()
                .map(it -> String.join(" ", it.info().arguments().orElse(new String[0])))
                .filter(it -> it.contains(home.toString()))
                .toList();
    }

    /** Beside a lock that a killed launcher has left. */
    @Test
    void ofManyThatAreStartedAtOnceOnlyOneIsAtWork() throws IOException {
        Path turns = home.resolve("turns");
        Path script = fake.script(Map.of(
                "write_holder() {", "write_holder() { sleep 0.1;",
                "names_up() {", "names_up() { echo in >> %1$s; sleep 0.3; echo out >> %1$s;".formatted(turns)));
        Path lock = Files.createDirectory(home.resolve("launcher.lock"));
        Files.writeString(lock.resolve("pid"), ProcessHandle.current().pid() + "\n1\n");

        Said said = launcher.run(FakeCheckout.executable(home.resolve("at-once"),
                "for i in 1 2 3 4 5 6 7 8; do '%s' down & done; wait".formatted(script)));

        assertThat(said.orFail()).contains("Nothing runs").contains("is at work in " + home + ": wait for it");
        List<String> lines = Files.readAllLines(turns);
        assertThat(lines).isEqualTo(Stream.iterate("in", it -> it.equals("in") ? "out" : "in")
                .limit(lines.size()).toList());
        assertThat(lock).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mkdir", "mv"})
    void aLauncherThatIsKilledWhileItTakesItsTurnLocksNobodyOut(String step) throws IOException {
        Path tools = Files.createDirectory(home.resolve("tools"));
        FakeCheckout.executable(tools.resolve(step),
                "/bin/%s \"$@\"; case \"$*\" in *launcher.lock*) kill -9 $PPID ;; esac".formatted(step));
        launcher.with("PATH", tools + ":" + System.getenv("PATH")).run("down");

        assertThat(launcher.with("PATH", System.getenv("PATH")).run("down").orFail()).contains("Nothing runs");
        assertThat(home.resolve("launcher.lock")).doesNotExist();
    }

    /** Of one checkout with two folders for data. */
    @Test
    void aBuildThatBeginsIsNotTakenForOneThatWasKilled() throws IOException {
        Path slow = home.resolve("slow");
        Path script = fake.script("write_holder() {", """
                write_holder() {
                    case "$1" in *"$PROGRAMS"*) touch %s; sleep 2 ;; esac
                """.formatted(slow));
        fake.fill(fake.program(FakeCheckout.LIVES_ON));
        Files.delete(home.resolve("tracker-service/target/tracker-service-1.jar"));
        FakeCheckout.executable(home.resolve("mvnw"), "exit 1");
        launcher.with("CHEESECOIN_BUILD", "").with("JAVA25_HOME", home.resolve("jdk").toString());

        Process first = launcher.start(script, "up", "1");
        await().until(() -> Files.exists(slow));
        Said second = launcher.with("CHEESECOIN_HOME", home.resolve("other").toString()).run(script, "up", "1");

        assertThat(second.text()).contains("the build failed");
        assertThat(first.onExit().orTimeout(30, TimeUnit.SECONDS).join().exitValue()).isEqualTo(1);
        assertThat(home.resolve("member-service/target/member-service-1.jar")).exists();
    }
}
