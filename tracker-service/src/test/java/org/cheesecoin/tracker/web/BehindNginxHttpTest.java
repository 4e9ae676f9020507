package org.cheesecoin.tracker.web;

import java.io.IOException;

import org.cheesecoin.tracker.TrackerApplication;
import org.cheesecoin.webtest.Nginx;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/** A tracker behind a real nginx with TLS, as docs/operations.md says. */
class BehindNginxHttpTest {

    private static final String NAME = "tracker.example.org";

    private static ConfigurableApplicationContext context;
    private static Nginx nginx;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        context = new SpringApplication(TrackerApplication.class).run("--server.port=0",
                "--cheesecoin.tracker.url=https://" + NAME, "--cheesecoin.tracker.trusted-proxies=127.0.0.1",
                "--cheesecoin.tracker.reads-per-minute=40");
        nginx = Nginx.start(context.getEnvironment().getRequiredProperty("local.server.port", Integer.class), 8080);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (nginx != null) {
            nginx.close();
        }
        context.close();
    }

    @Test
    void isCalledByItsNameAndPublishesWhereItIs() throws IOException {
        assertThat(nginx.call("127.0.0.1", NAME, "GET /v3/api-docs")).startsWith("HTTP/1.1 200")
                .contains("\"servers\":[{\"url\":\"/\"");
        assertThat(nginx.call("127.0.0.1", NAME, "GET /swagger-ui.html")).startsWith("HTTP/1.1 302")
                .contains("Location: /swagger-ui/index.html");
    }

    /** However they spell it. */
    @ParameterizedTest
    @ValueSource(strings = {"/actuator/prometheus", "/actuator;x/prometheus", "/;x/actuator/prometheus",
            "/%61ctuator/prometheus", "//actuator/prometheus", "/x/../actuator/prometheus", "/actuator%2Fprometheus",
            "/actuator"})
    void metricsAreNotForStrangers(String path) throws IOException {
        assertThat(nginx.call("127.0.0.73", NAME, "GET " + path)).doesNotStartWith("HTTP/1.1 200");
        assertThat(nginx.call("127.0.0.1", NAME, "GET /actuator/prometheus")).startsWith("HTTP/1.1 200")
                .contains("cheesecoin_tracker_members");
    }

    @Test
    void callersBehindTheProxyHaveBudgetsOfTheirOwn() throws IOException {
        String call = "GET /nothing HTTP/1.1\r\nHost: " + NAME + "\r\nX-Forwarded-For: 6.6.6.%d\r\n";
        StringBuilder calls = new StringBuilder();
        for (int i = 0; i < 80; i++) {
            calls.append(call.formatted(i)).append("\r\n");
        }
        calls.append(call.formatted(80)).append("Connection: close\r\n\r\n");
        assertThat(nginx.say("127.0.0.71", NAME, calls.toString())).contains("HTTP/1.1 404", "HTTP/1.1 429");
        assertThat(nginx.call("127.0.0.72", NAME, "GET /nothing")).startsWith("HTTP/1.1 404");
    }
}
