package org.cheesecoin.system;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.cheesecoin.system.Command.Said;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/** What the launcher says and does, with programs that are none of CheeseCoin's. */
class LauncherIT {

    private final Launcher launcher = Launcher.bare();
    private final FakeCheckout fake = new FakeCheckout(launcher.home());

    @AfterEach
    void removeTheFolder() {
        launcher.close();
    }

    @Test
    void saysThatNothingWasStarted() {
        assertThat(launcher.run("status").orFail()).contains("Nothing was started yet").contains("/cheesecoin up");
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
        Path java = fake.program("exit 7");
        Path script = fake.script("MAX_QUICK_ENDS=10", "MAX_QUICK_ENDS=3");

        Said said = keep(script, java);

        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.text()).contains("member-1 ended with status 7").contains("started again in 1 s")
                .contains("started again in 2 s").contains("ended 3 times in a row").contains("/cheesecoin up");
        assertThat(launcher.run("status").orFail()).contains("gave up (ended 3 times in a row")
                .contains("with status 7");
        assertThat(launcher.run("down").orFail()).contains("Nothing runs");
    }

    @Test
    void givesUpAtOnceAProgramThatMustBeMendedFirst() throws IOException {
        Path starts = launcher.home().resolve("starts");
        Path log = Files.createDirectories(launcher.home().resolve("logs")).resolve("member-1.log");
        Path java = fake.program("""
                echo start >> %s
                printf 'APPLICATION FAILED TO START\\n\\nDescription:\\n\\nthe disk is %%s\\n\\n' "it's 'full'" >> %s
                exit 78""".formatted(starts, log));

        Said said = keep(fake.script("MAX_QUICK_ENDS=10", "MAX_QUICK_ENDS=3"), java);

        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.text()).contains("member-1 ended with status 78").contains("before something is mended")
                .contains("/cheesecoin up");
        assertThat(Files.readAllLines(starts)).hasSize(1);
        assertThat(launcher.run("status").orFail()).contains("gave up (to be mended first, at ")
                .contains(": the disk is it's 'full'; CHEESECOIN_HOME=" + launcher.home());
    }

    @Test
    void startsAProgramAgainWhereTheDiskIsFull() throws IOException {
        assumeThat(Path.of("/dev/full")).exists();
        Path starts = launcher.home().resolve("starts");
        Path java = fake.program("echo start >> " + starts + "; [ $(wc -l < " + starts + ") -ge 3 ] || exit 7");
        // what the keeper writes, its files and its own words, fails as on a full disk
        Path script = fake.script("set -euo pipefail\n", """
                set -euo pipefail
                printf() { if [ -f %s ]; then builtin printf "$@" > /dev/full; else builtin printf "$@"; fi; }
                """.formatted(starts));

        Said said = keep(script, java);

        assertThat(said.exitCode()).as(said.text()).isZero();
        assertThat(Files.readAllLines(starts)).hasSize(3);
    }

    @Test
    void leavesNobodyBehindWhereItIsAskedToEndWhileItWaits() throws IOException {
        Path java = fake.program("exit 7");
        Path script = fake.script("FIRST_PAUSE_SECONDS=1\n", "FIRST_PAUSE_SECONDS=7919\n");

        Process keeper = launcher.start(script, keepWords(java));
        await().until(() -> keeper.descendants().anyMatch(LauncherIT::isThePause));
        List<ProcessHandle> waiting = keeper.descendants().toList();
        keeper.destroy();

        assertThat(keeper.onExit().orTimeout(30, TimeUnit.SECONDS).join().exitValue()).isZero();
        await().until(() -> waiting.stream().noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void knowsWhichProgramRunsHoweverSlowlyItStartsThem() throws IOException {
        Path script = fake.script(Map.of(
                "keeper=$!\n", "keeper=$!; until pgrep -P $keeper > /dev/null; do sleep 0.1; done; sleep 1\n",
                "answers() {", FakeCheckout.ANSWERS));
        Path java = fake.program(FakeCheckout.LIVES_ON);
        fake.fill(java);
        launcher.with("JAVA25_HOME", java.toString());

        launcher.run(script, "up", "1").orFail();

        assertThat(launcher.process("tracker")).isPresent();
        assertThat(launcher.process("member-1")).isPresent();
        assertThat(launcher.run(script, "down").orFail()).contains("Stopped");
        assertThat(launcher.home().resolve("pids")).doesNotExist();
    }

    @Test
    void leavesAProgramThatWasAskedToEnd() throws IOException {
        Said said = keep(fake.script(Map.of()), fake.program("kill -TERM $$"));

        assertThat(said.exitCode()).isZero();
        assertThat(said.text()).doesNotContain("started again");
        assertThat(launcher.run("status").orFail()).contains("stopped");
    }

    @Test
    void keepsTheLogSmallWhileTheProgramRuns() throws IOException {
        Path log = Files.createDirectories(launcher.home().resolve("logs")).resolve("member-1.log");
        Path script = fake.script("MAX_LOG_BYTES=10000000", "MAX_LOG_BYTES=1000");
        Path java = fake.program("for i in 1 2 3 4 5 6 7 8; do printf '%0999d\\n' $i >> " + log + "; sleep 1; done");

        keep(script, java).orFail();

        assertThat(Files.size(log)).isLessThan(6_000);
        assertThat(log.resolveSibling("member-1.log.1")).hasSize(1_000);
    }

    /** Of a launcher that was killed, whose process id somebody else has now. */
    @Test
    void isNotHeldUpByALauncherThatWasKilled() throws IOException {
        Path lock = Files.createDirectory(launcher.home().resolve("launcher.lock"));
        Files.writeString(lock.resolve("pid"), ProcessHandle.current().pid() + "\n");
        assertThat(launcher.run("down").orFail()).contains("Nothing runs");
        assertThat(lock).doesNotExist();
    }

    @Test
    void aCleanThatIsKilledLeavesNoDatabaseWithoutItsWallet() throws IOException {
        Path member = Files.createDirectory(launcher.home().resolve("member-1"));
        Files.writeString(member.resolve("wallet.key"), "key");
        Files.writeString(member.resolve("stack.mv.db"), "stack");
        Path tools = tool("rm", "case \"$*\" in *launcher.lock*) exec /bin/rm \"$@\" ;; esac\n"
                + "/bin/rm -f \"$2/wallet.key\"; kill -9 $PPID");
        launcher.with("PATH", tools + ":" + System.getenv("PATH")).run("clean");
        assertThat(member).doesNotExist();

        launcher.with("PATH", System.getenv("PATH")).run("clean").orFail();
        assertThat(launcher.home().resolve(".removed-by-cheesecoin")).doesNotExist();
    }

    @Test
    void aCleanRemovesNoFoldersOfOthersHoweverTheyAreCalled() throws IOException {
        List<Path> others = List.of(launcher.home().resolve("removed/notes"), launcher.home().resolve("pids/notes"),
                launcher.home().resolve("tracker/notes"));
        for (Path file : others) {
            Files.createDirectory(file.getParent());
            Files.createFile(file);
        }
        Path member = Files.createDirectory(launcher.home().resolve("member-1"));
        Files.createFile(member.resolve("member.lock"));

        assertThat(launcher.run("down").orFail()).contains("Nothing runs");
        Said said = launcher.run("clean");

        assertThat(said.orFail()).contains("tracker is left").doesNotContain("member-1 is left");
        assertThat(member).doesNotExist();
        assertThat(others).allSatisfy(it -> assertThat(it).exists());
    }

    @Test
    void noProgramIsStartedInAFolderOfSomebodyElse() throws IOException {
        Path notes = Files.createFile(Files.createDirectory(launcher.home().resolve("member-1")).resolve("notes"));

        Said said = launcher.run("up", "1");

        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.text()).startsWith("cheesecoin: " + notes.getParent() + " has files in it and none of ")
                .contains("CHEESECOIN_HOME=/path/to/folder").hasLineCount(1);
    }

    @Test
    void aCleanRemovesNoLogsOfOthers() throws IOException {
        Path logs = Files.createDirectory(launcher.home().resolve("logs"));
        for (String name : List.of("tracker.log", "member-1.log", "member-1.log.1", "other.log")) {
            Files.createFile(logs.resolve(name));
        }

        launcher.run("clean").orFail();

        assertThat(logs.toFile().list()).containsExactly("other.log");
        Files.delete(logs.resolve("other.log"));
        launcher.run("clean").orFail();
        assertThat(logs).doesNotExist();
    }

    @Test
    void buildsAnewWhatAKilledBuildLeft() throws IOException {
        Path script = fake.script(Map.of());
        Path run = Files.createDirectories(launcher.home().resolve(".cheesecoin/run"));
        Path half = jar("tracker");
        jar("member");
        Files.writeString(run.resolve("build.killed"), ProcessHandle.current().pid() + "\n1\n");
        Path tools = tool("mvn", "echo maven was called; exit 1");

        Said said = launcher.with("PATH", tools + ":" + System.getenv("PATH")).with("CHEESECOIN_BUILD", "")
                .with("JAVA25_HOME", jdk("exit 0").toString()).run(script, "up", "1");

        assertThat(said.text()).contains("maven was called");
        assertThat(half).doesNotExist();
    }

    @Test
    void waitsForAMemberThatBringsItsDatabaseToANewerSchema() throws IOException {
        jar("tracker");
        jar("member");
        Path ready = launcher.home().resolve("ready");
        Path jdk = jdk("""
                case "$*" in
                    *Djarmode* | *AOTCacheOutput*) exit 0 ;;
                    *tracker.data*) exec sleep 60 ;;
                esac
                touch stack.upgrade.mv.db; sleep 5; rm stack.upgrade.mv.db; touch %s; exec sleep 60"""
                .formatted(ready));
        Path tools = tool("curl", """
                case "$*" in *":%d/actuator"*) printf 200; exit 0 ;; esac
                if [ -f %s ]; then printf 200; else printf 000; fi""".formatted(launcher.trackerPort(), ready));

        Said said = launcher.with("PATH", tools + ":" + System.getenv("PATH")).with("JAVA25_HOME", jdk.toString())
                .with("CHEESECOIN_START_SECONDS", "2").run(fake.script(Map.of()), "up", "1");

        assertThat(said.orFail()).contains("member-1 brings its database to a newer schema");
        launcher.run("down").orFail();
    }

    /** A program for the front of the path. */
    private Path tool(String name, String words) throws IOException {
        Path tools = Files.createDirectories(launcher.home().resolve("tools"));
        FakeCheckout.executable(tools.resolve(name), words);
        return tools;
    }

    /** As built for the copy of the launcher. */
    private Path jar(String program) throws IOException {
        Path target = Files.createDirectories(launcher.home().resolve(program + "-service/target"));
        return Files.writeString(target.resolve(program + "-service-0.jar"), "half");
    }

    /** What passes for a JDK 25. */
    private Path jdk(String words) throws IOException {
        Path jdk = fake.program(words);
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25.0.1\"\n");
        Files.copy(jdk.resolve("bin/java"), jdk.resolve("bin/javac"), StandardCopyOption.COPY_ATTRIBUTES);
        return jdk;
    }

    /** Keeps this program as {@code up} would have it kept, and waits until nobody keeps it any more. */
    private Said keep(Path script, Path jdk) throws IOException {
        return launcher.run(script, keepWords(jdk));
    }

    private String[] keepWords(Path jdk) throws IOException {
        Files.createDirectories(launcher.home().resolve("pids"));
        Files.createDirectories(launcher.home().resolve("member-1"));
        launcher.with("JDK", jdk.toString()).with("TRACKER_URL_PORT", Integer.toString(launcher.trackerPort()));
        return new String[]{"keep", "member-1", Integer.toString(launcher.trackerPort() + 1),
                launcher.home().toString(), launcher.home().toString()};
    }

    /** The end of the arguments of a keeper's pause between two starts, as the test set it. */
    private static boolean isThePause(ProcessHandle process) {
        return List.of(process.info().arguments().orElse(new String[0])).contains("7919");
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
