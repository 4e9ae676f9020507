package org.cheesecoin.member;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.membertest.RunningMember;
import org.cheesecoin.webtest.FreePort;
import org.cheesecoin.webtest.Http;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A member is killed, its stack is cut, and it keeps what it promised all the same, or says in a line why it does not start. */
@ExtendWith(OutputCaptureExtension.class)
class FallenBackIT {

    private static final int CHEESES = 14;
    /** A start takes seconds on a machine of its own. */
    private static final long MAX_END_SECONDS = 180;
    private static final String ORDER = "{\"to\":\"" + TestKeys.key(5).address() + "\",\"amountCrumbs\":%d}";

    @TempDir private static Path home;
    private static Path killed = Path.of("");
    private static final List<String> GIVEN = new ArrayList<>();
    private static String confirmed = "";
    private static String waiting = "";

    @BeforeAll
    static void killOne() throws Exception {
        killed = home.resolve("killed");
        int port = FreePort.any();
        Process process = member(killed, home.resolve("killed.log"), "--server.port=" + port);
        try (Http http = new Http(port)) {
            await().atMost(Duration.ofSeconds(MAX_END_SECONDS)).ignoreExceptions()
                    .until(() -> http.get("/actuator/health/readiness").status() == 200);
            String token = Files.readString(killed.resolve("owner.token")).strip();
            mine(http, token, CHEESES);
            for (int i = 0; i < 3; i++) {
                GIVEN.add(http.post("/wallet/addresses", token, "{}").json().get("address").stringValue());
            }
            confirmed = pay(http, token, "rent", 1_000_000).json().get("txid").stringValue();
            mine(http, token, 3);
            waiting = pay(http, token, "food", 2_000_000).json().get("txid").stringValue();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static void mine(Http http, String token, int cheeses) {
        assertThat(http.post("/mining/cheeses", token, "{\"count\":" + cheeses + "}").status()).isEqualTo(201);
    }

    private static Http.Answer pay(Http http, String token, String key, long crumbs) {
        Http.Answer answer = http.send(http.request("/wallet/payments")
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(ORDER.formatted(crumbs))));
        assertThat(answer.status()).as(answer.response().body()).isIn(201, 503);
        return answer;
    }

    private static Process member(Path folder, Path log, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m", "-Xshare:auto",
                "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED",
                "-cp", System.getProperty("java.class.path"), MemberApplication.class.getName(),
                "--cheesecoin.data=" + folder, "--cheesecoin.network=test", "--cheesecoin.mining.enabled=false"));
        command.addAll(List.of(more));
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    /** In per cent; of 0 nothing is left. */
    @ParameterizedTest
    @ValueSource(ints = {95, 90, 85, 80, 70, 40, 0})
    void aStackThatWasCutBreaksNoPromise(int percent, @TempDir Path folder, CapturedOutput output) throws IOException {
        copy(killed, folder);
        Path stack = folder.resolve("stack.mv.db");
        byte[] whole = Files.readAllBytes(stack);
        Files.write(stack, Arrays.copyOf(whole, whole.length * percent / 100));
        List<String> given = new ArrayList<>(GIVEN);
        try (RunningMember member = RunningMember.in(folder)) {
            assertThat(member.height()).isLessThan(CHEESES + 3);
            assertThat(output.getAll()).containsOnlyOnce("The database went back: it has height " + member.height()
                    + ", and stack.mark says that " + (CHEESES + 3) + " was reached");
            JsonNode wentBack = member.get("/node").json().get("databaseWentBack");
            assertThat(wentBack.get("heightBefore").intValue()).isEqualTo(CHEESES + 3);
            keepsItsWord(member, given);

            while (member.get("/node").json().has("databaseWentBack")) {
                mine(member.http(), member.token(), 1);
            }
            keepsItsWord(member, given);
            await().atMost(Duration.ofSeconds(20)).until(() -> ready(member));
            assertThat(sent(member)).isSubsetOf(confirmed, waiting);
        }
    }

    private static void keepsItsWord(RunningMember member, List<String> given) {
        assertThat(txid(member, "rent", 1_000_000)).isEqualTo(confirmed);
        assertThat(txid(member, "food", 2_000_000)).isEqualTo(waiting);
        String next = member.post("/wallet/addresses", "{}").json().get("address").stringValue();
        assertThat(given).doesNotContain(next);
        given.add(next);
    }

    private static String txid(RunningMember member, String key, long crumbs) {
        return pay(member.http(), member.token(), key, crumbs).json().get("txid").stringValue();
    }

    /** Whether it would pay: the order is one that nobody can pay. */
    private static boolean ready(RunningMember member) {
        return member.post("/wallet/payments", ORDER.formatted(200_000_000_000_000L)).status() != 503;
    }

    private static List<String> sent(RunningMember member) {
        return member.get("/wallet/transactions").json().get("items").values().stream()
                .filter(it -> it.get("kind").stringValue().equals("sent"))
                .map(it -> it.get("txid").stringValue())
                .toList();
    }

    @Test
    void aKilledMemberThatLostNothingSaysNothing(@TempDir Path folder, CapturedOutput output) throws IOException {
        copy(killed, folder);
        List<String> given = new ArrayList<>(GIVEN);
        try (RunningMember member = RunningMember.in(folder)) {
            assertThat(member.get("/node").json().has("databaseWentBack")).isFalse();
            keepsItsWord(member, given);
            assertThat(output.getAll()).doesNotContain("went back", "lacks what");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"stack.mv.db", "stack.mark", "wallet.journal", "wallet.key", "node.key", "owner.token"})
    void noiseIsALineThatNamesTheFileAndAnEndThatNobodyStartsAgain(String name, @TempDir Path folder) throws Exception {
        copy(killed, folder);
        byte[] bytes = Files.readAllBytes(folder.resolve(name));
        byte[] noise = new byte[Math.min(bytes.length, 8_192)];
        new Random(1).nextBytes(noise);
        System.arraycopy(noise, 0, bytes, 0, noise.length);
        Files.write(folder.resolve(name), bytes);
        endsWithOneLine(folder, name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"stack.mv.db", "stack.mark", "wallet.journal", "wallet.key", "node.key", "owner.token"})
    void aFolderInPlaceOfAFileIsOneToo(String name, @TempDir Path folder) throws Exception {
        copy(killed, folder);
        Files.delete(folder.resolve(name));
        Files.createDirectory(folder.resolve(name));
        endsWithOneLine(folder, name);
    }

    private void endsWithOneLine(Path folder, String name) throws Exception {
        Path log = home.resolve("ended-" + name + ".log");
        Process process = member(folder, log, "--server.port=0");
        try {
            assertThat(process.waitFor(MAX_END_SECONDS, TimeUnit.SECONDS)).as(Files.readString(log)).isTrue();
        } finally {
            process.destroyForcibly().waitFor();
        }
        String said = Files.readString(log);
        assertThat(process.exitValue()).as(said).isEqualTo(78);
        assertThat(said).contains("Description:").doesNotContain("\tat ").doesNotContain("Caused by");
        assertThat(said.substring(said.indexOf("Description:")).lines().filter(it -> it.contains(name))).hasSize(1);
    }
}
