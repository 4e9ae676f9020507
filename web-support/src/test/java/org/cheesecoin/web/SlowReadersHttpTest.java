package org.cheesecoin.web;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ref.WeakReference;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.cheesecoin.web.guard.Account;
import org.cheesecoin.web.guard.GuardLimits;
import org.cheesecoin.webtest.LogWatch;
import org.cheesecoin.webtest.Raw;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Whoever asks and does not read holds a few answers, and none of the turns that others need. */
@SpringBootTest(
        classes = SlowReadersHttpTest.Service.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"spring.threads.virtual.enabled=true", "server.tomcat.max-keep-alive-requests=10000"})
class SlowReadersHttpTest {

    /** What a long page has. A connection's buffers in both kernels hold some forty of them. */
    private static final int PAGE_BYTES = 150_000;
    private static final int CLIENTS = 60;
    private static final int ADDRESSES = 30;
    private static final Duration A_SECOND = Duration.ofSeconds(1);
    private static final GuardLimits LIMITS = GuardLimits.within(12 << 20, 2_048);
    private static final Queue<WeakReference<byte[]>> PAGES = new ConcurrentLinkedQueue<>();

    private final List<Raw> open = new ArrayList<>();

    @LocalServerPort private int port;
    @Autowired private Account account;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({WebSupport.class, Calls.class})
    static class Service {

        @Bean
        WebSettings webSettings() {
            return new WebSettings(2_048, List.of(), List.of(), List.of(), new HostNames(List.of()), LIMITS,
                    TrustedProxies.NONE);
        }
    }

    @RestController
    static class Calls {

        @GetMapping("/page")
        byte[] page() {
            byte[] page = new byte[PAGE_BYTES];
            PAGES.add(new WeakReference<>(page));
            return page;
        }

        @GetMapping("/short")
        String small() {
            return "short";
        }
    }

    /** The first call makes the framework say that it is ready. */
    @BeforeEach
    void isQuiet() throws IOException {
        timeOfAnHonestOne();
        await().untilAsserted(() -> assertThat(account.connections()).isZero());
    }

    @AfterEach
    void hangUp() throws IOException {
        for (Raw raw : open) {
            raw.reset();
        }
        await().untilAsserted(() -> assertThat(account.connections()).isZero());
        assertThat(account.waitingForReaders()).isZero();
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
    }

    private void isServed(String address) throws IOException {
        try (Raw raw = Raw.from(address, port)) {
            raw.send(get("/short").replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
            assertThat(raw.rest()).startsWith("HTTP/1.1 200");
        }
    }

    private Raw connect(int number) throws IOException {
        Raw raw = Raw.from("127.0.1." + (1 + number % ADDRESSES), port);
        open.add(raw);
        return raw;
    }

    private static long pagesHeld() {
        System.gc();
        PAGES.removeIf(it -> it.refersTo(null));
        return PAGES.size();
    }

    @Test
    void whoPipelinesAndDoesNotReadHoldsNeitherTurnsNorMemory() throws IOException {
        try (var log = new LogWatch()) {
            for (int i = 0; i < CLIENTS; i++) {
                connect(i).send(get("/page").repeat(200));
            }
            await().untilAsserted(() -> assertThat(account.waitingForReaders())
                    .isEqualTo((int) LIMITS.writers().all()));
            assertThat(timeOfAnHonestOne()).isLessThan(A_SECOND);
            await().untilAsserted(() -> assertThat(pagesHeld()).isLessThanOrEqualTo(LIMITS.writers().all()));
            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void oneAddressOfSlowReadersLeavesPlacesToOthers() throws IOException {
        for (int i = 0; i < CLIENTS; i++) {
            connect(i * ADDRESSES).send(get("/page").repeat(200));
        }
        await().untilAsserted(() -> assertThat(account.waitingForReaders())
                .isEqualTo((int) LIMITS.writers().each()));
        assertThat(timeOfAnHonestOne()).isLessThan(A_SECOND);
    }

    @Test
    void whoPipelinesAndReadsLeavesTurnsToOthers() throws IOException {
        for (int i = 0; i < CLIENTS; i++) {
            Raw raw = connect(i);
            Thread.ofVirtual().start(() -> sendOn(raw));
            Thread.ofVirtual().start(() -> readOn(raw));
        }
        assertThat(timeOfAnHonestOne()).isLessThan(A_SECOND);
    }

    private static void sendOn(Raw raw) {
        try {
            for (int i = 0; i < 10_000; i += 100) {
                raw.send(get("/short").repeat(100));
            }
        } catch (IOException _) {
            // the service closed it, as it may
        }
    }

    private static void readOn(Raw raw) {
        try {
            raw.socket().getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException _) {
            // the service closed it, as it may
        }
    }

    /** One that is not answered before its caller gives up took as long as that. */
    private Duration timeOfOne(String address) throws IOException {
        long before = System.nanoTime();
        try {
            isServed(address);
        } catch (AssertionError e) {
            if (!(e.getCause() instanceof SocketTimeoutException)) {
                throw e;
            }
        }
        return Duration.ofNanos(System.nanoTime() - before);
    }

    /** Median of twenty: on a busy machine one or the other takes longer for reasons of its own. */
    private Duration timeOfAnHonestOne() throws IOException {
        List<Duration> times = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            times.add(timeOfOne("127.0.0.1"));
        }
        Collections.sort(times);
        return times.get(times.size() / 2);
    }
}
