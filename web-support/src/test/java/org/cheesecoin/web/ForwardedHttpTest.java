package org.cheesecoin.web;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.cheesecoin.web.guard.GuardLimits;
import org.cheesecoin.web.start.BadSetting;
import org.cheesecoin.webtest.Raw;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import jakarta.servlet.http.HttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Whose word is believed on where a call comes from. */
@SpringBootTest(
        classes = ForwardedHttpTest.Service.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class ForwardedHttpTest {

    private static final String PROXY = "127.0.0.9";
    private static final String STRANGER = "127.0.0.10";
    private static final int CALLS = 5;

    @LocalServerPort private int port;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({WebSupport.class, Calls.class})
    static class Service {

        @Bean
        WebSettings webSettings() {
            return new WebSettings(2_048,
                    List.of(new CallRate(it -> it.path().equals("/budget"), CALLS, Duration.ofHours(1))), List.of(),
                    List.of(), new HostNames(List.of()), GuardLimits.within(12 << 20, 2_048),
                    TrustedProxies.of("trusted-proxies", List.of(PROXY)));
        }
    }

    @RestController
    static class Calls {

        @GetMapping("/seen")
        String seen(HttpServletRequest request) {
            return request.getRemoteAddr() + " " + request.getScheme() + " " + request.getRequestURI() + " "
                    + request.getServerName();
        }

        @GetMapping("/budget")
        String budget() {
            return "";
        }
    }

    private String ask(String from, String path, String... headers) throws IOException {
        try (Raw raw = Raw.from(from, port)) {
            return raw.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + String.join("\r\n", headers)
                    + (headers.length == 0 ? "" : "\r\n") + "Connection: close\r\n\r\n").rest();
        }
    }

    @Test
    void aTrustedProxySaysForWhomHowAndUnderWhichPrefixItCalls() throws IOException {
        assertThat(ask(PROXY, "/seen", "X-Forwarded-For: 6.6.6.6, 203.0.113.5", "X-Forwarded-Proto: https",
                "X-Forwarded-Prefix: /coin")).endsWith("203.0.113.5 https /coin/seen localhost");
        assertThat(ask(PROXY, "/nothing", "X-Forwarded-Prefix: /coin")).contains("\"instance\":\"/coin/nothing\"");
        assertThat(ask(PROXY, "/v3/api-docs", "X-Forwarded-Prefix: /coin", "X-Forwarded-Proto: https"))
                .contains("\"servers\":[{\"url\":\"/coin\"");
    }

    @Test
    void nobodyElseIsBelieved() throws IOException {
        assertThat(ask(STRANGER, "/seen", "X-Forwarded-For: 203.0.113.5", "X-Forwarded-Proto: https",
                "X-Forwarded-Prefix: /coin", "X-Forwarded-Host: evil.example", "Forwarded: for=203.0.113.5"))
                .endsWith(STRANGER + " http /seen localhost");
        assertThat(ask(STRANGER, "/v3/api-docs", "X-Forwarded-Prefix: /coin")).contains("\"servers\":[{\"url\":\"/\"");
        assertThat(ask(STRANGER, "/swagger-ui.html", "X-Forwarded-Host: evil.example", "X-Forwarded-Prefix: /coin"))
                .doesNotContain("evil.example", "/coin");
    }

    /** A plain proxy hands on what its caller says in them. */
    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-Host: evil.example", "Forwarded: for=1.2.3.4;host=evil.example",
            "X-Forwarded-Prefix: //evil.example", "X-Forwarded-Prefix: /../..", "X-Forwarded-Proto: javascript",
            "X-Forwarded-Port: 99999999999", "X-Forwarded-Prefix: https://evil.example", "X-Forwarded-Ssl: on"})
    void whatAPlainProxyHandsOnIsNotBelieved(String header) throws IOException {
        assertThat(ask(PROXY, "/seen", header)).endsWith(PROXY + " http /seen localhost");
    }

    @Test
    void eachCallerBehindAProxyHasABudgetOfItsOwn() throws IOException {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i <= CALLS; i++) {
            statuses.add(Raw.status(ask(PROXY, "/budget", "X-Forwarded-For: 7.7.7." + i + ", 203.0.113.77")));
        }
        assertThat(statuses).endsWith(200, 429).hasSize(CALLS + 1);
        assertThat(ask(PROXY, "/budget", "X-Forwarded-For: 203.0.113.78")).startsWith("HTTP/1.1 200");
    }

    @Test
    void aStrangerHasOneBudgetWhateverItSays() throws IOException {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i <= CALLS; i++) {
            statuses.add(Raw.status(ask(STRANGER, "/budget", "X-Forwarded-For: 203.0.113." + i)));
        }
        assertThat(statuses).endsWith(200, 429);
    }

    /** Idle connections of one address beyond its share make room; those of a proxy are many callers'. */
    @Test
    void theConnectionsOfAProxyAreNotCountedAsOneCallers() throws IOException {
        long share = GuardLimits.within(12 << 20, 2_048).connections().each();
        List<Raw> open = new ArrayList<>();
        try {
            for (int i = 0; i <= share; i++) {
                open.add(Raw.from(PROXY, port));
            }
            for (Raw first : open.subList(0, 3)) {
                first.send("GET /seen HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
                assertThat(first.rest()).startsWith("HTTP/1.1 200");
            }
        } finally {
            for (Raw raw : open) {
                raw.close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"native", "framework"})
    void springsOwnSettingWhichBelievesStrangersIsRefused(String strategy) {
        Throwable refused = catchThrowable(() -> new SpringApplication(Service.class)
                .run("--server.port=0", "--server.forward-headers-strategy=" + strategy).close());
        assertThat(refused).rootCause().isInstanceOf(BadSetting.class)
                .hasMessageContaining("server.forward-headers-strategy");
    }
}
