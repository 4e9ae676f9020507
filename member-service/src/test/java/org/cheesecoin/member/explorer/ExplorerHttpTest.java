package org.cheesecoin.member.explorer;

import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Transaction;
import org.cheesecoin.chain.testing.Payments;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestKeys.TestKey;
import org.cheesecoin.membertest.TestMember;
import org.cheesecoin.webtest.Http.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Reads a member's stack over real HTTP: mine, submit, look up, and every way to ask wrongly. */
class ExplorerHttpTest {

    private static final TestKey BOB = TestKeys.key(2);
    private static final int MATURITY = 10;
    private static final String NO_HASH = "00".repeat(32);

    private static TestMember member;
    private static List<String> smells;

    @BeforeAll
    static void start() throws IOException {
        member = TestMember.start();
        smells = member.mine(MATURITY + 6);
    }

    @AfterAll
    static void stop() {
        member.close();
    }

    private static Cheese mined(int height) {
        return member.cheese(smells.get(height - 1));
    }

    private static void waitForIndex() {
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            JsonNode node = member.get("/node").json();
            JsonNode indexed = node.get("sync").get("indexedHeight");
            return indexed != null && indexed.intValue() == node.get("tip").get("height").intValue();
        });
    }

    @Test
    void saysHowTheMemberIs() {
        JsonNode node = member.get("/node").json();
        assertThat(node.get("network").get("name").stringValue()).isEqualTo("test");
        assertThat(node.get("network").get("id").stringValue()).isEqualTo(TestMember.NETWORK.id().toHex());
        assertThat(node.get("nodeId").stringValue()).hasSize(66);
        assertThat(node.get("tip").get("height").intValue()).isGreaterThanOrEqualTo(smells.size());
        assertThat(node.get("sync").get("state").stringValue()).isEqualTo("idle");
        assertThat(node.get("peers").get("known").intValue()).isZero();
        assertThat(node.get("whyNoCheese").isEmpty()).isTrue();
    }

    @Test
    void pagesThroughTheStackFromTheTop() {
        String path = "/cheeses?limit=7";
        int expected = member.get("/cheeses/tip").json().get("height").intValue();
        String next = "";
        do {
            Answer answer = member.get(path + next);
            for (JsonNode cheese : answer.json().get("items").values()) {
                assertThat(cheese.get("height").intValue()).isEqualTo(expected--);
                assertThat(cheese.get("onBestBranch").booleanValue()).isTrue();
            }
            next = answer.json().has("nextCursor") ? "&cursor=" + answer.json().get("nextCursor").stringValue() : "";
        } while (!next.isEmpty());
        assertThat(expected).isEqualTo(-1);
        assertThat(member.get("/cheeses?branch=best&limit=3").json().get("items").size()).isEqualTo(3);
    }

    @Test
    void showsACheeseByHeightAndBySmell() {
        JsonNode byHeight = member.get("/cheeses/5").json();
        JsonNode bySmell = member.get("/cheeses/" + smells.get(4)).json();
        assertThat(byHeight.get("smell")).isEqualTo(bySmell.get("smell"));
        Cheese cheese = mined(5);
        assertThat(cheese.smell().toHex()).isEqualTo(byHeight.get("smell").stringValue());
        assertThat(byHeight.get("merkleRoot").stringValue()).isEqualTo(cheese.header().merkleRoot().toHex());
        assertThat(byHeight.get("nonce").stringValue())
                .isEqualTo(HexFormat.of().toHexDigits(cheese.header().nonce()));
        assertThat(byHeight.get("confirmations").intValue()).isGreaterThan(MATURITY);
        JsonNode lines = member.get("/cheeses/" + smells.get(4) + "/transactions").json().get("items");
        assertThat(lines.get(0).get("kind").stringValue()).isEqualTo("coinbase");
        assertThat(lines.get(0).get("amountCrumbs").longValue()).isEqualTo(100_000_000);
    }

    @Test
    void followsAPaymentFromSubmissionToItsProof() {
        Payment payment = member.payAll(mined(1), BOB);
        String txid = payment.txid().toHex();

        Answer submitted = member.submit(payment);
        assertThat(submitted.status()).isEqualTo(201);
        assertThat(submitted.header("Location")).isEqualTo("/transactions/" + txid);
        assertThat(submitted.json().get("state").stringValue()).isEqualTo("pending");
        assertThat(member.submit(payment).status()).as("the same again").isEqualTo(200);

        JsonNode pending = member.get("/transactions/" + txid).json();
        assertThat(pending.get("state").stringValue()).isEqualTo("pending");
        assertThat(pending.get("feeCrumbs").longValue()).isEqualTo(TestMember.FEE_CRUMBS);
        assertThat(pending.get("inputs").get(0).get("address").stringValue())
                .isEqualTo(TestMember.MINER.address().toString());
        assertThat(member.get("/mempool").json().get("items").get(0).get("txid").stringValue()).isEqualTo(txid);
        assertThat(member.get("/transactions?state=pending").json().get("items").get(0).get("txid").stringValue())
                .isEqualTo(txid);
        assertThat(member.get("/transactions/" + txid + "/proof").problem()).isEqualTo("conflict");

        String smell = member.mine(1).getFirst();
        JsonNode confirmed = member.get("/transactions/" + txid).json();
        assertThat(confirmed.get("state").stringValue()).isEqualTo("confirmed");
        assertThat(confirmed.get("smell").stringValue()).isEqualTo(smell);
        assertThat(confirmed.get("feeCrumbs").longValue()).isEqualTo(TestMember.FEE_CRUMBS);
        assertThat(confirmed.get("inputs").get(0).get("amountCrumbs").longValue()).isEqualTo(100_000_000);
        assertThat(member.get("/mempool").json().get("count").intValue()).isZero();
        assertThat(MerkleProof.holds(member.get("/transactions/" + txid + "/proof").json(), smell)).isTrue();

        waitForIndex();
        JsonNode balance = member.get("/addresses/" + BOB.address()).json();
        assertThat(balance.get("spendableCrumbs").longValue()).isEqualTo(100_000_000 - TestMember.FEE_CRUMBS);
        JsonNode coin = member.get("/addresses/" + BOB.address() + "/coins").json().get("items").get(0);
        assertThat(coin.get("txid").stringValue()).isEqualTo(txid);
        JsonNode entry = member.get("/addresses/" + BOB.address() + "/transactions").json().get("items").get(0);
        assertThat(entry.get("creditedCrumbs").longValue()).isEqualTo(100_000_000 - TestMember.FEE_CRUMBS);
        assertThat(member.get("/transactions?state=confirmed&address=" + BOB.address()).json().get("items").get(0))
                .isEqualTo(entry);
    }

    @Test
    void anyTransactionOfACheeseIsProvedWithNothingButSha256() {
        member.mine(MATURITY);
        for (int height = 8; height < 13; height++) {
            assertThat(member.submit(member.payAll(mined(height), BOB)).status()).isEqualTo(201);
        }
        String smell = member.mine(1).getFirst();
        List<JsonNode> lines = member.get("/cheeses/" + smell + "/transactions").json().get("items").values().stream()
                .toList();
        assertThat(lines).as("a tree that is not whole").hasSizeGreaterThanOrEqualTo(6);
        for (JsonNode line : lines) {
            JsonNode proof = member.get("/transactions/" + line.get("txid").stringValue() + "/proof").json();
            assertThat(proof.get("index").intValue()).isEqualTo(line.get("position").intValue());
            assertThat(MerkleProof.holds(proof, smell)).isTrue();
            for (String name : List.of("hex", "header")) {
                ObjectNode forged = (ObjectNode) proof.deepCopy();
                String hex = proof.get(name).stringValue();
                forged.put(name, hex.substring(2) + "00");
                assertThat(MerkleProof.holds(forged, smell)).as("another " + name).isFalse();
            }
            ObjectNode moved = (ObjectNode) proof.deepCopy();
            moved.put("index", (proof.get("index").intValue() + 1) % lines.size());
            assertThat(MerkleProof.holds(moved, smell)).as("another place").isFalse();
        }
    }

    @Test
    void balancesOfTheMinerAddUpToWhatWasMined() {
        member.mine(1);
        waitForIndex();
        JsonNode miner = member.get("/addresses/" + TestMember.MINER.address()).json();
        JsonNode bob = member.get("/addresses/" + BOB.address()).json();
        long height = miner.get("indexedHeight").longValue();
        assertThat(miner.get("balanceCrumbs").longValue() + bob.get("balanceCrumbs").longValue())
                .isEqualTo(height * 100_000_000);
        assertThat(miner.get("immatureCrumbs").longValue()).isBetween((MATURITY - 1) * 100_000_000L,
                (MATURITY - 1) * 100_000_000L + 10 * TestMember.FEE_CRUMBS);
    }

    @Test
    void refusesATransactionWithTheRuleItsValuesAndItsAnchor() {
        Transaction coinbase = mined(2).transactions().getFirst();
        Payment greedy = Payments.pay(TestMember.NETWORK, Payments.from(coinbase, 0, TestMember.MINER),
                Payments.to(BOB, 200_000_000));
        Answer answer = member.submit(greedy);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.problem()).isEqualTo("rule-broken");
        assertThat(answer.json().get("rule").stringValue()).isEqualTo("TRX-UNDERFUNDED");
        assertThat(answer.json().get("anchor").stringValue()).contains("trx-underfunded");
        assertThat(answer.json().get("values").isEmpty()).isFalse();

        Answer unknown = member.submit(Payments.pay(TestMember.NETWORK,
                new Payments.Input(greedy.outPoint(0), BOB), Payments.to(BOB, 1_000)));
        assertThat(unknown.json().get("rule").stringValue()).isEqualTo("TRX-INPUT-UNKNOWN");
        assertThat(member.submit(coinbase).json().get("rule").stringValue()).isEqualTo("TRX-COINBASE-LOOSE");
    }

    @Test
    void refusesASecondSpendOfOneCoin() {
        Cheese cheese = mined(3);
        assertThat(member.submit(member.payAll(cheese, BOB)).status()).isEqualTo(201);
        Answer second = member.submit(member.payAll(cheese, TestKeys.key(3)));
        assertThat(second.status()).isEqualTo(422);
        assertThat(second.json().get("rule").stringValue()).isEqualTo("TRX-INPUT-SPENT");
    }

    @Test
    void tellsAMalformedTransactionFromARefusedOne() {
        String good = HexFormat.of().formatHex(member.payAll(mined(4), BOB).toBytes());
        assertThat(member.submit(good + "00").json().get("rule").stringValue()).isEqualTo("ENC-TRAILING");
        for (String bad : List.of("zz", "0", "", "01", good.substring(2), good + "00", good + "0")) {
            Answer answer = member.submit(bad);
            assertThat(answer.status()).as(bad).isEqualTo(400);
            assertThat(answer.problem()).as(bad).isEqualTo("invalid-value");
            assertThat(answer.json().get("rule").stringValue()).as(bad).startsWith("ENC-");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "/cheeses/-1",
            "/cheeses/9999999999",
            "/cheeses/99999999999999999999999",
            "/cheeses/xyz",
            "/cheeses/12ab",
            "/cheeses/5/raw",
            "/cheeses?limit=0",
            "/cheeses?limit=-5",
            "/cheeses?limit=201",
            "/cheeses?limit=99999999999999999999",
            "/cheeses?limit=ten",
            "/cheeses?cursor=nonsense",
            "/cheeses?cursor=-1",
            "/cheeses?branch=best&cursor=1-2",
            "/cheeses?branch=worst",
            "/transactions/12",
            "/transactions/12/proof",
            "/transactions?state=lost",
            "/transactions?cursor=x",
            "/transactions?state=pending&cursor=-4",
            "/transactions?address=cheese1",
            "/addresses/cheese1qqqq",
            "/addresses/cheese1qqqq/coins",
            "/addresses/1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2/transactions",
            "/mempool?cursor=x",
            "/mempool?limit=1000",
            "/peers?state=lost",
            "/peers?cursor=-1"})
    void callsAWrongValueByItsName(String path) {
        Answer answer = member.get(path);
        assertThat(answer.problem()).isEqualTo("invalid-value");
        assertThat(answer.status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/coins?cursor=00", "/coins?cursor=zz", "/transactions?cursor=-1"})
    void refusesCursorsOfAnAddressThatNoPageGave(String path) {
        assertThat(member.get("/addresses/" + BOB.address() + path).problem()).isEqualTo("invalid-value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/cheeses/" + "2147483647", "/cheeses/H", "/cheeses/H/raw", "/cheeses/H/transactions",
            "/transactions/H", "/transactions/H/proof"})
    void saysThatThereIsNoSuchThing(String path) {
        assertThat(member.get(path.replace("H", NO_HASH)).problem()).isEqualTo("not-found");
    }

    @Test
    void anAddressThatWasNeverPaidHasNothing() {
        waitForIndex();
        JsonNode balance = member.get("/addresses/" + TestKeys.key(99).address()).json();
        assertThat(balance.get("balanceCrumbs").longValue()).isZero();
        assertThat(member.get("/addresses/" + TestKeys.key(99).address() + "/coins").json().get("items").isEmpty())
                .isTrue();
    }
}
