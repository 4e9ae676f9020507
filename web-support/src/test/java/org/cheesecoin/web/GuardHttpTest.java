package org.cheesecoin.web;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.coyote.http11.Http11NioProtocol;
import org.cheesecoin.web.guard.Account;
import org.cheesecoin.web.guard.GuardLimits;
import org.cheesecoin.web.guard.Share;
import org.cheesecoin.webtest.HeldCalls;
import org.cheesecoin.webtest.LogWatch;
import org.cheesecoin.webtest.Raw;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a stranger may make the HTTP server hold, and that others are served meanwhile. */
@SpringBootTest(
        classes = GuardHttpTest.Service.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"spring.threads.virtual.enabled=true", "server.tomcat.processor-cache=77",
                "server.tomcat.max-connections=77", "server.tomcat.connection-timeout=77s",
                "server.tomcat.keep-alive-timeout=77s", "server.tomcat.max-keep-alive-requests=10000"})
class GuardHttpTest {

    private static final int MAX_BODY_BYTES = 100_000;
    /** Times short enough for a test, and shares that a test can fill. */
    private static final GuardLimits LIMITS = new GuardLimits(new Share(24, 12), new Share(8, 4), new Share(8, 4),
            new Share(16, 8), new Share(4, 2), new Share(300_000, 120_000), 1_500, 1_500, 50_000, 1_000, 1_000_000,
            3_000);
    private static final HeldCalls HELD = new HeldCalls();
    private static final int SOON_MILLIS = 4_000;
    /** Sooner than an idle connection is closed. */
    private static final int AT_ONCE_MILLIS = 2_000;
    private static final String GET = "GET /open/1 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
    private static final String POST = "POST /pay HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n";
    private static final String PAYMENT = "{\"to\":\"a\",\"amountCrumbs\":1}";

    private final List<Raw> open = new ArrayList<>();

    @LocalServerPort private int port;
    @Autowired private Account account;
    @Autowired private ServletWebServerApplicationContext context;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({WebSupport.class, WebSupportHttpTest.Calls.class, GuardHttpTest.Streams.class, Held.class})
    static class Service {

        @Bean
        WebSettings webSettings() {
            return new WebSettings(MAX_BODY_BYTES, List.of(new CallRate(_ -> true, 10_000, Duration.ofSeconds(1))),
                    List.of(), List.of(), new HostNames(List.of()), LIMITS,
                    TrustedProxies.NONE);
        }
    }

    /** A stream that has always more to say, as the member's events on a busy day. */
    @RestController
    static class Streams {

        static final AtomicInteger OPEN = new AtomicInteger();

        @GetMapping("/stream")
        SseEmitter stream() {
            SseEmitter emitter = new SseEmitter(0L);
            OPEN.incrementAndGet();
            Thread.ofVirtual().start(() -> {
                try {
                    while (true) {
                        emitter.send("x".repeat(8_000));
                    }
                } catch (IOException | IllegalStateException _) {
                    OPEN.decrementAndGet();
                }
            });
            return emitter;
        }
    }

    @RestController
    static class Held {

        @GetMapping("/held")
        String held() {
            return HELD.hold();
        }
    }

    /** The first call makes the framework say that it is ready. */
    @BeforeEach
    void isQuiet() throws IOException {
        isServed("127.0.0.1");
        await().untilAsserted(() -> assertThat(account.connections()).isZero());
    }

    @AfterEach
    void hangUp() throws IOException {
        for (Raw raw : open) {
            raw.close();
        }
        HELD.endAll();
    }

    private Raw connect(String address) throws IOException {
        Raw raw = Raw.from(address, port);
        open.add(raw);
        return raw;
    }

    private void isServed(String address) throws IOException {
        try (Raw raw = Raw.from(address, port)) {
            raw.send(GET.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
            assertThat(raw.rest()).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void idleConnectionsMakeRoomForWhoeverCalls() throws IOException {
        for (int i = 0; i < 3 * LIMITS.connections().all(); i++) {
            connect("127.0.0.1");
            if (i % 10 == 0) {
                isServed("127.0.0.1");
                isServed("127.0.0.2");
            }
        }
        isServed("127.0.0.1");
        assertThat(account.connections()).isLessThanOrEqualTo(LIMITS.connections().each() + 1);
    }

    @Test
    void idleConnectionsOfManyAddressesDoToo() throws IOException {
        for (int i = 0; i < 3 * LIMITS.connections().all(); i++) {
            connect("127.0.0." + (2 + i % 7));
        }
        isServed("127.0.0.1");
        assertThat(account.connections()).isLessThanOrEqualTo(LIMITS.connections().all() + 1);
    }

    @Test
    void anIdleConnectionIsClosedInTheEnd() throws IOException {
        assertThat(connect("127.0.0.1").closesWithin(LIMITS.idleMillis() + SOON_MILLIS)).isTrue();
        Raw again = connect("127.0.0.1").send(GET);
        assertThat(again.closesWithin(LIMITS.idleMillis() + SOON_MILLIS)).isTrue();
    }

    @Test
    void anUnfinishedHeadHasItsTimeByTheClockWhateverComes() throws IOException {
        Raw raw = connect("127.0.0.1").send("GET /open/1 HTTP/1.1\r\nHost: 127.0.0.1\r\nA: ");
        long before = System.nanoTime();
        while (!raw.closesWithin(100)) {
            try {
                raw.send("a");
            } catch (IOException _) {
                break;
            }
        }
        assertThat(Duration.ofNanos(System.nanoTime() - before))
                .isLessThan(Duration.ofMillis(LIMITS.headMillis() + SOON_MILLIS));
        await().untilAsserted(() -> assertThat(account.unfinishedHeads()).isZero());
    }

    @Test
    void unfinishedHeadsAreOfABoundedNumberAndOthersAreServed() throws IOException {
        try (var log = new LogWatch()) {
            for (int i = 0; i < 40; i++) {
                connect("127.0.0." + (1 + i % 3)).send("GET /open/1 HTTP/1.1\r\nA: ");
                assertThat(account.unfinishedHeads()).isLessThanOrEqualTo((int) LIMITS.heads().all());
            }
            // those that gave way are closed a moment later, and have the places of their address until then
            await().untilAsserted(() -> isServed("127.0.0.1"));
            await().untilAsserted(() -> isServed("127.0.0.4"));
            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void anUnfinishedBodyHasItsTimeByTheClockAndIsToldSo() throws IOException {
        Raw raw = connect("127.0.0.1").send(POST + "Content-Length: 1000\r\n\r\n");
        long end = System.nanoTime() + Duration.ofMillis(LIMITS.bodyMillis() + SOON_MILLIS).toNanos();
        Thread trickle = Thread.ofVirtual().start(() -> {
            try {
                while (System.nanoTime() < end) {
                    raw.send(" ");
                    Thread.sleep(50);
                }
            } catch (IOException | InterruptedException _) {
                // it is closed
                Thread.currentThread().interrupt();
            }
        });
        assertThat(raw.rest()).startsWith("HTTP/1.1 408").contains("urn:cheesecoin:problem:request-timeout");
        assertThat(System.nanoTime()).isLessThan(end);
        trickle.interrupt();
        // the caller may see the end before the account does
        await().untilAsserted(() -> assertThat(account.unfinishedBodies()).isZero());
    }

    @Test
    void unfinishedBodiesAreOfABoundedNumberAndOthersAreServed() throws IOException {
        try (var log = new LogWatch()) {
            for (int i = 0; i < 60; i++) {
                connect("127.0.0." + (1 + i % 3)).send(POST + "Content-Length: 90000\r\n\r\n{");
                assertThat(account.unfinishedBodies()).isLessThanOrEqualTo((int) LIMITS.bodies().all());
            }
            for (String address : List.of("127.0.0.1", "127.0.0.4")) {
                isServed(address);
                try (Raw raw = Raw.from(address, port)) {
                    // in two parts, as many clients send it
                    raw.send(POST + "Connection: close\r\nContent-Length: " + PAYMENT.length() + "\r\n\r\n");
                    raw.send(PAYMENT);
                    assertThat(raw.rest()).startsWith("HTTP/1.1 200");
                }
            }
            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void bytesOfBodiesAreTakenAsTheyComeAndGivenBack() throws IOException {
        for (int i = 0; i < 4; i++) {
            connect("127.0.0." + (1 + i)).send(POST + "Content-Length: 90000\r\n\r\n{");
        }
        await().untilAsserted(() -> assertThat(account.unfinishedBodies()).isEqualTo(4));
        assertThat(account.bodyBytes()).isLessThan(10_000);
        for (Raw raw : open) {
            raw.send(" ".repeat(80_000));
        }
        // the room of all is for two such bodies
        assertThat(open.stream().map(GuardHttpTest::rest)).anyMatch(it -> it.startsWith("HTTP/1.1 503")
                && it.contains("Retry-After"));
        hangUp();
        await().untilAsserted(() -> assertThat(account.bodyBytes()).isZero());
    }

    private static String rest(Raw raw) {
        try {
            return raw.rest();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aSlowReaderOfManyAnswersIsLetGo() throws IOException {
        Raw raw = connect("127.0.0.1");
        raw.socket().setReceiveBufferSize(1_024);
        Thread.ofVirtual().start(() -> {
            try {
                for (int i = 0; i < 100_000; i++) {
                    raw.send(GET);
                }
            } catch (IOException _) {
                // it is closed, which is what the test waits for
            }
        });
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(account.connections()).isZero());
        isServed("127.0.0.1");
    }

    /** Its thread would stand in a write for good, and its place with it. */
    @Test
    void aReaderOfAStreamThatDoesNotReadIsLetGo() throws IOException {
        Raw raw = connect("127.0.0.1");
        raw.socket().setReceiveBufferSize(1_024);
        raw.send("GET /stream HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
        await().untilAsserted(() -> assertThat(Streams.OPEN.get()).isOne());
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(Streams.OPEN.get()).isZero());
        await().untilAsserted(() -> assertThat(account.connections()).isZero());
        isServed("127.0.0.1");
    }

    @Test
    void soManyCallsOfOneAddressAreAtWorkAndOthersAreServed() throws IOException {
        int each = (int) LIMITS.calls().each();
        for (int i = 0; i < each + 3; i++) {
            open.add(HeldCalls.begin("127.0.0.1", port, "/held"));
        }
        await().untilAsserted(() -> assertThat(HELD.atWork()).isGreaterThanOrEqualTo(each));
        for (int i = 2; i < 6; i++) {
            isServed("127.0.0." + i);
        }
        HELD.letGo(each + 3);
        for (Raw raw : open) {
            assertThat(raw.rest()).endsWith("held");
        }
        assertThat(HELD.most()).isEqualTo(each);
    }

    /** Otherwise whoever opens connections faster than calls end has as many as it likes, each with a thread that waits. */
    @Test
    void whoIsCrowdedOutWhileItWaitsForItsTurnIsGoneAtOnce() throws IOException {
        int each = (int) LIMITS.calls().each();
        for (int i = 0; i < each; i++) {
            open.add(HeldCalls.begin("127.0.0.2", port, "/held"));
        }
        await().untilAsserted(() -> assertThat(HELD.atWork()).isEqualTo(each));
        List<Raw> waiting = new ArrayList<>();
        for (int i = each; i < LIMITS.connections().each(); i++) {
            waiting.add(connect("127.0.0.2").send(GET));
        }

        for (int i = 0; i < waiting.size(); i++) {
            connect("127.0.0.2").send(GET);
        }

        for (Raw raw : waiting) {
            assertThat(raw.closesWithin(AT_ONCE_MILLIS)).isTrue();
        }
        assertThat(HELD.atWork()).isEqualTo(each);
        isServed("127.0.0.3");
    }

    @Test
    void whatAFrameworkOrAnOwnerSetsDoesNotUndoTheGuard() {
        Http11NioProtocol protocol = (Http11NioProtocol) ((TomcatWebServer) context.getWebServer()).getTomcat()
                .getConnector().getProtocolHandler();

        assertThat(protocol.getProcessorCache()).isEqualTo(16);
        assertThat(protocol.getMaxConnections()).isEqualTo(-1);
        assertThat(protocol.getKeepAliveTimeout()).isEqualTo(LIMITS.idleMillis());
        assertThat(protocol.getConnectionTimeout()).isEqualTo(LIMITS.headMillis());
    }

    @Test
    void manyCallsOnOneConnectionAreServedInTheirOrder() throws IOException {
        Raw raw = connect("127.0.0.1");
        String last = GET.replace("/open/1", "/open/7").replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
        raw.send(GET.repeat(50) + POST + "Content-Length: " + PAYMENT.length() + "\r\n\r\n" + PAYMENT + last);
        String answers = raw.rest();
        assertThat(answers.split("HTTP/1.1 200", -1)).hasSize(53);
        assertThat(answers).contains("\"amountCrumbs\":7");
    }
}
