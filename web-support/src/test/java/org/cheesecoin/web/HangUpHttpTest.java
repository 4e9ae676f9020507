package org.cheesecoin.web;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

import org.cheesecoin.web.guard.Account;
import org.cheesecoin.web.guard.GuardLimits;
import org.cheesecoin.webtest.LogWatch;
import org.cheesecoin.webtest.Raw;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Every closed tab hangs up in the middle of an answer: that is no news. */
@SpringBootTest(
        classes = HangUpHttpTest.Service.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"spring.threads.virtual.enabled=true",
                // Tomcat miscounts calls whose first write failed on another thread, and its stop waits for them
                "spring.lifecycle.timeout-per-shutdown-phase=1s",
                "logging.level.org.apache.catalina.connector.CoyoteAdapter=warn"})
class HangUpHttpTest {

    /** More than all buffers between the two ends hold. */
    private static final int LONG_BYTES = 20_000_000;

    @LocalServerPort private int port;
    @Autowired private Account account;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({WebSupport.class, Calls.class})
    static class Service {

        @Bean
        WebSettings webSettings() {
            return new WebSettings(2_048, List.of(), List.of(), List.of(), new HostNames(List.of()),
                    GuardLimits.within(12 << 20, 2_048),
                    TrustedProxies.NONE);
        }
    }

    @RestController
    static class Calls {

        @GetMapping("/json")
        List<String> json() {
            return IntStream.range(0, LONG_BYTES / 100).mapToObj(_ -> "a".repeat(100)).toList();
        }

        @GetMapping("/text")
        String text() {
            return "a".repeat(LONG_BYTES);
        }

        @GetMapping(path = "/bytes", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
        byte[] bytes() {
            return new byte[LONG_BYTES];
        }

        @GetMapping("/file")
        ResponseEntity<Resource> file() {
            return ResponseEntity.ok(new ByteArrayResource(new byte[LONG_BYTES]));
        }

        @GetMapping("/stream")
        StreamingResponseBody stream() {
            return out -> {
                for (int i = 0; i < LONG_BYTES / 1_000; i++) {
                    out.write(new byte[1_000]);
                }
            };
        }

        @GetMapping("/events")
        SseEmitter events() {
            SseEmitter emitter = new SseEmitter(0L);
            Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; i < LONG_BYTES / 1_000; i++) {
                        emitter.send("a".repeat(1_000));
                    }
                } catch (IOException | IllegalStateException _) {
                    // the reader has gone
                    Thread.yield();
                }
            });
            return emitter;
        }
    }

    @BeforeEach
    void callOnce() throws IOException {
        Raw.say(port, "GET /nothing HTTP/1.0\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/json", "/text", "/bytes", "/file", "/stream", "/events"})
    void isNotALineInTheLog(String path) throws IOException {
        try (var log = new LogWatch()) {
            for (int i = 0; i < 20; i++) {
                Raw raw = Raw.to(port).send("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
                if (i % 2 == 0) {
                    assertThat(raw.socket().getInputStream().read()).isEqualTo('H');
                    raw.reset();
                } else {
                    raw.close();
                }
            }
            await().untilAsserted(() -> assertThat(account.connections()).isZero());
            assertThat(log.lines()).isEmpty();
        }
    }
}
