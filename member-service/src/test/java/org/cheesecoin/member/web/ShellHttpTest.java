package org.cheesecoin.member.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;

import org.cheesecoin.member.settings.DataFolder;
import org.cheesecoin.membertest.Http;
import org.cheesecoin.membertest.Http.Answer;
import org.cheesecoin.membertest.ShellApplication;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** What every call has in common, over real HTTP. */
@SpringBootTest(
        classes = ShellApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"cheesecoin.http.max-body-bytes=2048", "management.prometheus.metrics.export.enabled=true",
                // readiness asks the loop, which is not here
                "management.endpoint.health.validate-group-membership=false"})
class ShellHttpTest {

    @LocalServerPort private int port;

    @Autowired private DataFolder folder;

    private Http http;
    private String token;

    @BeforeEach
    void connect() throws IOException {
        http = new Http(port);
        token = Files.readString(folder.resolve("owner.token")).strip();
    }

    @AfterEach
    void disconnect() {
        http.close();
    }

    @Test
    void keepsItsSecretsInFilesOfTheOwnerOnly() throws IOException {
        assertThat(token).hasSize(43);
        for (String file : new String[]{"owner.token", "node.key"}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file))))
                    .isEqualTo("rw-------");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path()))).isEqualTo("rwx------");
    }

    @Test
    void anybodyMayCallWhatIsOpen() {
        Answer answer = http.get("/open/5?limit=2");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("amountCrumbs").longValue()).isEqualTo(7);
        assertThat(answer.response().headers().map()).doesNotContainKey("set-cookie");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(answer.header("Content-Security-Policy")).contains("default-src 'self'");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(answer.header("Cache-Control")).contains("no-store");
    }

    @Test
    void onlyTheOwnerMayCallWhatIsTheOwners() {
        String body = "{\"to\":\"a\",\"amountCrumbs\":3}";
        Answer stranger = http.send(http.request("/pay").header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
        assertThat(stranger.problem()).isEqualTo("unauthorized");
        assertThat(stranger.status()).isEqualTo(401);
        assertThat(stranger.header("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(stranger.response().headers().map()).doesNotContainKey("set-cookie");
        for (String wrong : new String[]{"x", token + "x", token.substring(1),
                token.toLowerCase(java.util.Locale.ROOT)}) {
            Answer answer = http.post("/pay", wrong, body);
            assertThat(answer.problem()).isEqualTo("unauthorized");
            assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
        }
        assertThat(http.post("/pay", token, body).json().get("amountCrumbs").longValue()).isEqualTo(3);
    }

    @Test
    void whatCarriesNoMarkIsClosedToEveryone() {
        assertThat(http.get("/unmarked").problem()).isEqualTo("unauthorized");
        assertThat(http.send(http.request("/unmarked").header("Authorization", "Bearer " + token)).problem())
                .isEqualTo("forbidden");
    }

    @ParameterizedTest
    @CsvSource({"GET,/nothing", "POST,/nothing", "DELETE,/wallet/nothing", "GET,/error", "GET,/open", "GET,/actuator",
            "GET,/actuator/env", "GET,/actuator/health/nothing", "POST,/", "GET,/v3", "GET,/login", "POST,/logout"})
    void unknownPathsAreNotFoundForEveryone(String method, String path) {
        for (String authorization : new String[]{"Bearer x", "Bearer " + token}) {
            Answer answer = http.send(http.request(path).header("Authorization", authorization)
                    .method(method, HttpRequest.BodyPublishers.noBody()));
            assertThat(answer.problem()).isEqualTo("not-found");
            assertThat(answer.json().get("instance").stringValue()).isEqualTo(path);
            assertThat(answer.response().headers().map()).doesNotContainKey("set-cookie");
        }
        assertThat(http.send(http.request(path).method(method, HttpRequest.BodyPublishers.noBody())).status())
                .isEqualTo(404);
    }

    @Test
    void aWrongMethodIsToldTheRightOnes() {
        Answer answer = http.send(http.request("/pay").DELETE());
        assertThat(answer.problem()).isEqualTo("method-not-allowed");
        assertThat(answer.header("Allow")).isEqualTo("POST");
        assertThat(http.send(http.request("/actuator/health").DELETE()).problem()).isEqualTo("method-not-allowed");
    }

    @Test
    void formsOfAnswerAndBodyThatAreNotTakenAreSaid() {
        assertThat(http.send(http.request("/open/1").header("Accept", "image/png")).problem())
                .isEqualTo("not-acceptable");
        Answer answer = http.send(http.request("/pay").header("Authorization", "Bearer " + token)
                .header("Content-Type", "text/plain").POST(HttpRequest.BodyPublishers.ofString("{}")));
        assertThat(answer.problem()).isEqualTo("unsupported-media-type");
        assertThat(answer.header("Accept")).contains("application/json");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "malformed-json | {",
            "malformed-json | ",
            "malformed-json | {\"to\":\"a\",\"to\":\"b\",\"amountCrumbs\":1}",
            "unknown-field  | {\"to\":\"a\",\"amountCrumbs\":1,\"fee\":1}",
            "malformed-json | {\"to\":\"a\",\"amountCrumbs\":1} x",
            "invalid-value  | {\"to\":\"a\",\"amountCrumbs\":1.5}",
            "invalid-value  | {\"to\":\"a\",\"amountCrumbs\":1.0}",
            "invalid-value  | {\"to\":\"a\",\"amountCrumbs\":\"1\"}",
            "invalid-value  | {\"to\":\"a\",\"amountCrumbs\":null}",
            "invalid-value  | {\"to\":\"a\"}",
            "invalid-value  | {\"amountCrumbs\":1}",
            "invalid-value  | {\"to\":null,\"amountCrumbs\":1}",
            "invalid-value  | {\"to\":5,\"amountCrumbs\":1}",
            "invalid-value  | {\"to\":\"a\",\"amountCrumbs\":-1}",
            "invalid-value  | {\"to\":\"a\",\"amountCrumbs\":99999999999999999999999}",
            "invalid-value  | {\"to\":\"a\",\"amountCrumbs\":1,\"feeRate\":\"x\"}",
            "invalid-value  | [1]",
            "malformed-json | null"})
    void aWrongBodyIsRefusedWithItsReason(String problem, String body) {
        Answer answer = http.post("/pay", token, body == null ? "" : body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo(problem);
        assertThat(answer.json().get("detail").stringValue()).doesNotContain("org.cheesecoin", "java.",
                "tools.jackson");
    }

    @Test
    void namesTheFieldThatIsUnknownOrWrong() {
        assertThat(http.post("/pay", token, "{\"to\":\"a\",\"amountCrumbs\":1,\"fee\":1}").json().get("detail")
                .stringValue())
                .contains("fee is not known", "amountCrumbs", "feeRate");
        assertThat(http.post("/pay", token, "{\"to\":\"a\",\"amountCrumbs\":\"1\"}").json().get("detail").stringValue())
                .contains("amountCrumbs");
        assertThat(http.post("/pay", token, "{\"to\":\"a\",\"amountCrumbs\":0}").json().get("detail").stringValue())
                .contains("from 1 to 300000000000000");
        assertThat(http.post("/names", token, "{\"names\":[\"a\",{}]}").json().get("detail").stringValue())
                .contains("names[1]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/open/x", "/open/99999999999", "/open/1?limit=x"})
    void aWrongParameterIsAnInvalidValue(String path) {
        assertThat(http.get(path).problem()).isEqualTo("invalid-value");
    }

    @Test
    void aBodyBeyondTheLimitIsRefusedHoweverItIsSent() {
        byte[] body = ("{\"to\":\"" + "a".repeat(3_000) + "\",\"amountCrumbs\":1}").getBytes();
        Answer declared = http.post("/pay", token, new String(body));
        assertThat(declared.problem()).isEqualTo("body-too-large");
        assertThat(declared.status()).isEqualTo(413);
        Answer chunked = http.send(http.request("/pay").header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));
        assertThat(chunked.problem()).isEqualTo("body-too-large");
    }

    @Test
    void aBrokenRuleIsToldWithItsValues() {
        Answer answer = http.get("/refused");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.problem()).isEqualTo("rule-broken");
        assertThat(answer.json().get("rule").stringValue()).isEqualTo("TRX-UNDERFUNDED");
        assertThat(answer.json().get("anchor").stringValue()).isEqualTo("protocol.md#trx-underfunded");
        assertThat(answer.json().get("values").get("inputCrumbs").stringValue()).isEqualTo("5");
    }

    @Test
    void aMissingThingIsNamed() {
        assertThat(http.get("/missing/77").json().get("detail").stringValue()).contains("cheese 77");
    }

    @Test
    void whoAsksTooOftenIsToldWhenToComeBack() {
        Answer answer = http.get("/busy");
        assertThat(answer.problem()).isEqualTo("too-many-requests");
        assertThat(answer.header("Retry-After")).isEqualTo("7");
    }

    @Test
    void aFaultOfOursTellsNothing() {
        Answer answer = http.get("/broken");
        assertThat(answer.problem()).isEqualTo("internal");
        assertThat(answer.response().body()).doesNotContain("42", "IllegalState", "at org");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "GET /%2f HTTP/1.1 | 400",
            "GET /a//b HTTP/1.1 | 400",
            "GET /a;b=c HTTP/1.1 | 400",
            "GET /%00 HTTP/1.1 | 400",
            "GET /a{b} HTTP/1.1 | 400",
            "nonsense | 400",
            "GET /open/1 HTTP/9.9 | 505",
            "TRACE /open/1 HTTP/1.1 | 405",
            "FOO /open/1 HTTP/1.1 | 400"})
    void whatTheContainerRefusesIsAProblemToo(String requestLine, String status) throws IOException {
        String answer = http.raw(requestLine + "\r\nHost: a\r\nConnection: close\r\n\r\n");
        assertThat(answer).contains("application/problem+json", "urn:cheesecoin:problem:").doesNotContain("<html",
                "Tomcat");
        assertThat(answer).startsWith("HTTP/1.1 " + (status.equals("505") ? "500" : status));
    }

    @Test
    void headersThatAreTooLargeAreAProblemToo() throws IOException {
        String answer = http.raw("GET /open/1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX: " + "a".repeat(20_000)
                + "\r\n\r\n");
        assertThat(answer).contains("application/problem+json").doesNotContain("<html");
    }

    @Test
    void pagesOfOtherOriginsMayNotCall() {
        Answer answer = http.send(http.request("/pay").header("Origin", "https://elsewhere.example")
                .header("Access-Control-Request-Method", "POST")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
        assertThat(answer.problem()).isEqualTo("forbidden");
        Answer simple = http.send(http.request("/open/1").header("Origin", "https://elsewhere.example"));
        assertThat(simple.response().headers().map()).doesNotContainKey("access-control-allow-origin");
    }

    @Test
    void healthMetricsAndTheContractAreOpen() {
        assertThat(http.get("/actuator/health/liveness").json().get("status").stringValue()).isEqualTo("UP");
        assertThat(http.get("/actuator/health/readiness").json().get("status").stringValue()).isEqualTo("UP");
        assertThat(http.get("/actuator/health").response().body()).doesNotContain("details", "components");
        assertThat(http.get("/actuator/prometheus").response().body()).contains("jvm_memory_used_bytes");
        assertThat(http.get("/swagger-ui.html").status()).isEqualTo(302);
        assertThat(http.get("/swagger-ui/index.html").status()).isEqualTo(200);
        assertThat(http.get("/v3/api-docs/swagger-config").status()).isEqualTo(200);
        var contract = http.get("/v3/api-docs").json();
        assertThat(contract.get("openapi").stringValue()).startsWith("3.1");
        var pay = contract.get("paths").get("/pay").get("post");
        assertThat(pay.get("security").get(0).propertyNames()).containsExactly("ownerToken");
        assertThat(pay.get("responses").propertyNames()).contains("200", "400", "401", "413", "415", "500");
        assertThat(contract.get("paths").get("/missing/{id}").get("get").get("responses").propertyNames())
                .contains("404").doesNotContain("401");
        assertThat(contract.get("paths").propertyNames()).doesNotContain("/error");
    }
}
