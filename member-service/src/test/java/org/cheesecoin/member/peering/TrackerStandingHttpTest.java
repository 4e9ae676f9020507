package org.cheesecoin.member.peering;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import org.cheesecoin.membertest.RunningMember;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Whoever is alone learns from its log and from GET /node how its tracker sees it. */
@ExtendWith(OutputCaptureExtension.class)
class TrackerStandingHttpTest {

    private static final String LEASE = """
            {"leaseMillis":30000,"expiresAtMillis":1,"listed":%s,%s"peers":[%s]}""";

    private final AtomicReference<Answer> answer = new AtomicReference<>(unlisted(Optional.empty()));
    private final AtomicReference<String> saidUrl = new AtomicReference<>("");
    private HttpServer server;
    private String tracker = "";
    @TempDir private Path folder;

    private record Answer(int status, String body) {}

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.createContext("/", this::answer);
        server.start();
        tracker = "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            saidUrl.set(String.valueOf(exchange.getRequestHeaders().getFirst("CheeseCoin-Tracker-Url")));
            Answer now = answer.get();
            byte[] body = now.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type",
                    now.status() == 200 ? "application/json" : "application/problem+json");
            exchange.sendResponseHeaders(now.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static Answer unlisted(Optional<String> reason) {
        return new Answer(200, LEASE.formatted(false, reason.map("\"reason\":\"%s\","::formatted).orElse(""), ""));
    }

    @Test
    void warnsOnceThatItsTrackerCannotReachItAndAgainWhenTheReasonChanges(CapturedOutput output) {
        try (RunningMember member = start()) {
            awaitState(member, "waiting", Optional.empty());
            assertThat(saidUrl.get()).isEqualTo(tracker);

            answer.set(unlisted(Optional.of("the name laptop-7 leads\\nnowhere")));
            awaitState(member, "unreachable", Optional.of("the name laptop-7 leads?nowhere"));
            answer.set(unlisted(Optional.of("no WebSocket opens there")));
            awaitState(member, "unreachable", Optional.of("no WebSocket opens there"));
            answer.set(new Answer(200, LEASE.formatted(true, "", "")));
            awaitState(member, "listed", Optional.empty());
        }

        assertThat(output.getAll())
                .containsOnlyOnce(
                        "Tracker " + tracker + " cannot reach this member at ws://laptop-7:8081/gossip, and tells "
                                + "nobody of it: the name laptop-7 leads?nowhere. Set CHEESECOIN_GOSSIP_URL")
                .containsOnlyOnce("nobody of it: no WebSocket opens there. Set CHEESECOIN_GOSSIP_URL")
                .containsOnlyOnce("Tracker " + tracker + " reaches this member now");
    }

    @Test
    void logsEachReasonOfATrackerThatGivesNoLease(CapturedOutput output) {
        answer.set(new Answer(409, """
                {"type":"urn:cheesecoin:problem:url-taken","title":"Another member is listed at this URL","status":409,
                 "detail":"127.0.0.1 is every machine itself"}"""));
        try (RunningMember member = start()) {
            awaitState(member, "no-lease",
                    Optional.of("Another member is listed at this URL: 127.0.0.1 is every machine itself"));

            answer.set(new Answer(401, """
                    {"type":"urn:cheesecoin:problem:bad-signature","title":"The request's signature does not hold","status":401,
                     "detail":"x","values":{"trackerUrls":"http://tracker:8080"}}"""));
            String called = "it is called http://tracker:8080, and signatures are for one name: name it so in "
                    + "CHEESECOIN_TRACKERS, or give it " + tracker + " too in its CHEESECOIN_TRACKER_URL";
            awaitState(member, "no-lease", Optional.of(called));

            answer.set(new Answer(502, "<html>"));
            awaitState(member, "no-lease", Optional.of("it answered 502 BAD_GATEWAY"));
            answer.set(new Answer(200, LEASE.formatted(true, "", "")));
            awaitState(member, "listed", Optional.empty());
        }

        assertThat(output.getAll())
                .containsOnlyOnce("gave no lease, and is asked again: Another member is listed at this URL")
                .containsOnlyOnce("gave no lease, and is asked again: it is called http://tracker:8080")
                .containsOnlyOnce("gave no lease, and is asked again: it answered 502")
                .containsOnlyOnce("Tracker " + tracker + " gives leases again");
    }

    @Test
    void aPeerThatNobodyCanDialCostsNoLease() {
        String strange = """
                {"nodeId":"%s","networkId":"%s","gossipUrl":"ws://member_1:8081/gossip","issuedAtMillis":1,"signature":"%s"}"""
                .formatted("02".repeat(33), "00".repeat(32), "01".repeat(64));
        answer.set(new Answer(200, LEASE.formatted(true, "", strange)));
        try (RunningMember member = start()) {
            awaitState(member, "listed", Optional.empty());
            assertThat(member.get("/peers?state=known").json().get("items")).isEmpty();
        }
    }

    private RunningMember start() {
        return RunningMember.in(folder, "--cheesecoin.trackers=" + tracker,
                "--cheesecoin.gossip.url=ws://laptop-7:8081/gossip");
    }

    private void awaitState(RunningMember member, String state, Optional<String> reason) {
        await().untilAsserted(() -> {
            JsonNode shown = member.get("/node").json().get("trackers").get(0);
            assertThat(shown.get("url").stringValue()).isEqualTo(tracker);
            assertThat(shown.get("state").stringValue()).isEqualTo(state);
            assertThat(Optional.ofNullable(shown.get("reason")).map(JsonNode::stringValue)).isEqualTo(reason);
        });
    }
}
