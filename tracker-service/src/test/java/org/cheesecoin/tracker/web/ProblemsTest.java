package org.cheesecoin.tracker.web;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;

import org.cheesecoin.chain.wire.TrackerRequest.LeaseRequest;
import org.cheesecoin.tracker.testing.TestMember;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import io.swagger.v3.oas.annotations.Hidden;

import static org.assertj.core.api.Assertions.assertThat;

/** Every kind of error is a problem document, and what is published is true. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"cheesecoin.tracker.calls-per-minute=5", "spring.test.metrics.export=true"})
@AutoConfigureRestTestClient
class ProblemsTest {

    private static final TestMember ANNA = TestMember.of(1);

    @Autowired private RestTestClient client;
    @LocalServerPort private int port;

    @TestConfiguration
    static class WithABug {
        @Hidden
        @RestController
        static class Buggy {
            @GetMapping("/bug")
            String bug() {
                throw new IllegalStateException("a secret of our insides");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/unknown", "/peers/x/y", "/error", "/actuator/env", "/actuator/unknown", "/index.html"})
    void unknownPathsAreNotFound(String path) {
        problem(client.get().uri(path).exchange(), 404, "not-found");
    }

    @Test
    void aWrongMethodIsNotAllowed() {
        problem(client.patch().uri("/peers").exchange(), 405, "method-not-allowed");
        problem(client.method(HttpMethod.POST).uri("/peers/{id}", ANNA.id()).exchange(), 405, "method-not-allowed");
    }

    @Test
    void anAnswerThatNobodyCanGiveIsNotAcceptable() {
        problem(client.get().uri("/peers?network={id}", TestMember.NETWORK).accept(MediaType.TEXT_HTML).exchange(),
                406, "not-acceptable");
    }

    @Test
    void anotherMediaTypeIsUnsupported() {
        problem(client.put().uri("/peers/{id}", ANNA.id()).contentType(MediaType.TEXT_PLAIN).body("x").exchange(),
                415, "unsupported-media-type");
    }

    @Test
    void aLongBodyIsTooLarge() {
        problem(put(" ".repeat(16_385)), 413, "content-too-large");
        problem(put(" ".repeat(16_384)), 400, "malformed-request");
    }

    @Test
    void aLongBodyOfUnknownLengthIsTooLarge() throws IOException {
        String chunk = "4000\r\n" + " ".repeat(0x4000) + "\r\n";
        assertThat(raw("PUT /peers/" + ANNA.id() + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n" + chunk + chunk + "0\r\n\r\n"))
                .startsWith("HTTP/1.1 413").contains("urn:cheesecoin:problem:content-too-large");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "[]", "3", "null", "{", "{}", "{\"a\":1}"})
    void aBodyThatIsNotTheJsonIsMalformed(String body) {
        problem(put(body), 400, "malformed-request");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "\"height\":7 | \"height\":-1 | body",
            "\"height\":7 | \"height\":2147483648 | tip.height",
            "\"height\":7 | \"height\":7.5 | tip.height",
            "\"height\":7 | \"height\":\"7\" | tip.height",
            "\"height\":7 | \"height\":null | tip.height",
            "\"height\":7 | \"height\":7,\"more\":7 | tip.more",
            "\"height\":7 | \"height\":7,\"height\":8 | tip",
            "\"version\":\"0.1.0\" | \"version\":\"\u00e4\" | body",
            "\"version\":\"0.1.0\" | \"version\":7 | version",
            "\"connectedTo\":[] | \"connectedTo\":[\"02\"] | connectedTo[0]",
            "\"connectedTo\":[] | \"connectedTo\":[null] | connectedTo[0]",
            "\"connectedTo\":[] | \"connectedTo\":null | connectedTo",
            "/gossip | /other | gossipUrl",
            "ws:// | http:// | gossipUrl",
            "\"issuedAtMillis\":1, | \"issuedAtMillis\":-1, | peerRecord.issuedAtMillis",
            "\"issuedAtMillis\":5, | \"issuedAtMillis\":9007199254740992, | issuedAtMillis",
            "\"signature\":\" | \"signature\":\"00 | peerRecord.signature"})
    void aFieldOfAnotherFormIsNamed(String good, String bad, String field) {
        LeaseRequest lease = ANNA.lease();
        String body = TestMember.json(lease, 5, ANNA.sign("http://x", lease, 5));
        assertThat(body).contains(good);
        problem(put(body.replaceFirst(java.util.regex.Pattern.quote(good), bad)), 400, "malformed-request")
                .jsonPath("$.field").isEqualTo(field);
    }

    @Test
    void aBrokenRuleIsNamedWithItsValues() {
        LeaseRequest lease = ANNA.lease();
        String body = TestMember.json(lease, 5, ANNA.sign("http://x", lease, 5)).replace("/gossip", "/admin");
        problem(put(body), 400, "malformed-request")
                .jsonPath("$.rule").isEqualTo("ENC-VALUE")
                .jsonPath("$.values.gossipUrl").isEqualTo("ws://10.0.0.1:1001/admin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/peers", "/peers?network=12", "/peers?network=zz", "/networks/12",
            "/peers?network=0000000000000000000000000000000000000000000000000000000000000000&limit=0",
            "/peers?network=0000000000000000000000000000000000000000000000000000000000000000&limit=101",
            "/peers?network=0000000000000000000000000000000000000000000000000000000000000000&limit=x"})
    void aParameterOfAnotherFormIsMalformed(String path) {
        problem(client.get().uri(path).exchange(), 400, "malformed-request");
    }

    @Test
    void anIdOfAnotherFormIsMalformed() {
        problem(client.delete().uri("/peers/12?issuedAtMillis=1&signature=00").exchange(), 400, "malformed-request");
        problem(client.delete().uri("/peers/{id}", ANNA.id()).exchange(), 400, "malformed-request");
    }

    @Test
    void aBugTellsNothingOfOurInsides() {
        byte[] body = client.get().uri("/bug").exchange().expectStatus().isEqualTo(500)
                .expectHeader().contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody().returnResult().getResponseBody();
        assertThat(new String(body, StandardCharsets.UTF_8))
                .contains("urn:cheesecoin:problem:internal-error")
                .doesNotContain("secret").doesNotContain("Exception").doesNotContain("org.");
    }

    @ParameterizedTest
    @CsvSource({"GET /%2f HTTP/1.1, 400", "GET /a%00b HTTP/1.1, 400", "TRACE / HTTP/1.1, 405",
            "GET /a\\b HTTP/1.1, 400", "GET /<> HTTP/1.1, 400"})
    void whatTomcatRefusesIsAProblemToo(String line, String status) throws IOException {
        assertThat(raw(line + "\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 " + status)
                .containsIgnoringCase("content-type: application/problem+json")
                .contains("\"type\":\"urn:cheesecoin:problem:")
                .doesNotContain("<html").doesNotContain("Tomcat");
    }

    @Test
    void callsTooManyOfAnAddressAreRefused() {
        LeaseRequest lease = ANNA.lease();
        String body = TestMember.json(lease, 5, ANNA.sign("http://x", lease, 5));
        // More than two budgets, since a minute may begin in between
        var refused = IntStream.range(0, 12).mapToObj(_ -> put(body))
                .filter(it -> it.returnResult().getStatus().value() == 429)
                .findFirst().orElseThrow();
        problem(refused.expectHeader().exists(HttpHeaders.RETRY_AFTER), 429, "too-many-calls");
    }

    @Test
    void theDocumentNamesEveryOperation() {
        client.get().uri("/v3/api-docs").exchange().expectStatus().isOk().expectBody()
                .jsonPath("$.info.title").isEqualTo("CheeseCoin tracker")
                .jsonPath("$.paths.length()").isEqualTo(4)
                .jsonPath("$.paths['/peers'].get.summary").exists()
                .jsonPath("$.paths['/peers/{nodeId}'].put.responses['409']"
                        + ".content['application/problem+json'].schema['$ref']")
                .isEqualTo("#/components/schemas/Problem")
                .jsonPath("$.paths['/peers/{nodeId}'].put.responses['200'].content['application/json']").exists()
                .jsonPath("$.paths['/peers/{nodeId}'].delete.responses['204']").exists()
                .jsonPath("$.paths['/peers/{nodeId}'].delete.responses['200']").doesNotExist()
                .jsonPath("$.paths['/peers/{nodeId}/reports'].post.responses['202']").exists()
                .jsonPath("$.paths['/networks/{networkId}'].get.responses['200']").exists()
                .jsonPath("$.components.schemas.LeaseRequest.properties.gossipUrl.example").exists()
                .jsonPath("$.components.schemas.LeaseRequest.required.length()").isEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health/liveness", "/actuator/health/readiness", "/actuator/prometheus",
            "/swagger-ui/index.html"})
    void operatorsFindTheirPages(String path) {
        client.get().uri(path).exchange().expectStatus().isOk();
    }

    @Test
    void swaggerUiIsWhereItIsLookedFor() {
        client.get().uri("/swagger-ui.html").exchange().expectStatus().isFound();
    }

    private RestTestClient.ResponseSpec put(String body) {
        return client.put().uri("/peers/{id}", ANNA.id()).contentType(MediaType.APPLICATION_JSON).body(body)
                .exchange();
    }

    private String raw(String request) throws IOException {
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static RestTestClient.BodyContentSpec problem(RestTestClient.ResponseSpec response, int status,
            String name) {
        return response.expectStatus().isEqualTo(status)
                .expectHeader().contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.type").isEqualTo("urn:cheesecoin:problem:" + name)
                .jsonPath("$.title").exists()
                .jsonPath("$.status").isEqualTo(status);
    }
}
