package org.cheesecoin.member.web;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;

import org.cheesecoin.member.settings.DataFolder;
import org.cheesecoin.membertest.ShellApplication;
import org.cheesecoin.webtest.Http;
import org.cheesecoin.webtest.Http.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** Who may call what, over real HTTP; what tracker and member have in common is tested in web-support. */
@SpringBootTest(
        classes = ShellApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"management.prometheus.metrics.export.enabled=true",
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

    @ParameterizedTest
    @CsvSource({"GET /a//b", "GET /a;b=c", "FOO /open/1"})
    void whatCouldBeReadInTwoWaysIsRefused(String call) throws IOException {
        assertThat(http.raw(call + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400").contains("urn:cheesecoin:problem:malformed-request");
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
        var open = contract.get("paths").get("/open/{number}").get("get");
        assertThat(open.has("security")).isFalse();
        assertThat(open.get("responses").propertyNames()).doesNotContain("401");
    }
}
