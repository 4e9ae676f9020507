package org.cheesecoin.tracker.web;

import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import org.awaitility.Awaitility;
import org.cheesecoin.chain.wire.TrackerRequest;
import org.cheesecoin.chain.wire.TrackerRequest.LeaseRequest;
import org.cheesecoin.tracker.testing.FakeMember;
import org.cheesecoin.tracker.testing.FakeMember.Manner;
import org.cheesecoin.tracker.testing.TestMember;
import org.cheesecoin.webtest.Contract;
import org.cheesecoin.webtest.ExampleValues;
import org.cheesecoin.webtest.Http;
import org.cheesecoin.webtest.Http.Answer;
import org.cheesecoin.webtest.PublishedDocument;
import org.cheesecoin.webtest.PublishedDocument.Call;
import org.cheesecoin.webtest.PublishedDocument.Operation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** The tracker's published document against what it takes and answers. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"cheesecoin.tracker.url=http://tracker:8080", "cheesecoin.tracker.liveness.tick-millis=20"})
class ContractHttpTest {

    private static final String URL = "http://tracker:8080";
    /** The names that generated clients call operations by, chosen once: who changes one breaks those clients. */
    private static final Map<String, String> OPERATIONS = Map.of(
            "GET /peers", "samplePeers",
            "PUT /peers/{nodeId}", "registerMember",
            "DELETE /peers/{nodeId}", "leaveNetwork",
            "POST /peers/{nodeId}/reports", "reportMember",
            "GET /networks/{networkId}", "getNetwork");

    @LocalServerPort private int port;

    private Http http;
    private Contract contract;
    private PublishedDocument document;
    private long time = System.currentTimeMillis();

    @BeforeEach
    void read() {
        http = new Http(port);
        String published = http.get("/v3/api-docs").response().body();
        contract = new Contract(published);
        document = new PublishedDocument(published);
    }

    @AfterEach
    void hangUp() {
        http.close();
    }

    private Answer call(String method, String path, String body) {
        HttpRequest.Builder request = http.request(path).method(method, HttpRequest.BodyPublishers.ofString(body));
        Answer answer = http.send(body.isEmpty() ? request : request.header("Content-Type", "application/json"));
        contract.check(method, path, answer.status(), answer.header("Content-Type"), answer.response().body());
        return answer;
    }

    private Answer register(TestMember member) {
        LeaseRequest lease = member.lease();
        long now = ++time;
        return call("PUT", "/peers/" + member.id(), TestMember.json(lease, now, member.sign(URL, lease, now)));
    }

    @Test
    void operationsAndGroupsAreCalledAsTheyWereNamedOnce() {
        assertThat(document.operationNames()).containsExactlyInAnyOrderEntriesOf(OPERATIONS);
        assertThat(document.tags()).isEqualTo(Set.of("Peers", "Networks")).isEqualTo(document.describedTags());
    }

    @Test
    void everyAnswerIsAsPublished() throws Exception {
        try (FakeMember anna = new FakeMember(1, Manner.HONEST); FakeMember bert = new FakeMember(2, Manner.HONEST)) {
            assertThat(register(anna.member()).status()).isEqualTo(200);
            assertThat(register(bert.member()).status()).isEqualTo(200);
            String network = "/networks/" + TestMember.NETWORK.toHex();
            Awaitility.await().until(() -> call("GET", network, "").status() == 200
                    && call("GET", network, "").json().get("members").size() == 2);
            assertThat(register(anna.member()).json().get("peers").size()).isEqualTo(1);
            assertThat(call("GET", "/peers?network=" + TestMember.NETWORK.toHex(), "").json().get("peers").size())
                    .isEqualTo(2);
            long now = ++time;
            TrackerRequest report = new TrackerRequest.ReportRequest(anna.member().id(), bert.member().id());
            assertThat(call("POST", "/peers/" + anna.member().id() + "/reports",
                    "{\"reporterId\":\"%s\",\"issuedAtMillis\":%d,\"signature\":\"%s\"}".formatted(bert.member().id(),
                            now, bert.member().sign(URL, report, now).toHex()))
                    .status()).isEqualTo(202);
            long later = ++time;
            TrackerRequest leave = new TrackerRequest.LeaveRequest(anna.member().id());
            String left = "/peers/%s?issuedAtMillis=%d&signature=%s".formatted(anna.member().id(), later,
                    anna.member().sign(URL, leave, later).toHex());
            assertThat(call("DELETE", left, "").status()).isEqualTo(204);
            assertThat(call("DELETE", left, "").status()).isIn(404, 409);
        }
        assertThat(call("GET", "/networks/" + TestMember.network("no").toHex(), "").status()).isEqualTo(404);
        assertThat(call("PUT", "/peers/x", "{}").status()).isEqualTo(400);

        Set<String> successes = new TreeSet<>(contract.published());
        successes.removeIf(it -> !it.matches(".* 2[0-9][0-9]"));
        assertThat(contract.driven()).containsAll(successes);
    }

    @Test
    void everyExampleIsTakenByTheCodeThatItIsAnExampleFor() {
        assertThat(ExampleValues.faults(document)).isEmpty();
        document.schemaNames().forEach(it -> assertThat(contract.faults(it,
                document.exampleOf(document.schema(it)).toString())).as(it).isEmpty());
        List<String> refused = new ArrayList<>();
        for (Operation operation : document.operations()) {
            for (Call call : document.filledIn(operation)) {
                Answer answer = call(call.method(), call.path(), call.body().map(JsonNode::toString).orElse(""));
                if (Set.of(400, 413, 415, 500).contains(answer.status())
                        || answer.response().body().contains("bad-peer-record")) {
                    refused.add(operation.name() + ": " + answer.response().body());
                }
            }
        }
        assertThat(refused).isEmpty();
    }

    @Test
    void everyFieldAndParameterSaysWhatItIsAndNothingIsNull() {
        assertThat(document.fields()).allSatisfy(it -> assertThat(
                it.said().has("description") || it.said().has("$ref")).as(it.toString()).isTrue());
        assertThat(document.fields()).noneMatch(it -> it.said().toString().contains("\"null\""));
        assertThat(document.operations()).allSatisfy(it -> assertThat(it.parameters())
                .allMatch(parameter -> parameter.has("description")));
        assertThat(document.schemaNames()).filteredOn(it -> !Set.of("Problem", "Lease").contains(it))
                .allSatisfy(it -> assertThat(
                        document.schema(it).get("required").size()).as(it)
                        .isEqualTo(document.schema(it).get("properties").size()));
        assertThat(document.schema("Lease").get("required").toString()).contains("listed", "peers")
                .doesNotContain("reason");
    }

    @Test
    void theSizeOfASampleIsWhatTheDocumentSays() {
        Operation sample = document.operations().stream().filter(it -> it.name().equals("GET /peers")).findFirst()
                .orElseThrow();
        Optional<JsonNode> limit = sample.parameters().stream()
                .filter(it -> it.get("name").stringValue().equals("limit")).findFirst();
        JsonNode schema = limit.orElseThrow().get("schema");
        assertThat(schema.get("default").intValue()).isEqualTo(20);
        String path = "/peers?network=" + TestMember.NETWORK.toHex() + "&limit=";
        assertThat(call("GET", path + (schema.get("minimum").intValue() - 1), "").status()).isEqualTo(400);
        assertThat(call("GET", path + schema.get("minimum").intValue(), "").status()).isEqualTo(200);
        assertThat(call("GET", path + schema.get("maximum").intValue(), "").status()).isEqualTo(200);
        assertThat(call("GET", path + (schema.get("maximum").intValue() + 1), "").status()).isEqualTo(400);
    }
}
