package org.cheesecoin.member.wallet;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.membertest.TestMember;
import org.cheesecoin.webtest.Http.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** An owner's calls that must happen once, asked for many times at the same moment. */
class WalletAtOnceHttpTest {

    private static final String STRANGER = TestKeys.key(77).address().toString();
    private static final int CALLS = 20;
    /** Fewer, as each guess of a passphrase takes a second of processor. */
    private static final int PASSPHRASES = 4;

    @TempDir private Path folder;
    private TestMember member;

    @BeforeEach
    void start() throws IOException {
        member = startAgain();
    }

    private TestMember startAgain() throws IOException {
        return TestMember.start("cheesecoin.data=" + folder, "cheesecoin.mining.pay-to=");
    }

    @AfterEach
    void stop() {
        member.close();
    }

    /** As {@link TestMember#call}, which one thread may call. */
    private Answer call(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = member.http().request(path)
                .header("Authorization", "Bearer " + member.token())
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        return member.http().send(headers.length == 0 ? request : request.headers(headers));
    }

    private static List<Answer> atOnce(int times, IntFunction<Answer> call) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Answer>> calls = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                int number = i;
                calls.add(CompletableFuture.supplyAsync(() -> call.apply(number), threads));
            }
            return calls.stream().map(CompletableFuture::join).toList();
        }
    }

    private List<String> waitingTxids() {
        return member.get("/mempool").json().get("items").values().stream()
                .map(it -> it.get("txid").stringValue()).toList();
    }

    private static List<String> txids(List<Answer> answers) {
        return answers.stream().map(it -> it.json().get("txid").stringValue()).distinct().toList();
    }

    private Answer pay() {
        return call("POST", "/wallet/payments", "{\"to\":\"%s\",\"amountCrumbs\":1000000}".formatted(STRANGER),
                "Idempotency-Key", "rent");
    }

    @Test
    void oneKeyPaysOnce() {
        member.mine(14);

        List<Answer> answers = atOnce(CALLS, _ -> pay());

        assertThat(answers).allSatisfy(it -> assertThat(it.status()).as(it.response().body()).isEqualTo(201));
        assertThat(txids(answers)).hasSize(1).isEqualTo(waitingTxids());
    }

    @Test
    void aFeeIsRaisedOnce() {
        member.mine(14);
        JsonNode payment = pay().json();
        String bump = "/wallet/payments/" + payment.get("txid").stringValue() + "/bump";

        List<Answer> answers = atOnce(CALLS, _ -> call("POST", bump, "{\"feeRate\":20}"));

        // those that came before the first was done made the same payment
        assertThat(answers).allSatisfy(it -> assertThat(it.status()).as(it.response().body()).isIn(201, 409, 422));
        assertThat(txids(answers.stream().filter(it -> it.status() == 201).toList())).hasSize(1)
                .isEqualTo(waitingTxids());
    }

    @Test
    void ofManyNewPassphrasesOneIsTheWallets() throws IOException {
        String current = Files.readString(folder.resolve("wallet.passphrase")).strip();
        JsonNode words = member.call("POST", "/wallet/words", "").json();
        List<String> wanted = IntStream.range(0, PASSPHRASES).mapToObj(it -> "battery staple " + it).toList();

        List<Answer> answers = atOnce(PASSPHRASES, number -> call("PUT", "/wallet/passphrase",
                "{\"passphrase\":\"%s\",\"newPassphrase\":\"%s\"}".formatted(current, wanted.get(number))));

        assertThat(answers.stream().filter(it -> it.status() == 200)).hasSize(1);
        assertThat(answers).allSatisfy(it -> assertThat(it.status()).as(it.response().body()).isLessThan(500));
        int winner = IntStream.range(0, PASSPHRASES)
                .filter(it -> answers.get(it).status() == 200)
                .findFirst()
                .orElseThrow();
        assertThat(Files.readString(folder.resolve("wallet.passphrase")).strip()).isEqualTo(wanted.get(winner));
        member.close();
        member = startAgain();
        assertThat(member.call("POST", "/wallet/words", "").json()).isEqualTo(words);
    }
}
