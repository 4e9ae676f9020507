package org.cheesecoin.web;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.cheesecoin.web.guard.Share;
import org.cheesecoin.webtest.Raw;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

/** Calls that need megabytes are of a bounded number, whoever makes them and however their path is spelled. */
@SpringBootTest(classes = DearCallsHttpTest.Service.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class DearCallsHttpTest {

    @LocalServerPort private int port;

    @Autowired private Dear dear;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({WebSupport.class, Dear.class})
    static class Service {

        @Bean
        WebSettings webSettings() {
            WebSettings usual = new WebSupportHttpTest.Service().webSettings();
            return new WebSettings(usual.maxBodyBytes(), usual.rates(),
                    List.of(new WorkLimit(it -> it.path().equals("/call"), DearReads.AT_ONCE)), usual.corsOrigins(),
                    usual.hostNames(), usual.guard(),
                    TrustedProxies.NONE);
        }
    }

    /** Calls that work until they are let go. */
    @RestController
    static class Dear {

        private final DearReads reads;
        private final AtomicInteger begun = new AtomicInteger();
        private volatile CountDownLatch end = new CountDownLatch(1);

        Dear(DearReads reads) {
            this.reads = reads;
        }

        @GetMapping("/call")
        String call() {
            begun.incrementAndGet();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return "done";
        }

        @GetMapping("/read")
        String read() {
            return reads.inTurn(this::call);
        }
    }

    @BeforeEach
    void begin() {
        dear.begun.set(0);
        dear.end = new CountDownLatch(1);
    }

    private Raw call(String from, String path) throws IOException {
        return Raw.from(from, port)
                .send("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
    }

    @ParameterizedTest
    @CsvSource({"/call,/c%61ll", "/read,/re%61d"})
    void fewWorkAtOnceAndWhoWaitsTooLongIsToldSo(String path, String sameInOtherLetters) throws IOException {
        assertThat(DearReads.AT_ONCE).isEqualTo(new Share(2, 1));
        try (Raw first = call("127.0.0.2", path)) {
            await().until(() -> dear.begun.get() == 1);
            try (Raw ofTheSame = call("127.0.0.2", sameInOtherLetters); Raw second = call("127.0.0.3", path)) {
                await().until(() -> dear.begun.get() == 2);
                try (Raw third = call("127.0.0.4", sameInOtherLetters)) {
                    assertThat(List.of(ofTheSame.rest(), third.rest())).allSatisfy(it -> assertThat(it)
                            .startsWith("HTTP/1.1 503").contains("Retry-After: 5", "Too many such calls are at work"));
                }
                assertThat(dear.begun).hasValue(2);
                dear.end.countDown();
                assertThat(List.of(first.rest(), second.rest()))
                        .allSatisfy(it -> assertThat(Raw.status(it)).isEqualTo(200));
            }
        }
        // the turns were given back
        try (Raw next = call("127.0.0.2", path)) {
            assertThat(Raw.status(next.rest())).isEqualTo(200);
        }
    }
}
