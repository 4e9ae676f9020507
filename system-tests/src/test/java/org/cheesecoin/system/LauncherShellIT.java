package org.cheesecoin.system;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.cheesecoin.system.Command.Said;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The launcher in shells and folders as users have them, with programs that are none of CheeseCoin's. */
class LauncherShellIT {

    private static final String TELLS_ITS_SURROUNDINGS = """
            case "$*" in *--server.port=0* | *jarmode*) exit ;; esac
            env > surroundings
            umask > umask
            trap 'kill $!; exit 143' TERM
            sleep 600 &
            wait
            """;

    private final Launcher launcher = Launcher.bare();
    private final Path home = launcher.home();
    private final FakeCheckout fake = new FakeCheckout(home);

    @AfterEach
    void removeTheFolder() {
        launcher.close();
    }

    @Test
    void givesProgramsWhatItSaysWhateverTheShellExports() throws IOException {
        launcher.with("CHEESECOIN_GOSSIP_PORT", "7070");

        Said said = odd(fakes(TELLS_ITS_SURROUNDINGS), "up", "2");

        assertThat(said.orFail()).contains("Left out of the environment of the programs: ").doesNotContain("stray");
        assertThat(said.text().lines().filter(it -> it.startsWith("Left out")).findFirst().orElseThrow())
                .contains("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "SPRING_PROFILES_ACTIVE", "DEBUG",
                        "SERVER_SERVLET_CONTEXT_PATH", "MANAGEMENT_SERVER_PORT", "CHEESECOIN_GOSSIP_PORT",
                        "CHEESECOIN_TRACKER_URL", "CHEESECOIN_DATA");
        for (String name : List.of("tracker", "member-1", "member-2")) {
            assertThat(Files.readAllLines(home.resolve(name).resolve("surroundings")))
                    .noneMatch(it -> it.matches("(JAVA_TOOL|JDK_JAVA|_JAVA)_OPTIONS=.*"))
                    .noneMatch(it -> it.matches("(SPRING|SERVER|MANAGEMENT)_.*|DEBUG=.*"))
                    .noneMatch(it -> it.matches("CHEESECOIN_(HOME|DATA|GOSSIP_PORT|TRACKER_URL)=.*"))
                    .anyMatch(it -> it.matches("(?i)LC_ALL=.*utf-?8"));
            assertThat(home.resolve(name).resolve("umask")).hasContent("0077");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("logs"))))
                .isEqualTo("rwx------");
    }

    @Test
    void leavesOneMembersOwnSettingsToOneMember() throws IOException {
        Path script = fakes(TELLS_ITS_SURROUNDINGS);

        launcher.with("CHEESECOIN_WALLET_WORDS_FILE", "words").run(script, "up", "1").orFail();

        assertThat(home.resolve("member-1/surroundings")).content().contains("CHEESECOIN_WALLET_WORDS_FILE=words\n");
        assertThat(launcher.run(script, "up", "2").orFail())
                .contains("Left out of the environment of the programs: CHEESECOIN_WALLET_WORDS_FILE ");
        assertThat(home.resolve("member-2/surroundings")).content().doesNotContain("CHEESECOIN_WALLET_WORDS_FILE");
    }

    @Test
    void isFoundThroughLinksAndWithoutAHome() throws IOException {
        fakes(FakeCheckout.LIVES_ON);
        Path bin = Files.createDirectories(home.resolve("a bin/more"));
        Files.createSymbolicLink(bin.resolve("cheesecoin"), Path.of("../cc"));
        Files.createSymbolicLink(bin.resolveSibling("cc"), Path.of("../cheesecoin"));
        Path shell = FakeCheckout.executable(home.resolve("shell"),
                "unset HOME CHEESECOIN_HOME; PATH=\"" + bin + ":$PATH\"; cheesecoin \"$@\"");

        Said said = launcher.run(shell, "up", "1");

        // without CHEESECOIN_HOME the data is beside the launcher that the links lead to
        Path pids = home.resolve(".cheesecoin/pids");
        assertThat(said.orFail()).contains("Again: '" + bin + "/cheesecoin' status");
        assertThat(pids.resolve("member-1")).exists();
        assertThat(launcher.run(shell, "down").orFail()).contains("Stopped. CHEESECOIN_TRACKER_PORT=")
                .contains("'" + bin + "/cheesecoin' up goes on from here");
        assertThat(pids).doesNotExist();
    }

    @Test
    void whatItPrintsWorksWhereItIsPasted() throws IOException {
        Path script = fakes(FakeCheckout.LIVES_ON);
        Said said = odd(script, "up", "2");

        assertThat(said.orFail()).contains("curl -q --noproxy '*' http://127.0.0.1:");
        String token = found("\\$\\((cat .*owner.token'?)\\)", said).group(1);
        Files.writeString(home.resolve("member-1/owner.token"), "the token of member 1");
        assertThat(pasted(token).orFail()).isEqualTo("the token of member 1");
        MatchResult next = found("Again: (.*) {4}Stop: (.*)", said);
        assertThat(pasted(next.group(1)).orFail()).contains("member-2").contains("running");
        Said stopped = pasted(next.group(2));
        assertThat(stopped.orFail()).contains("Stopped.");
        assertThat(pasted(found("Stopped. (.*) goes on from here", stopped).group(1)).orFail()).contains("member-1");
    }

    @Test
    void namesAPortThatIsFreeWithAllThatWasSet() throws IOException {
        Path script = fakes(FakeCheckout.LIVES_ON);
        try (ServerSocket _ = new ServerSocket(launcher.trackerPort() + 2, 1, InetAddress.getByName("127.0.0.1"))) {
            Said said = odd(script, "up", "2");

            assertThat(said.exitCode()).isEqualTo(1);
            String command = found("Choose another: (.*)", said).group(1);
            assertThat(command).contains("CHEESECOIN_FIRST_MEMBER_PORT=" + (launcher.trackerPort() + 1_001))
                    .contains("CHEESECOIN_TRACKER_PORT=" + launcher.trackerPort()).endsWith(" up 2");
            assertThat(pasted(command).orFail()).contains("http://127.0.0.1:" + (launcher.trackerPort() + 1_002));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "CHEESECOIN_TRACKER_PORT      | http  | CHEESECOIN_TRACKER_PORT must be a port from 1 to 65535, not 'http'",
            "CHEESECOIN_FIRST_MEMBER_PORT | 65535 | CHEESECOIN_FIRST_MEMBER_PORT must be a port from 1 to 65534",
            "CHEESECOIN_START_SECONDS     | soon  | CHEESECOIN_START_SECONDS must be 1 to 86400 seconds, not 'soon'",
            "CHEESECOIN_HOME              | a:b   | CHEESECOIN_HOME is '",
            "CHEESECOIN_HOME              | a!/b  | CHEESECOIN_HOME is '",
            "CHEESECOIN_HOME              | ${a}  | CHEESECOIN_HOME is '",
            "CHEESECOIN_HOME              | a;b   | CHEESECOIN_HOME is '",
            "CHEESECOIN_HOME              | a\\b   | CHEESECOIN_HOME is '"})
    void refusesWhatNoProgramCanUse(String variable, String value, String answer) {
        Said said = launcher.with(variable, value).run("up", "2");

        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.text()).startsWith("cheesecoin: " + answer).hasLineCount(1);
        if (variable.equals("CHEESECOIN_HOME")) {
            assertThat(said.text()).contains("Choose another: CHEESECOIN_HOME=/path/to/folder ").contains(" up 2\n");
            assertThat(home.resolve(value)).doesNotExist();
        }
    }

    /** An editor has saved it again. */
    @Test
    void readsATokenAsTheMemberDoes() throws IOException {
        Path script = fakes(FakeCheckout.LIVES_ON);
        Path tools = Files.createDirectory(home.resolve("tools"));
        FakeCheckout.executable(tools.resolve("curl"),
                "case \"$*\" in *'-K -'*) cat >> %s ;; esac; printf 200".formatted(home.resolve("asked")));
        Path token = Files.createDirectory(home.resolve("member-1")).resolve("owner.token");
        Files.writeString(token, "\uFEFF 0123456789-abc+/== \u00A0\r\n");

        Said said = launcher.with("PATH", tools + ":" + System.getenv("PATH")).run(script, "up", "1");

        assertThat(said.orFail()).contains("member-1");
        assertThat(Files.readAllLines(home.resolve("asked"))).isNotEmpty()
                .containsOnly("header = \"Authorization: Bearer 0123456789-abc+/==\"");
        String hint = found("Bearer (\\$.*)\" http", said).group(1);
        Path pasted = FakeCheckout.executable(home.resolve("pasted"), "echo \"" + hint + "\"");
        assertThat(launcher.run(pasted).orFail()).isEqualTo("0123456789-abc+/==\n");
    }

    @Test
    void givesNoTwoProgramsOnePort() throws IOException {
        Path script = fakes(FakeCheckout.LIVES_ON);
        launcher.with("CHEESECOIN_TRACKER_PORT", Integer.toString(launcher.trackerPort() + 2));

        Said said = launcher.run(script, "up", "2");

        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.text()).contains("is both member-2's and the tracker's. Choose another: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"up 2", "hangs up", "asks it to end"})
    void aStartThatFailsStopsAllThatItStarted(String how) throws IOException {
        boolean isAsked = !how.startsWith("up");
        Path script = fake.script("answers() {", "answers() { [ \"$1\" != member-2 ]; }\nunused() {");
        Path java = fake.program(FakeCheckout.LIVES_ON.replace("sleep 600 &",
                "case \"$PWD\" in *member-2) " + (isAsked ? ":" : "exit 7") + " ;; esac\nsleep 600 &"));
        fake.fill(java);
        launcher.with("JAVA25_HOME", java.toString());

        Process up = launcher.start(script, "up", "2");
        if (isAsked) {
            await().until(() -> launcher.process("member-2").isPresent());
            new Command(home, Map.of()).run(10, List.of("bash", "-c",
                    "kill -%s %d".formatted(how.equals("hangs up") ? "HUP" : "TERM", up.pid()))).orFail();
        }

        assertThat(up.onExit().orTimeout(30, TimeUnit.SECONDS).join().exitValue()).isNotZero();
        assertThat(home.resolve("said")).content()
                .contains("cheesecoin: stopped again what this start had begun: tracker member-1 member-2");
        assertNobodyRuns();
        assertThat(home.resolve("launcher.lock")).doesNotExist();
    }

    @Test
    void aStartThatTakesTooLongStopsWhatItStartedAndNothingElse() throws IOException {
        Path script = fake.script("answers() {", "answers() { [ \"$1\" != member-2 ]; }\nunused() {");
        Path java = fake.program(FakeCheckout.LIVES_ON);
        fake.fill(java);
        launcher.with("JAVA25_HOME", java.toString()).run(script, "up", "1").orFail();

        Said said = launcher.with("CHEESECOIN_START_SECONDS", "1").run(script, "up", "2");

        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.text()).contains("member-2 does not answer within 1 s; CHEESECOIN_HOME=" + home)
                .contains("stopped again what this start had begun: member-2\n");
        assertThat(launcher.process("member-1")).isPresent();
        assertThat(launcher.process("member-2")).isEmpty();
    }

    @Test
    void aBuildSaysHowFarItIsAndWhyItFails() throws IOException {
        Path script = fake.script(Map.of());
        fake.fill(fake.program(FakeCheckout.LIVES_ON));
        Files.delete(home.resolve("tracker-service/target/tracker-service-1.jar"));
        Files.delete(home.resolve("member-service/target/member-service-1.jar"));
        FakeCheckout.executable(home.resolve("mvnw"), """
                echo "Picked up JAVA_TOOL_OPTIONS: -Xmx1g" >&2
                for i in $(seq 250); do echo "[INFO] Downloaded from central: https://repo/$i.jar (1 kB)"; done
                printf '\\033[1m[INFO] Building CheeseCoin :: chain-lib 0.1.0-SNAPSHOT                  [2/5]\\033[m\\n'
                echo "[INFO] --- maven-compiler-plugin:3.14.0:compile (default-compile) @ chain-lib ---"
                echo "[INFO] --- compiler:3.14.0:testCompile (default-testCompile) @ chain-lib ---"
                echo "[INFO] --- spring-boot:4.0.0:repackage (repackage) @ tracker-service ---"
                printf '[\\033[1;31mERROR\\033[m] \\033[1mFailed\\033[m to execute goal: no room\\n'
                printf '[ERROR] Try -X\\n\\033[0m'
                exit 1""");

        Said said = launcher.with("CHEESECOIN_BUILD", "").with("JAVA25_HOME", home.resolve("jdk").toString())
                .run(script, "up", "1");

        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.text()).isEqualTo("""
                Building tracker-service,member-service (the first time takes some minutes) ...
                  100 files fetched for the build
                  200 files fetched for the build
                  chain-lib (2/5): compiling
                  chain-lib (2/5): compiling its tests
                  tracker-service (2/5): packing
                [ERROR] Failed to execute goal: no room
                [ERROR] Try -X
                cheesecoin: the build failed; the lines above say why, and %s has all that Maven said
                """.formatted(home.resolve(".cheesecoin/run/maven.log")));
    }

    private void assertNobodyRuns() {
        for (String name : List.of("tracker", "member-1", "member-2")) {
            assertThat(launcher.process(name)).isEmpty();
            assertThat(launcher.keeper(name)).isEmpty();
        }
    }

    /** A launcher that takes a program for ready that runs, and these words for its programs. */
    private Path fakes(String program) throws IOException {
        Path script = fake.script("answers() {", FakeCheckout.ANSWERS);
        Path java = fake.program(program);
        fake.fill(java);
        launcher.with("JAVA25_HOME", java.toString());
        return script;
    }

    private Said odd(Path script, String... words) throws IOException {
        return launcher.run(OddShell.script(home, home.relativize(script).toString().replaceFirst("^", "./"),
                launcher.trackerPort() + 6), words);
    }

    private Said pasted(String line) throws IOException {
        return launcher.run(OddShell.pasted(home, home.resolve("odd"), line));
    }

    private static MatchResult found(String pattern, Said said) {
        return Pattern.compile(pattern).matcher(said.text()).results().findFirst()
                .orElseThrow(() -> new AssertionError(pattern + " is not in\n" + said.text()));
    }
}
