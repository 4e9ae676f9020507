package org.cheesecoin.member.wallet;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.member.node.Mailbox;
import org.cheesecoin.membertest.RunningMember;
import org.cheesecoin.webtest.Http;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** The wallet of a whole member over real HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WalletHttpTest {

    private static final long CHEESE = 100_000_000;
    private static final Address STRANGER = TestKeys.key(77).address();

    private RunningMember member;
    private WalletService wallet;

    @BeforeAll
    void start(@TempDir Path folder) {
        member = RunningMember.in(folder);
        wallet = member.bean(WalletService.class);
    }

    @AfterAll
    void stop() {
        member.close();
    }

    private Http.Answer pay(Address to, long crumbs) {
        return member.post("/wallet/payments", "{\"to\":\"%s\",\"amountCrumbs\":%d}".formatted(to, crumbs));
    }

    /** Mature coins, each of one cheese's subsidy. */
    private void earn(int coins) {
        member.mine(coins, wallet.payoutAddress());
        member.mine(10, STRANGER);
    }

    private JsonNode balance() {
        return member.get("/wallet").json();
    }

    /** What the wallet has when all that waits is confirmed. */
    private static long sum(JsonNode balance) {
        return Stream.of("spendableCrumbs", "pendingCrumbs", "immatureCrumbs")
                .mapToLong(it -> balance.get(it).longValue())
                .sum();
    }

    @Test
    void paysAndTellsItsBalanceAndHistory() {
        earn(2);
        JsonNode before = balance();
        assertThat(before.get("spendableCrumbs").longValue()).isGreaterThanOrEqualTo(2 * CHEESE);
        Http.Answer paid = pay(STRANGER, CHEESE / 2);
        assertThat(paid.status()).as(paid.response().body()).isEqualTo(201);
        assertThat(paid.json().get("state").stringValue()).isEqualTo("pending");
        long fee = paid.json().get("feeCrumbs").longValue();
        assertThat(fee).isPositive();
        JsonNode pending = balance();
        assertThat(pending.get("pendingCrumbs").longValue()).isEqualTo(CHEESE / 2 - fee);
        assertThat(pending.get("pendingOutCrumbs").longValue()).isEqualTo(CHEESE);
        assertThat(sum(pending)).isEqualTo(sum(before) - CHEESE / 2 - fee);
        JsonNode newest = member.get("/wallet/transactions?limit=1").json().get("items").get(0);
        assertThat(newest.get("txid")).isEqualTo(paid.json().get("txid"));
        assertThat(newest.get("state").stringValue()).isEqualTo("pending");
        assertThat(newest.get("kind").stringValue()).isEqualTo("sent");
        assertThat(newest.get("amountCrumbs").longValue()).isEqualTo(-CHEESE / 2 - fee);
        assertThat(newest.get("counterparties").get(0).stringValue()).isEqualTo(STRANGER.toString());
        assertThat(newest.has("height")).isFalse();

        member.mine(1, STRANGER);
        JsonNode after = balance();
        assertThat(after.get("pendingCrumbs").longValue()).isZero();
        assertThat(after.get("spendableCrumbs").longValue())
                .isEqualTo(before.get("spendableCrumbs").longValue() - CHEESE / 2 - fee);
        JsonNode confirmed = member.get("/wallet/transactions?limit=1").json().get("items").get(0);
        assertThat(confirmed.get("state").stringValue()).isEqualTo("confirmed");
        assertThat(confirmed.get("confirmations").intValue()).isEqualTo(1);
        assertThat(confirmed.get("feeCrumbs").longValue()).isEqualTo(fee);
    }

    @Test
    void handsOutAFreshAddressEachTimeAndListsThem() {
        JsonNode first = member.post("/wallet/addresses", "").json();
        JsonNode second = member.post("/wallet/addresses", "").json();
        assertThat(first.get("address")).isNotEqualTo(second.get("address"));
        assertThat(first.get("address").stringValue()).isNotEqualTo(wallet.payoutAddress().toString());
        assertThat(second.get("path").stringValue()).startsWith("m/44'/1'/0'/0/");
        List<String> listed = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = member.get("/wallet/addresses?limit=1" + cursor).json();
            listed.add(page.get("items").get(0).get("address").stringValue());
            cursor = page.has("nextCursor") ? "&cursor=" + page.get("nextCursor").stringValue() : "";
        } while (!cursor.isEmpty());
        assertThat(listed).doesNotHaveDuplicates().startsWith(wallet.payoutAddress().toString())
                .contains(first.get("address").stringValue(), second.get("address").stringValue());
    }

    @Test
    void pagesThroughTheHistoryWithoutGapOrRepeat() {
        earn(5);
        List<String> all = new ArrayList<>();
        member.get("/wallet/transactions?limit=200").json().get("items")
                .forEach(it -> all.add(it.get("txid").stringValue()));
        List<String> paged = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = member.get("/wallet/transactions?limit=2" + cursor).json();
            page.get("items").forEach(it -> paged.add(it.get("txid").stringValue()));
            cursor = page.has("nextCursor") ? "&cursor=" + page.get("nextCursor").stringValue() : "";
        } while (!cursor.isEmpty());
        assertThat(paged).isEqualTo(all).hasSizeGreaterThanOrEqualTo(5);
    }

    @Test
    void twoPaymentsAtOnceNeverTakeTheSameCoin() {
        earn(12);
        List<Http.Answer> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Http.Answer>> calls = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                long crumbs = CHEESE / 3 + i;
                calls.add(CompletableFuture.supplyAsync(() -> pay(STRANGER, crumbs), threads));
            }
            calls.forEach(it -> answers.add(it.join()));
        }
        assertThat(answers).allSatisfy(it -> assertThat(it.status()).as(it.response().body()).isEqualTo(201));
        Set<OutPoint> spent = new HashSet<>();
        long inputs = member.bean(Mailbox.class).call(access -> access.node().mempool().entries().stream()
                .flatMap(it -> it.payment().inputs().stream())
                .peek(spent::add)
                .count()).join();
        assertThat(spent).hasSize((int) inputs);
        member.mine(1, STRANGER);
        assertThat(balance().get("pendingOutCrumbs").longValue()).isZero();
    }

    @Test
    void saysWhatIsMissingAndWhenItMatures() {
        member.mine(1, wallet.payoutAddress());
        JsonNode has = balance();
        long more = has.get("spendableCrumbs").longValue() + 1;
        Http.Answer refused = pay(STRANGER, more);
        assertThat(refused.problem()).isEqualTo("payment-refused");
        assertThat(refused.status()).isEqualTo(422);
        JsonNode json = refused.json();
        assertThat(json.get("rule").stringValue()).isEqualTo("WLT-FUNDS");
        assertThat(json.get("values").get("spendableCrumbs").stringValue())
                .isEqualTo(has.get("spendableCrumbs").toString());
        assertThat(json.get("values").get("immatureCrumbs").stringValue())
                .isEqualTo(has.get("immatureCrumbs").toString());
        assertThat(json.get("values").get("nextMatureHeight").stringValue())
                .isEqualTo(has.get("nextMatureHeight").toString());
        assertThat(json.get("values").get("enoughAtHeight").stringValue()).matches("[0-9]+");
        assertThat(json.get("detail").stringValue()).contains("mature");
        assertThat(balance()).isEqualTo(has);
        member.mine(10, STRANGER);
        assertThat(pay(STRANGER, more).status()).isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"to":"ADDRESS","amountCrumbs":0}|400|invalid-value
            {"to":"ADDRESS","amountCrumbs":-5}|400|invalid-value
            {"to":"ADDRESS","amountCrumbs":300000000000001}|400|invalid-value
            {"to":"ADDRESS","amountCrumbs":99999999999999999999999}|400|invalid-value
            {"to":"ADDRESS","amountCrumbs":1.5}|400|invalid-value
            {"to":"ADDRESS","amountCrumbs":"5"}|400|invalid-value
            {"to":"ADDRESS"}|400|invalid-value
            {"amountCrumbs":5000}|400|invalid-value
            {"to":null,"amountCrumbs":5000}|400|invalid-value
            {"to":"cheese1nothing","amountCrumbs":5000}|400|invalid-value
            {"to":"","amountCrumbs":5000}|400|invalid-value
            {"to":"ADDRESS","amountCrumbs":5000,"feeRate":0}|400|invalid-value
            {"to":"ADDRESS","amountCrumbs":5000,"feeRate":-1}|400|invalid-value
            {"to":"ADDRESS","amountCrumbs":5000,"tip":1}|400|unknown-field
            {"to":"ADDRESS"|400|malformed-json
            []|400|invalid-value
            {"to":"ADDRESS","amountCrumbs":5000,"feeRate":10001}|422|payment-refused
            {"to":"ADDRESS","amountCrumbs":5000,"feeRate":9223372036854775807}|422|payment-refused
            {"to":"ADDRESS","amountCrumbs":133}|422|payment-refused
            {"to":"ADDRESS","sendAll":true,"amountCrumbs":5000}|400|invalid-value
            {"to":"ADDRESS","sendAll":false}|400|invalid-value
            {"sendAll":true}|400|invalid-value
            {"receivers":[]}|400|invalid-value
            {"receivers":[null]}|400|invalid-value
            {"receivers":[{"to":"ADDRESS"}]}|400|invalid-value
            {"receivers":[{"to":"ADDRESS","amountCrumbs":5000}],"to":"ADDRESS"}|400|invalid-value
            {"receivers":[{"to":"ADDRESS","amountCrumbs":300000000000000},{"to":"ADDRESS","amountCrumbs":1}]}|400|invalid-value
            {"to":"ADDRESS","amountCrumbs":300000000000000}|422|payment-refused
            """)
    void refusesWhatCannotBePaid(String body, int status, String problem) {
        JsonNode before = balance();
        Http.Answer answer = member.post("/wallet/payments", body.replace("ADDRESS", STRANGER.toString()));
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(status);
        assertThat(answer.problem()).isEqualTo(problem);
        assertThat(balance()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({"/wallet", "/wallet/addresses", "/wallet/transactions"})
    void isClosedToWhoeverShowsNoToken(String path) {
        assertThat(member.http().get(path).problem()).isEqualTo("unauthorized");
        assertThat(member.http().post("/wallet/payments", "wrong-token-0123456789", "{}").problem())
                .isEqualTo("unauthorized");
    }

    @ParameterizedTest
    @CsvSource({"limit=0", "limit=201", "limit=x", "cursor=-1", "cursor=x", "cursor=1234567890123456789"})
    void refusesABadCursorOrLimit(String query) {
        assertThat(member.get("/wallet/transactions?" + query).problem()).isEqualTo("invalid-value");
        assertThat(member.get("/wallet/addresses?" + query).problem()).isEqualTo("invalid-value");
    }
}
