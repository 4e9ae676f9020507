package org.cheesecoin.webtest;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Health and metrics on a port of their own: what strangers send there meets what stands before the API. */
public abstract class ManagementPortTests {

    /** The port of the service that the tests are of. */
    protected abstract int port();

    static List<BadRequests.Sent> requests() {
        return BadRequests.of("/actuator/health", "/actuator/health", "POST");
    }

    /** The first call makes the framework say that it is ready. */
    @BeforeEach
    void callOnce() throws IOException {
        assertThat(ask("127.0.0.1")).startsWith("HTTP/1.1 200");
    }

    private String ask(String host) throws IOException {
        return Raw.say(port(), "GET /actuator/health/liveness HTTP/1.1\r\nHost: " + host
                + "\r\nConnection: close\r\n\r\n");
    }

    @Test
    void isNotCalledByANameThatAStrangerCanPointHere() throws IOException {
        assertThat(ask("elsewhere.example")).startsWith("HTTP/1.1 421")
                .contains("application/problem+json", "misdirected-request").doesNotContain("\"UP\"");
        assertThat(ask("localhost:1")).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @MethodSource("requests")
    void whatIsWrongIsTheCallersFault(BadRequests.Sent sent) throws IOException {
        try (var log = new LogWatch()) {
            BadRequests.check(Raw.say(port(), sent.text()));
            assertThat(log.lines()).isEmpty();
        }
    }
}
