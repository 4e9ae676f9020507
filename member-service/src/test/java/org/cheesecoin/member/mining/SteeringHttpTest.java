package org.cheesecoin.member.mining;

import java.io.IOException;
import java.net.http.HttpRequest;

import org.cheesecoin.membertest.TestMember;
import org.cheesecoin.webtest.Http.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** What the owner may steer: the miner and the peers. One member mines on demand, the other by schedule. */
class SteeringHttpTest {

    private static final String URL = "ws://127.0.0.1:1/gossip";

    private static TestMember onDemand;
    private static TestMember scheduled;

    @BeforeAll
    static void start() throws IOException {
        onDemand = TestMember.start("cheesecoin.index.enabled=false");
        scheduled = TestMember.start("cheesecoin.network=local");
    }

    @AfterAll
    static void stop() {
        onDemand.close();
        scheduled.close();
    }

    @Test
    void minesAsManyAsAskedFor() {
        int before = onDemand.get("/cheeses/tip").json().get("height").intValue();
        assertThat(onDemand.mine(3)).hasSize(3).doesNotHaveDuplicates();
        assertThat(onDemand.get("/cheeses/tip").json().get("height").intValue()).isEqualTo(before + 3);
    }

    @Test
    void refusesToMineOnDemandWhereTheNetworkDoesNotAllowIt() {
        Answer answer = scheduled.call("POST", "/mining/cheeses", "{\"count\":1}");
        assertThat(answer.problem()).isEqualTo("conflict");
        assertThat(answer.json().get("values").get("network").stringValue()).isEqualTo("local");
        assertThat(scheduled.get("/mining").json().get("onDemandAllowed").booleanValue()).isFalse();
    }

    @Test
    void refusesAScheduleThatWouldFloodANetworkWithATrivialTarget() {
        assertThat(onDemand.call("PUT", "/mining", "{\"enabled\":true}").problem()).isEqualTo("conflict");
        assertThat(onDemand.get("/mining").json().get("enabled").booleanValue()).isFalse();
        assertThat(onDemand.get("/mining").json().get("scheduleAllowed").booleanValue()).isFalse();
    }

    @Test
    void steersTheSchedule() {
        Answer on = scheduled.call("PUT", "/mining", "{\"enabled\":true,\"hashesPerSecond\":10}");
        assertThat(on.status()).isEqualTo(200);
        assertThat(on.json().get("enabled").booleanValue()).isTrue();
        assertThat(scheduled.get("/mining").json().get("hashesPerSecond").longValue()).isEqualTo(10);
        JsonNode off = scheduled.call("PUT", "/mining", "{\"enabled\":false}").json();
        assertThat(off.get("enabled").booleanValue()).isFalse();
        assertThat(off.get("hashesPerSecond").longValue()).as("as before").isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            POST | /mining/cheeses | {"count":0}
            POST | /mining/cheeses | {"count":-1}
            POST | /mining/cheeses | {"count":1001}
            POST | /mining/cheeses | {"count":99999999999}
            POST | /mining/cheeses | {"count":"3"}
            POST | /mining/cheeses | {}
            PUT  | /mining         | {"enabled":true,"hashesPerSecond":-1}
            PUT  | /mining         | {"enabled":true,"hashesPerSecond":1000000000001}
            PUT  | /mining         | {"hashesPerSecond":5}
            POST | /peers          | {"url":"http://127.0.0.1:80/gossip"}
            POST | /peers          | {"url":"ws://127.0.0.1:99999/gossip"}
            POST | /peers          | {"url":"ws://127.0.0.1:80/elsewhere"}
            POST | /peers          | {}
            """)
    void callsAWrongValueByItsName(String method, String path, String body) {
        Answer answer = onDemand.call(method.strip(), path.strip(), body.strip());
        assertThat(answer.problem()).isEqualTo("invalid-value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST /mining/cheeses {\"count\":1}", "PUT /mining {\"enabled\":false}",
            "POST /peers {\"url\":\"ws://127.0.0.1:1/gossip\"}", "DELETE /peers/02 {}"})
    void onlyTheOwnerSteers(String call) {
        String[] parts = call.split(" ");
        Answer answer = onDemand.http().send(onDemand.http().request(parts[1])
                .header("Content-Type", "application/json")
                .method(parts[0], HttpRequest.BodyPublishers.ofString(parts[2])));
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.problem()).isEqualTo("unauthorized");
    }

    @Test
    void keepsAPeerThatTheOwnerNames() {
        Answer added = onDemand.call("POST", "/peers", "{\"url\":\"" + URL + "\"}");
        assertThat(added.status()).isEqualTo(202);
        JsonNode known = onDemand.get("/peers?state=known").json().get("items");
        assertThat(known.values()).anySatisfy(it -> assertThat(it.get("url").stringValue()).isEqualTo(URL));
        assertThat(onDemand.get("/peers").json().get("items").isEmpty()).isTrue();
    }

    @Test
    void removesOnlyAPeerThatItKnows() {
        String stranger = scheduled.get("/node").json().get("nodeId").stringValue();
        assertThat(onDemand.call("DELETE", "/peers/" + stranger, "").problem()).isEqualTo("not-found");
        assertThat(onDemand.call("DELETE", "/peers/02", "").problem()).isEqualTo("invalid-value");
    }

    @Test
    void saysWhyThereIsNoAddressWhereTheIndexIsOff() {
        String address = TestMember.MINER.address().toString();
        for (String path : new String[]{"", "/coins", "/transactions"}) {
            assertThat(onDemand.get("/addresses/" + address + path).problem()).isEqualTo("index-off");
        }
        assertThat(onDemand.get("/transactions").problem()).isEqualTo("index-off");
        Answer rebuild = onDemand.call("POST", "/index/rebuild", "");
        assertThat(rebuild.problem()).isEqualTo("index-off");
        assertThat(rebuild.json().get("detail").stringValue()).as("how to go on")
                .contains("cheesecoin.index.enabled=true");
        assertThat(onDemand.get("/supply").json().has("burnedCrumbs")).isFalse();
        onDemand.mine(1);
        String coinbase = onDemand.get("/cheeses/" + onDemand.get("/cheeses/tip").json().get("smell").stringValue()
                + "/transactions").json().get("items").get(0).get("txid").stringValue();
        assertThat(onDemand.get("/transactions/" + coinbase).json().get("kind").stringValue())
                .as("the newest cheeses are looked through").isEqualTo("coinbase");
    }

    @Test
    void estimatesFeesOnAnEmptyMempool() {
        JsonNode fees = onDemand.get("/fees").json();
        assertThat(fees.get("minimumFeeRate").doubleValue()).isEqualTo(1);
        assertThat(fees.get("estimates").size()).isEqualTo(10);
        assertThat(fees.get("estimates").get(0).get("cheeses").intValue()).isEqualTo(1);
    }
}
