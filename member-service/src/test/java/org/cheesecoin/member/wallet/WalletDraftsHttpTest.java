package org.cheesecoin.member.wallet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.member.peering.GossipAddress;
import org.cheesecoin.membertest.TestMember;
import org.cheesecoin.webtest.Http;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Two owners make one payment by REST alone, each on a member of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WalletDraftsHttpTest {

    private static final String CARLA = TestKeys.key(71).address().toString();

    private TestMember anna;
    private TestMember bert;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        anna = TestMember.start("cheesecoin.data=" + folder.resolve("anna"), "cheesecoin.mining.pay-to=");
        bert = TestMember.start("cheesecoin.data=" + folder.resolve("bert"), "cheesecoin.mining.pay-to=",
                "cheesecoin.peers=" + anna.context().getBean(GossipAddress.class).url().text());
        anna.mine(6);
        await().until(() -> height(bert) == 6);
        bert.mine(16);
        await().until(() -> height(anna) == 22);
    }

    @AfterAll
    void stop() {
        bert.close();
        anna.close();
    }

    private static int height(TestMember member) {
        return member.owned("/wallet").json().get("height").intValue();
    }

    private static JsonNode ok(Http.Answer answer) {
        assertThat(answer.status()).as(answer.response().body()).isBetween(200, 201);
        return answer.json();
    }

    private static String rule(Http.Answer answer) {
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(422);
        return answer.json().get("rule").stringValue();
    }

    private static Http.Answer sign(TestMember member, JsonNode draft, long mostCostCrumbs) {
        return member.call("POST", "/wallet/drafts/signatures",
                "{\"draft\":%s,\"mostCostCrumbs\":%d}".formatted(draft, mostCostCrumbs));
    }

    private static Http.Answer contribute(TestMember member, JsonNode draft, long crumbs) {
        return member.call("POST", "/wallet/drafts/inputs",
                "{\"draft\":%s,\"contributeCrumbs\":%d}".formatted(draft, crumbs));
    }

    private JsonNode begun(long carlasCrumbs, long annasCrumbs, String more) {
        return ok(anna.call("POST", "/wallet/drafts",
                "{\"receivers\":[{\"to\":\"%s\",\"amountCrumbs\":%d}],\"contributeCrumbs\":%d%s}"
                        .formatted(CARLA, carlasCrumbs, annasCrumbs, more)));
    }

    @Test
    void twoMembersSignOnePaymentByRestAlone() {
        JsonNode begun = begun(50_000_000, 30_000_000, "");
        assertThat(begun.get("missingCrumbs").longValue()).isPositive();
        long annasCost = begun.get("costCrumbs").longValue();
        assertThat(annasCost).isBetween(30_000_001L, 30_001_000L);
        assertThat(rule(sign(anna, begun.get("draft"), annasCost))).isEqualTo("TRX-UNDERFUNDED");

        JsonNode whole = ok(contribute(bert, begun.get("draft"), 20_000_000));
        long bertsCost = whole.get("costCrumbs").longValue();
        assertThat(whole.get("feeCrumbs").longValue()).isEqualTo(annasCost + bertsCost - 50_000_000);
        assertThat(whole.get("unsigned").size()).isEqualTo(2);
        assertThat(rule(sign(bert, whole.get("draft"), bertsCost - 1))).isEqualTo("WLT-DRAFT-CHANGE");

        JsonNode byAnna = ok(sign(anna, whole.get("draft"), annasCost));
        JsonNode byBert = ok(sign(bert, whole.get("draft"), bertsCost));
        assertThat(byAnna.get("unsigned").size()).isEqualTo(1);
        assertThat(rule(anna.call("POST", "/wallet/drafts/submit", "{\"draft\":" + byAnna.get("draft") + "}")))
                .isEqualTo("TRX-WITNESS-MISSING");
        JsonNode both = ok(anna.call("POST", "/wallet/drafts/combine",
                "{\"drafts\":[%s,%s]}".formatted(byAnna.get("draft"), byBert.get("draft"))));
        assertThat(both.get("unsigned").isEmpty()).isTrue();
        long annaBefore = total(anna);
        long bertBefore = total(bert);
        JsonNode submitted = ok(bert.call("POST", "/wallet/drafts/submit", "{\"draft\":" + both.get("draft") + "}"));
        assertThat(submitted.get("txid")).isEqualTo(whole.get("txid"));
        await().until(() -> anna.owned("/wallet/transactions/" + submitted.get("txid").stringValue()).status() == 200);
        assertThat(annaBefore - total(anna)).isEqualTo(annasCost);
        assertThat(bertBefore - total(bert)).isEqualTo(bertsCost);
        int height = height(anna);
        anna.mine(1);
        await().until(() -> height(bert) == height + 1);
        assertThat(anna.get("/transactions/" + submitted.get("txid").stringValue()).json().get("state").stringValue())
                .isEqualTo("confirmed");
    }

    /** All that a wallet has when what waits is confirmed. */
    private static long total(TestMember member) {
        JsonNode wallet = member.owned("/wallet").json();
        return wallet.get("spendableCrumbs").longValue() + wallet.get("pendingCrumbs").longValue()
                + wallet.get("immatureCrumbs").longValue();
    }

    @Test
    void whoHasNoPartDoesNotSignAndOtherPaymentsAreNotCombined() {
        JsonNode annas = begun(20_000_000, 20_000_000, "");
        assertThat(rule(sign(bert, annas.get("draft"), 100_000_000))).isEqualTo("WLT-DRAFT-COIN");
        JsonNode other = begun(20_000_001, 20_000_001, "");
        assertThat(rule(anna.call("POST", "/wallet/drafts/combine",
                "{\"drafts\":[%s,%s]}".formatted(annas.get("draft"), other.get("draft")))))
                .isEqualTo("WLT-DRAFT-OTHER");
    }

    @Test
    void overpayingIsRefusedWhoeverAsksForIt() {
        JsonNode little = begun(1_000, 90_000_000, "");
        assertThat(little.get("feeCrumbs").longValue()).isGreaterThan(80_000_000);
        assertThat(rule(sign(anna, little.get("draft"), 100_000_000))).isEqualTo("WLT-FEE");
    }

    @Test
    void aCarriedTransactionThatWasAlteredGivesItselfAway() {
        JsonNode begun = begun(20_000_000, 20_000_000, "");
        ObjectNode draft = (ObjectNode) new JsonMapper().readTree(begun.get("draft").toString());
        String source = draft.get("spent").get(0).stringValue();
        char digit = source.charAt(11) == '0' ? '1' : '0';
        draft.putArray("spent").add(source.substring(0, 11) + digit + source.substring(12));
        assertThat(rule(sign(anna, draft, 100_000_000))).isEqualTo("WLT-DRAFT-INPUT");
        draft.putArray("spent");
        assertThat(rule(sign(anna, draft, 100_000_000))).isEqualTo("WLT-DRAFT-INPUT");
    }

    @Test
    void refusesWhatIsNoDraft() {
        String good = begun(20_000_000, 20_000_000, "").get("draft").toString();
        for (String bad : List.of("{}", "null", good.replace("\"body\":\"01", "\"body\":\"0"),
                good.replace("\"body\":\"01", "\"body\":\"xx"), good.replace("\"spent\":[", "\"spent\":[null,"),
                good.replace("\"witnesses\":[", "\"witnesses\":[null"),
                good.replace("\"witnesses\":[", "\"witnesses\":[{\"publicKey\":\"02\",\"signature\":\"00\"}"))) {
            Http.Answer answer = anna.call("POST", "/wallet/drafts/signatures",
                    "{\"draft\":%s,\"mostCostCrumbs\":5}".formatted(bad));
            assertThat(answer.status()).as(bad + answer.response().body()).isIn(400, 422);
            answer.problem();
        }
        assertThat(anna.call("POST", "/wallet/drafts/combine", "{\"drafts\":[" + good + "]}").problem())
                .isEqualTo("invalid-value");
        assertThat(anna.http().post("/wallet/drafts", "wrong-token-0123456789", "{}").problem())
                .isEqualTo("unauthorized");
        Http.Answer poor = anna.call("POST", "/wallet/drafts",
                "{\"receivers\":[{\"to\":\"%s\",\"amountCrumbs\":5000}],\"contributeCrumbs\":300000000000000}"
                        .formatted(CARLA));
        assertThat(rule(poor)).isEqualTo("WLT-FUNDS");
        assertThat(poor.json().get("detail").stringValue()).contains("can be spent now").doesNotContain("null");
    }

    @Test
    void takesNoMoreSourcesCopiesOrReceiversThanItSays() {
        JsonNode draft = begun(20_000_000, 20_000_000, "").get("draft");
        ObjectNode many = (ObjectNode) new JsonMapper().readTree(draft.toString());
        String source = draft.get("spent").get(0).stringValue();
        many.putArray("spent");
        for (int i = 0; i < 256; i++) {
            many.withArray("spent").add(source);
        }
        ok(sign(anna, many, 100_000_000));
        many.withArray("spent").add(source);
        assertThat(sign(anna, many, 100_000_000).problem()).isEqualTo("invalid-value");

        ok(combine(draft, 16));
        assertThat(combine(draft, 17).problem()).isEqualTo("invalid-value");

        assertThat(anna.call("POST", "/wallet/drafts", "{\"receivers\":[%s],\"contributeCrumbs\":1000}".formatted(
                receivers(1_001))).problem()).isEqualTo("invalid-value");
        assertThat(anna.call("POST", "/wallet/payments", "{\"receivers\":[" + receivers(1_001) + "]}").problem())
                .isEqualTo("invalid-value");
        JsonNode paid = ok(anna.call("POST", "/wallet/payments", "{\"receivers\":[" + receivers(1_000) + "]}"));
        JsonNode entry = anna.owned("/wallet/transactions/" + paid.get("txid").stringValue()).json();
        assertThat(entry.get("debitedCrumbs").longValue()).isGreaterThan(1_000 * 1_000);
        anna.mine(1);
    }

    private Http.Answer combine(JsonNode draft, int copies) {
        return anna.call("POST", "/wallet/drafts/combine", "{\"drafts\":["
                + String.join(",", Collections.nCopies(copies, draft.toString())) + "]}");
    }

    private static String receivers(int count) {
        return String.join(",", Collections.nCopies(count,
                "{\"to\":\"%s\",\"amountCrumbs\":1000}".formatted(CARLA)));
    }
}
