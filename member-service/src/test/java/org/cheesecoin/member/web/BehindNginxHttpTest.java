package org.cheesecoin.member.web;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

import javax.net.ssl.SSLSocket;

import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.member.mining.OnDemandMiner;
import org.cheesecoin.membertest.RawGossip;
import org.cheesecoin.membertest.TestMember;
import org.cheesecoin.webtest.Nginx;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A member behind a real nginx with TLS and a prefix, as docs/operations.md says. */
class BehindNginxHttpTest {

    private static final String NAME = "coin.example.org";
    private static final String OWNER = "127.0.0.1";
    private static final int CALLS_PER_SECOND = 20;

    private static TestMember member;
    private static Nginx nginx;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        member = TestMember.start("cheesecoin.http.trusted-proxies=127.0.0.1",
                "cheesecoin.gossip.url=wss://" + NAME + ":443/gossip",
                "cheesecoin.http.calls-per-second=" + CALLS_PER_SECOND);
        nginx = Nginx.start(member.http().request("/").build().uri().getPort(), 8081);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (nginx != null) {
            nginx.close();
        }
        member.close();
    }

    @ParameterizedTest
    @CsvSource({"/v3/api-docs", "/v3/api-docs.yaml", "/v3/api-docs/swagger-config", "/swagger-ui/index.html",
            "/actuator/health", "/actuator/health/liveness", "/actuator/prometheus", "/node"})
    void whatIsOpenIsOpenUnderThePrefix(String path) throws IOException {
        assertThat(nginx.call(OWNER, NAME, "GET /coin" + path)).startsWith("HTTP/1.1 200");
    }

    /** However they spell it. */
    @ParameterizedTest
    @ValueSource(strings = {"/coin/actuator/prometheus", "/coin/actuator;x/prometheus", "/coin/;x/actuator/prometheus",
            "/coin/%61ctuator/prometheus", "/coin//actuator/prometheus", "/coin/x/../actuator/prometheus"})
    void metricsAreNotForStrangers(String path) throws IOException {
        assertThat(nginx.call("127.0.0.75", NAME, "GET " + path)).doesNotStartWith("HTTP/1.1 200");
    }

    @Test
    void waitsForAsLongAsAMemberMayMineOnDemand() throws IOException {
        String api = Nginx.configuration().replaceAll("(?s).*location /coin/ \\{(.*?)\\}.*", "$1");
        long waitSeconds = Long.parseLong(api.replaceAll("(?s).*proxy_read_timeout (\\d+)s;.*", "$1"));
        assertThat(waitSeconds * 1_000).isGreaterThan(
                OnDemandMiner.MAX_REQUEST_MILLIS + 2 * OnDemandMiner.MAX_WAIT_MILLIS);
    }

    @Test
    void swaggerUiFindsItsDocumentAndCallsWhereItIs() throws IOException {
        assertThat(nginx.call(OWNER, NAME, "GET /coin")).startsWith("HTTP/1.1 308").contains("/coin/swagger-ui.html");
        assertThat(nginx.call(OWNER, NAME, "GET /coin/swagger-ui.html")).startsWith("HTTP/1.1 302")
                .contains("Location: /coin/swagger-ui/index.html");
        assertThat(nginx.call(OWNER, NAME, "GET /coin/swagger-ui/swagger-initializer.js"))
                .contains("\"/coin/v3/api-docs/swagger-config\"");
        assertThat(nginx.call(OWNER, NAME, "GET /coin/v3/api-docs/swagger-config"))
                .contains("\"url\":\"/coin/v3/api-docs\"").doesNotContain("http://");
        assertThat(nginx.call(OWNER, NAME, "GET /coin/v3/api-docs")).contains("\"servers\":[{\"url\":\"/coin\"")
                .doesNotContain("http://" + NAME);
    }

    @Test
    void aProblemNamesWhatWasCalled() throws IOException {
        assertThat(nginx.call(OWNER, NAME, "GET /coin/nothing")).startsWith("HTTP/1.1 404")
                .contains("\"instance\":\"/coin/nothing\"");
        assertThat(nginx.call(OWNER, NAME, "GET /coin/wallet")).startsWith("HTTP/1.1 401")
                .contains("\"instance\":\"/coin/wallet\"");
        assertThat(nginx.call(OWNER, NAME, "GET /coin/wallet", "Authorization: Bearer " + member.token()))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void isNotCalledByANameThatAStrangerCanPointHere() throws IOException {
        assertThat(nginx.say(OWNER, NAME, "GET /coin/node HTTP/1.1\r\nHost: evil.example\r\n"
                + "X-Forwarded-Host: localhost\r\nForwarded: host=localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 421");
    }

    /** Through nginx's defaults events came in one heap, minutes late. */
    @Test
    void eventsComeWhenTheyHappen() throws IOException {
        try (SSLSocket socket = nginx.connect("127.0.0.73", NAME)) {
            socket.getOutputStream().write(("GET /coin/events HTTP/1.1\r\nHost: " + NAME
                    + "\r\nAccept-Encoding: gzip\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            var lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            assertThat(lines.readLine()).startsWith("HTTP/1.1 200");
            readTo(lines, ":from here on");
            member.mine(1);
            readTo(lines, "event:cheese");
        }
    }

    /** Reads on to a line; the socket's own patience ends a wait in vain. */
    private static void readTo(BufferedReader lines, String wanted) throws IOException {
        String line = lines.readLine();
        while (line != null && !line.equals(wanted)) {
            line = lines.readLine();
        }
        assertThat(line).isEqualTo(wanted);
    }

    @Test
    void callersBehindTheProxyHaveBudgetsOfTheirOwn() throws IOException {
        String call = "GET /coin/node HTTP/1.1\r\nHost: " + NAME + "\r\nX-Forwarded-For: 6.6.6.%d\r\n";
        StringBuilder calls = new StringBuilder();
        for (int i = 0; i < 10 * CALLS_PER_SECOND; i++) {
            calls.append(call.formatted(i)).append("\r\n");
        }
        calls.append(call.formatted(0)).append("Connection: close\r\n\r\n");
        assertThat(nginx.say("127.0.0.71", NAME, calls.toString())).contains("HTTP/1.1 200", "HTTP/1.1 429");
        assertThat(nginx.call("127.0.0.72", NAME, "GET /coin/node")).startsWith("HTTP/1.1 200");
    }

    @Test
    void gossipPassesAndIsCountedByTheAddressBehindTheProxy() throws IOException {
        try (RawGossip peer = RawGossip.over(nginx.connect("127.0.0.74", NAME), NAME)) {
            peer.join(TestMember.NETWORK.id(), TestKeys.key(7));
            assertThat(member.get("/peers?state=connected").response().body())
                    .contains("\"remoteAddress\":\"127.0.0.74\"");
        }
    }
}
