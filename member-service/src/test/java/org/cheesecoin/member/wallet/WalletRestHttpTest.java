package org.cheesecoin.member.wallet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.membertest.TestMember;
import org.cheesecoin.webtest.Http;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** What an owner asks of the wallet, each answer held to the published contract. */
@ExtendWith(OutputCaptureExtension.class)
class WalletRestHttpTest {

    private static final long CHEESE = 100_000_000;
    private static final String STRANGER = TestKeys.key(77).address().toString();
    private static final String OTHER = TestKeys.key(78).address().toString();

    @TempDir private Path folder;
    private TestMember member;

    @BeforeEach
    void start() throws IOException {
        member = startAgain();
    }

    private TestMember startAgain(String... settings) throws IOException {
        List<String> all = new ArrayList<>(List.of(settings));
        all.add("cheesecoin.data=" + folder);
        all.add("cheesecoin.mining.pay-to=");
        return TestMember.start(all.toArray(String[]::new));
    }

    @AfterEach
    void stop() {
        member.close();
    }

    private Http.Answer post(String path, String body) {
        return member.call("POST", path, body);
    }

    private JsonNode ok(Http.Answer answer, int status) {
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(status);
        return answer.json();
    }

    private JsonNode wallet() {
        return ok(member.owned("/wallet"), 200);
    }

    private JsonNode pay(String body) {
        return ok(post("/wallet/payments", body), 201);
    }

    private JsonNode transaction(JsonNode payment) {
        return ok(member.owned("/wallet/transactions/" + payment.get("txid").stringValue()), 200);
    }

    private static String why(JsonNode transaction) {
        return transaction.get("why").get(0).get("code").stringValue();
    }

    private List<String> words() {
        List<String> words = new ArrayList<>();
        ok(post("/wallet/words", ""), 200).get("words").forEach(it -> words.add(it.stringValue()));
        return words;
    }

    private static String givenBack(List<String> words, int... positions) {
        List<String> items = new ArrayList<>();
        for (int position : positions) {
            items.add("{\"position\":%d,\"word\":\"%s\"}".formatted(position, words.get(position - 1)));
        }
        return "{\"words\":[" + String.join(",", items) + "]}";
    }

    @Test
    void showsTheWordsUntilTheyAreAcknowledgedAndNeverInALog(CapturedOutput output) {
        List<String> words = words();
        assertThat(words).hasSize(24).isEqualTo(words());
        assertThat(wallet().get("wordsAcknowledged").booleanValue()).isFalse();
        assertThat(post("/wallet/words/acknowledge", givenBack(words, 2, 9)).json().get("rule").stringValue())
                .as("two are too few").isEqualTo("WLT-GIVEN-BACK");
        List<String> wrong = new ArrayList<>(words);
        wrong.set(4, words.get(4).equals("zoo") ? "abandon" : "zoo");
        Http.Answer refused = post("/wallet/words/acknowledge", givenBack(wrong, 1, 5, 9));
        assertThat(refused.json().get("rule").stringValue()).isEqualTo("WLT-GIVEN-BACK");
        assertThat(refused.response().body()).doesNotContain("zoo");
        // not in the whole document, whose own names are words too: "type", "title"
        assertThat(refused.json().get("values").toString()).doesNotContain("\"" + words.get(4) + "\"");
        assertThat(post("/wallet/words/acknowledge", "{\"words\":[{\"position\":25,\"word\":\"zoo\"}]}").problem())
                .isEqualTo("invalid-value");
        assertThat(post("/wallet/words/acknowledge", "{\"words\":[null]}").problem()).isEqualTo("invalid-value");

        ok(post("/wallet/words/acknowledge", givenBack(words, 24, 1, 13)), 200);

        assertThat(wallet().get("wordsAcknowledged").booleanValue()).isTrue();
        Http.Answer noMore = post("/wallet/words", "");
        assertThat(noMore.problem()).isEqualTo("conflict");
        assertThat(noMore.json().get("rule").stringValue()).isEqualTo("WLT-ACKNOWLEDGED");
        assertThat(noMore.json().get("detail").stringValue()).contains("new data folder");
        assertThat(output.getAll()).doesNotContain(String.join(" ", words.subList(0, 3)));
    }

    @Test
    void labelsAddresses() {
        JsonNode address = ok(post("/wallet/addresses", "{\"label\":\"rent\"}"), 201);
        assertThat(address.get("label").stringValue()).isEqualTo("rent");
        String path = "/wallet/addresses/" + address.get("address").stringValue();
        assertThat(ok(member.call("PUT", path, "{\"label\":\"rent of May\"}"), 200).get("label").stringValue())
                .isEqualTo("rent of May");
        assertThat(member.owned("/wallet/addresses").json().get("items").get(1)).isEqualTo(
                ok(member.call("PUT", path, "{\"label\":\"rent of May\"}"), 200));
        String copied = path.replace("cheese1", "%20cheese1") + "%C2%A0";
        assertThat(ok(member.call("PUT", copied, "{\"label\":\" June\\u00a0\"}"), 200).get("label").stringValue())
                .as("blanks around an address and a label do not count").isEqualTo("June");
        assertThat(ok(member.call("PUT", path, "{}"), 200).has("label")).isFalse();
        assertThat(member.call("PUT", "/wallet/addresses/" + STRANGER, "{\"label\":\"x\"}").problem())
                .isEqualTo("not-found");
        for (String bad : List.of("", " ", "a\\u0007", "half \\ud83d", "x".repeat(101), "x".repeat(9_000))) {
            Http.Answer refused = post("/wallet/addresses", "{\"label\":\"" + bad + "\"}");
            assertThat(refused.problem()).as(bad).isEqualTo("invalid-value");
            assertThat(refused.response().body()).as("echoes a little only").hasSizeLessThan(2_000);
        }
        assertThat(wallet().get("gapLimit").intValue()).isEqualTo(1_000);
    }

    @Test
    void saysOfEachPartWhyItIsThereAndWhenItMatures() {
        member.mine(3);
        JsonNode young = wallet();
        assertThat(young.get("parts").values().stream().map(it -> it.get("maturesAtHeight").intValue()))
                .containsExactly(10, 11, 12);
        member.mine(8);
        pay("{\"to\":\"%s\",\"amountCrumbs\":1000000}".formatted(STRANGER));
        JsonNode wallet = wallet();
        assertThat(wallet.get("parts").values().stream().map(it -> it.get("part").stringValue()).distinct())
                .containsExactly("spendable", "pendingIn", "pendingOut", "immature");
        assertThat(wallet.get("parts").values().stream()
                .filter(it -> it.get("part").stringValue().equals("immature"))
                .mapToLong(it -> it.get("amountCrumbs").longValue()).sum())
                .isEqualTo(wallet.get("immatureCrumbs").longValue());
        assertThat(wallet.has("restoring")).isFalse();
    }

    @Test
    void paysSeveralAtOnceAndThenAll() {
        member.mine(12);
        JsonNode several = pay("{\"receivers\":[{\"to\":\"%s\",\"amountCrumbs\":1000000},"
                .formatted(STRANGER) + "{\"to\":\"%s\",\"amountCrumbs\":2000000}]}".formatted(OTHER));
        assertThat(why(transaction(several))).isEqualTo("no-cheese");
        assertThat(transaction(several).get("counterparties").size()).isEqualTo(2);
        member.mine(1);
        assertThat(transaction(several).has("why")).isFalse();
        long spendable = wallet().get("spendableCrumbs").longValue();
        JsonNode all = pay("{\"to\":\"%s\",\"sendAll\":true}".formatted(STRANGER));
        assertThat(all.get("changeCrumbs").longValue()).isZero();
        assertThat(transaction(all).get("amountCrumbs").longValue()).isEqualTo(-spendable);
        assertThat(wallet().get("spendableCrumbs").longValue()).isZero();
        Http.Answer nothingLeft = post("/wallet/payments", "{\"to\":\"%s\",\"sendAll\":true}".formatted(STRANGER));
        assertThat(nothingLeft.json().get("rule").stringValue()).isEqualTo("WLT-FUNDS");
    }

    @Test
    void raisesTheFeeOfAPaymentThatWaits() {
        member.mine(14);
        JsonNode first = pay("{\"to\":\"%s\",\"amountCrumbs\":1000000}".formatted(STRANGER));
        String bump = "/wallet/payments/" + first.get("txid").stringValue() + "/bump";
        assertThat(post(bump, "{\"feeRate\":1}").json().get("rule").stringValue()).isIn(
                "TRX-INPUT-SPENT", "POL-REPLACE-RATE", "POL-KNOWN");
        JsonNode second = ok(post(bump, "{\"feeRate\":20}"), 201);
        assertThat(second.get("feeCrumbs").longValue()).isGreaterThan(first.get("feeCrumbs").longValue() * 10);
        JsonNode replaced = transaction(first);
        assertThat(replaced.get("state").stringValue()).isEqualTo("replaced");
        assertThat(why(replaced)).isEqualTo("replaced");
        assertThat(replaced.get("replacedBy")).isEqualTo(second.get("txid"));
        assertThat(post(bump, "{}").json().get("rule").stringValue()).isEqualTo("WLT-BUMP");
        JsonNode third = ok(post("/wallet/payments/" + second.get("txid").stringValue() + "/bump", "{}"), 201);
        assertThat(third.get("feeCrumbs").longValue()).isGreaterThan(second.get("feeCrumbs").longValue());
        // nearly a whole coin was paid, so the fee needs another one
        JsonNode large = pay("{\"to\":\"%s\",\"amountCrumbs\":%d}".formatted(STRANGER, CHEESE - 1_000));
        ok(post("/wallet/payments/" + large.get("txid").stringValue() + "/bump", "{\"feeRate\":100}"), 201);
        member.mine(1);
        assertThat(transaction(third).get("state").stringValue()).isEqualTo("confirmed");
        assertThat(post("/wallet/payments/" + "00".repeat(32) + "/bump", "{}").json().get("rule").stringValue())
                .isEqualTo("WLT-BUMP");
    }

    @Test
    void doesNotRaiseAFeeThatWouldLoseAnotherPayment() {
        member.mine(10);
        JsonNode parent = pay("{\"to\":\"%s\",\"amountCrumbs\":1000000}".formatted(STRANGER));
        JsonNode child = pay("{\"to\":\"%s\",\"amountCrumbs\":1000000}".formatted(OTHER));
        Http.Answer refused = post("/wallet/payments/" + parent.get("txid").stringValue() + "/bump", "{}");
        assertThat(refused.json().get("rule").stringValue()).isEqualTo("WLT-BUMP");
        assertThat(refused.json().get("values").get("child")).isEqualTo(child.get("txid"));
        assertThat(transaction(child).get("why").values().stream().map(it -> it.get("code").stringValue()))
                .contains("ancestors-unconfirmed");
    }

    @Test
    void paysOnceUnderAKeyAlsoAfterARestart() throws IOException {
        member.mine(14);
        String order = "{\"to\":\"%s\",\"amountCrumbs\":1000000}".formatted(STRANGER);
        JsonNode first = ok(keyed("rent-1", order), 201);
        JsonNode again = ok(keyed("rent-1", order), 201);
        assertThat(again.get("state").stringValue()).isEqualTo("made-before");
        assertThat(again.get("txid")).isEqualTo(first.get("txid"));
        Http.Answer other = keyed("rent-1", order.replace("1000000", "1000001"));
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.json().get("rule").stringValue()).isEqualTo("WLT-IDEMPOTENCY");
        assertThat(ok(keyed("rent-2", order), 201).get("txid")).isNotEqualTo(first.get("txid"));
        for (String bad : List.of("x".repeat(201), "a b")) {
            assertThat(keyed(bad, order).problem()).isEqualTo("invalid-value");
        }
        JsonNode before = wallet();
        member.close();
        member = startAgain();
        assertThat(ok(keyed("rent-1", order), 201).get("txid")).isEqualTo(first.get("txid"));
        assertThat(wallet()).isEqualTo(before);
        // what was refused may be asked for again
        String tooMuch = "{\"to\":\"%s\",\"amountCrumbs\":%d}".formatted(STRANGER, 50 * CHEESE);
        assertThat(keyed("much", tooMuch).json().get("rule").stringValue()).isEqualTo("WLT-FUNDS");
        member.mine(60);
        ok(keyed("much", tooMuch), 201);
    }

    private Http.Answer keyed(String key, String order) {
        return member.call("POST", "/wallet/payments", order, "Idempotency-Key", key);
    }

    @Test
    void changesThePassphrase(CapturedOutput output) throws IOException {
        String current = Files.readString(folder.resolve("wallet.passphrase")).strip();
        assertThat(change("wrong guess", "battery staple").json().get("rule").stringValue())
                .isEqualTo("WLT-PASSPHRASE");
        assertThat(change(current, "short").problem()).isEqualTo("invalid-value");
        assertThat(change(current, "no file can hold this: \\ud83d").problem()).isEqualTo("invalid-value");
        assertThat(ok(change(current, "battery staple"), 200).has("setBeforeNextStart")).isFalse();
        List<String> words = words();
        member.close();
        member = startAgain();
        assertThat(words()).isEqualTo(words);
        member.close();
        member = startAgain("cheesecoin.wallet.passphrase=battery staple");
        assertThat(ok(change("battery staple", "another horse"), 200).get("setBeforeNextStart").stringValue())
                .isEqualTo("cheesecoin.wallet.passphrase");
        member.close();
        member = startAgain("cheesecoin.wallet.passphrase=another horse");
        assertThat(words()).isEqualTo(words);
        assertThat(output.getAll()).doesNotContain("battery staple").doesNotContain("another horse");
    }

    private Http.Answer change(String from, String to) {
        return member.call("PUT", "/wallet/passphrase",
                "{\"passphrase\":\"%s\",\"newPassphrase\":\"%s\"}".formatted(from, to));
    }
}
