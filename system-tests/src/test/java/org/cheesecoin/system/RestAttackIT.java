package org.cheesecoin.system;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.consensus.NetworkParameters;
import org.cheesecoin.chain.testing.Payments;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestKeys.TestKey;
import org.cheesecoin.chain.testing.TestWorld;
import org.cheesecoin.system.Member.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever a stranger sends over REST is answered by a problem document, and never by a stack trace. */
@ExtendWith({OneMember.class, LogsOnFailure.class})
class RestAttackIT {

    private static final long CHEESE = Amount.CRUMBS_PER_CHEESE;
    private static final TestKey SOMEBODY = TestKeys.key(500);
    private static final String TYPE_PREFIX = "urn:cheesecoin:problem:";
    private static final String ADDRESS = TestKeys.key(501).address().toString();

    private final OneMember.Shared shared;
    private final Member member;
    private final TestWorld world;

    RestAttackIT(OneMember.Shared shared) {
        this.shared = shared;
        this.member = shared.member();
        this.world = shared.world();
    }

    @AfterAll
    static void nothingWentWrongInside(OneMember.Shared shared) {
        assertThat(shared.log()).doesNotContain(" ERROR ").doesNotContain("\tat org.cheesecoin");
    }

    @Test
    void takesAGoodPaymentTwiceAndNamesItTheSame() {
        Payment payment = world.pay(shared.freshCoins(), SOMEBODY, CHEESE, 1_000);

        assertThat(submit(payment.toBytes()).expect(201).get("txid").stringValue()).isEqualTo(payment.txid().toHex());
        assertThat(submit(payment.toBytes()).expect(200).get("txid").stringValue()).isEqualTo(payment.txid().toHex());
        assertThat(member.stateOf(payment.txid().toHex())).isEqualTo("pending");
    }

    @Test
    void refusesADoubleSpend() {
        Payments.Input coins = shared.freshCoins();
        submit(world.pay(coins, SOMEBODY, CHEESE, 1_000).toBytes()).expect(201);
        refuses(Rule.TRX_INPUT_SPENT, world.pay(coins, SOMEBODY, 2 * CHEESE, 1_000).toBytes());
    }

    @Test
    void refusesASpentCoin() {
        Payments.Input coins = shared.freshCoins();
        shared.stack(world.pay(coins, SOMEBODY, CHEESE, 1_000));
        refuses(Rule.TRX_INPUT_SPENT,
                Payments.pay(world.network(), coins, Payments.to(SOMEBODY, CHEESE)).toBytes());
    }

    @Test
    void refusesAForgedSignature() {
        Payment good = world.pay(shared.freshCoins(), SOMEBODY, CHEESE, 1_000);
        refuses(Rule.TRX_SIGNATURE, BrokenBytes.signedForAnotherBody(good).toBytes());
    }

    @Test
    void refusesASignatureOfAnotherNetwork() {
        Payments.Input coins = shared.freshCoins();
        Payment good = world.pay(coins, SOMEBODY, CHEESE, 1_000);
        Network local = Network.of(NetworkParameters.local());
        refuses(Rule.TRX_SIGNATURE, Payments.sign(local.id(), good.body(), List.of(coins.owner())).toBytes());
    }

    @Test
    void refusesAWitnessOfSomebodyElse() {
        Payment good = world.pay(shared.freshCoins(), SOMEBODY, CHEESE, 1_000);
        refuses(Rule.TRX_WITNESS_MISSING,
                Payments.sign(world.network().id(), good.body(), List.of(SOMEBODY)).toBytes());
    }

    @Test
    void refusesToMakeMoney() {
        Payments.Input coins = shared.freshCoins();
        refuses(Rule.TRX_UNDERFUNDED,
                Payments.pay(world.network(), coins, Payments.to(SOMEBODY, 1_000 * CHEESE + 1)).toBytes());
    }

    @Test
    void refusesAnAmountThatOverflows() {
        Payment good = world.pay(shared.freshCoins(), SOMEBODY, CHEESE, 1_000);
        refuses(Rule.TRX_AMOUNT_RANGE, BrokenBytes.withFirstAmount(good, -1));
        refuses(Rule.TRX_AMOUNT_SUM, BrokenBytes.withFirstAmount(good, Amount.MAX_CRUMBS));
        refuses(Rule.TRX_AMOUNT_ZERO, BrokenBytes.withFirstAmount(good, 0));
    }

    @Test
    void refusesBytesThatAreNoTransaction() {
        byte[] good = world.pay(shared.freshCoins(), SOMEBODY, CHEESE, 1_000).toBytes();
        refuses(Rule.ENC_TRAILING, Arrays.copyOf(good, good.length + 1));
        refuses(Rule.ENC_TRUNCATED, Arrays.copyOf(good, good.length - 1));
        refuses(Rule.ENC_VERSION, new byte[]{2, 0});
        refuses(Rule.ENC_TRUNCATED, new byte[0]);
    }

    @Test
    void refusesALooseCoinbase() {
        refuses(Rule.TRX_COINBASE_LOOSE, world.next().transactions().getFirst().toBytes());
    }

    @Test
    void sendsNobodyAWholeStackForAMalformedBody() {
        for (String body : List.of("{", "[]", "nonsense", "null", "{\"hex\": 5}", "{\"hex\": null}", "{}",
                "{\"hex\": \"zz\"}", "{\"hex\": \"00\", \"more\": 1}", "{\"hex\": \"" + "00".repeat(3_000_000) + "\"}",
                "[".repeat(10_000))) {
            problem(member.call("POST", "/transactions", body, Map.of()), 400, 413, 422);
        }
        problem(member.call("POST", "/transactions", "hex=00", Map.of("Content-Type", "text/plain")), 415);
    }

    @ParameterizedTest
    @CsvSource({"/cheeses/xyz", "/cheeses/-1", "/cheeses/99999999999999999999", "/cheeses/999999999",
            "/cheeses/4294967296", "/cheeses/%2f",
            "/cheeses/00000000000000000000000000000000000000000000000000000000000"
                    + "00000",
            "/cheeses/xyz/raw", "/cheeses?limit=-1", "/cheeses?limit=99999999999999999999",
            "/cheeses?limit=ten", "/cheeses?cursor=nonsense", "/cheeses?branch=none", "/transactions/xyz",
            "/transactions/0000000000000000000000000000000000000000000000000000000000000000",
            "/transactions/0000000000000000000000000000000000000000000000000000000000000000/proof",
            "/transactions?state=lost", "/transactions?address=cheese1nobody", "/addresses/cheese1nobody",
            "/addresses/cheese1nobody/coins", "/mempool?limit=0", "/peers?state=lost", "/nothing", "/wallet/nothing",
            "/actuator/env", "/%2e%2e/secret"})
    void answersUnknownIdsAndNonsenseWithAProblem(String path) {
        problem(member.call("GET", path, "", Map.of()), 400, 404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ' ', value = {"GET /wallet", "GET /wallet/transactions", "POST /wallet/addresses",
            "POST /wallet/payments", "POST /wallet/words", "POST /peers", "PUT /mining", "POST /mining/cheeses"})
    void asksForTheOwnersToken(String method, String path) {
        String body = method.equals("GET") ? "" : "{}";
        problem(member.call(method, path, body, Map.of()), 401);
        problem(member.call(method, path, body, Map.of("Authorization", "Bearer wrong-wrong-wrong-wrong")), 401);
        problem(member.call(method, path, body, Map.of("Authorization", "Basic b3duZXI6eA==")), 401);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "POST|/wallet/payments|{\"to\": \"A\", \"amountCrumbs\": -1}",
            "POST|/wallet/payments|{\"to\": \"A\", \"amountCrumbs\": 0}",
            "POST|/wallet/payments|{\"to\": \"A\", \"amountCrumbs\": 1.5}",
            "POST|/wallet/payments|{\"to\": \"A\", \"amountCrumbs\": \"5\"}",
            "POST|/wallet/payments|{\"to\": \"A\", \"amountCrumbs\": 1e400}",
            "POST|/wallet/payments|{\"to\": \"A\", \"amountCrumbs\": 99999999999999999999999999}",
            "POST|/wallet/payments|{\"to\": \"A\", \"amountCrumbs\": 9223372036854775807}",
            "POST|/wallet/payments|{\"to\": \"A\", \"amountCrumbs\": 5, \"feeRate\": -1}",
            "POST|/wallet/payments|{\"to\": \"A\", \"amountCrumbs\": 300000000000000, \"feeRate\": 9223372036854775807}",
            "POST|/wallet/payments|{\"to\": \"A\"}",
            "POST|/wallet/payments|{\"to\": \"cheese1nobody\", \"amountCrumbs\": 5}",
            "POST|/wallet/payments|{\"amountCrumbs\": 5}",
            "POST|/mining/cheeses|{\"count\": -1}",
            "POST|/mining/cheeses|{\"count\": 99999999999}",
            "POST|/mining/cheeses|{}",
            "PUT|/mining|{\"enabled\": \"yes\"}",
            "PUT|/mining|{\"enabled\": true}",
            "PUT|/mining|{\"enabled\": false, \"hashesPerSecond\": -5}",
            "POST|/peers|{\"url\": \"http://127.0.0.1:1/\"}",
            "POST|/peers|{\"url\": \"ws://127.0.0.1:99999/gossip\"}",
            "POST|/peers|{}",
            "DELETE|/peers/xyz|",
            "DELETE|/wallet|"})
    void refusesNonsenseOfTheOwnerToo(String method, String path, String body) {
        String text = body == null ? "" : body.replace("\"A\"", "\"" + ADDRESS + "\"");
        problem(member.owner(method, path, text), 400, 405, 409, 422);
    }

    @Test
    void saysWhichFundsAPaymentLacks() {
        Answer answer = member.owner("POST", "/wallet/payments",
                "{\"to\": \"%s\", \"amountCrumbs\": 5000000}".formatted(ADDRESS));
        problem(answer, 422);
        assertThat(answer.json().get("rule").stringValue()).isEqualTo(Rule.WLT_FUNDS.id());
    }

    private Answer submit(byte[] transaction) {
        return member.call("POST", "/transactions",
                "{\"hex\": \"%s\"}".formatted(HexFormat.of().formatHex(transaction)), Map.of());
    }

    private void refuses(Rule rule, byte[] transaction) {
        Answer answer = submit(transaction);
        problem(answer, 400, 422);
        assertThat(answer.json().get("rule").stringValue()).isEqualTo(rule.id());
    }

    private static void problem(Answer answer, Integer... statuses) {
        assertThat(answer.status()).as(answer.text()).isIn((Object[]) statuses);
        assertThat(answer.contentType()).as(answer.text()).startsWith("application/problem+json");
        assertThat(answer.json().get("type").stringValue()).startsWith(TYPE_PREFIX);
        assertThat(answer.json().get("status").intValue()).isEqualTo(answer.status());
        assertThat(answer.text()).doesNotContain("Exception").doesNotContain("org.cheesecoin").doesNotContain("\\tat ");
    }
}
