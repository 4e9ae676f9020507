package org.cheesecoin.tracker.web;

import java.util.regex.Pattern;

import org.cheesecoin.chain.wire.TrackerRequest.LeaseRequest;
import org.cheesecoin.tracker.testing.TestMember;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/** What the tracker refuses, and what it publishes; what it shares with the member is tested in web-support. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "spring.test.metrics.export=true")
@AutoConfigureRestTestClient
class ProblemsTest {

    private static final TestMember ANNA = TestMember.of(1);

    @Autowired private RestTestClient client;

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
    void aLongBodyIsTooLarge() {
        problem(put(" ".repeat(16_385)), 413, "body-too-large");
        problem(put(" ".repeat(16_384)), 400, "invalid-value");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "\"height\":7 | \"height\":-1 | body",
            "\"height\":7 | \"height\":2147483648 | tip.height",
            "\"height\":7 | \"height\":7.5 | tip.height",
            "\"height\":7 | \"height\":\"7\" | tip.height",
            "\"height\":7 | \"height\":null | tip.height",
            "\"height\":7 | \"height\":7,\"more\":7 | tip.more",
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
        put(body.replaceFirst(Pattern.quote(good), bad)).expectStatus().isEqualTo(400).expectBody()
                .jsonPath("$.values.field").isEqualTo(field);
    }

    @Test
    void aBrokenRuleIsNamedWithItsValues() {
        LeaseRequest lease = ANNA.lease();
        String body = TestMember.json(lease, 5, ANNA.sign("http://x", lease, 5)).replace("/gossip", "/admin");
        problem(put(body), 400, "invalid-value")
                .jsonPath("$.rule").isEqualTo("ENC-VALUE")
                .jsonPath("$.values.gossipUrl").isEqualTo("ws://10.0.0.1:1001/admin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/peers", "/peers?network=12", "/peers?network=zz", "/networks/12",
            "/peers?network=0000000000000000000000000000000000000000000000000000000000000000&limit=0",
            "/peers?network=0000000000000000000000000000000000000000000000000000000000000000&limit=101",
            "/peers?network=0000000000000000000000000000000000000000000000000000000000000000&limit=x"})
    void aParameterOfAnotherFormIsMalformed(String path) {
        problem(client.get().uri(path).exchange(), 400, "invalid-value");
    }

    @Test
    void anIdOfAnotherFormIsMalformed() {
        problem(client.delete().uri("/peers/12?issuedAtMillis=1&signature=00").exchange(), 400, "invalid-value");
        problem(client.delete().uri("/peers/{id}", ANNA.id()).exchange(), 400, "invalid-value");
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
