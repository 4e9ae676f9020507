package org.cheesecoin.web;

import java.io.IOException;
import java.util.List;

import org.cheesecoin.webtest.BadRequests;
import org.cheesecoin.webtest.LogWatch;
import org.cheesecoin.webtest.Raw;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever container or framework throws for a bad request is the caller's fault: 4xx, and not a line in the log. */
@SpringBootTest(
        classes = WebSupportHttpTest.Service.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"server.tomcat.max-parameter-count=50", "spring.threads.virtual.enabled=true",
                "logging.level.org.apache.coyote.http11.Http11Processor=warn",
                "logging.level.org.apache.tomcat.util.http=warn"})
class BadRequestsHttpTest {

    @LocalServerPort private int port;

    static List<BadRequests.Sent> requests() {
        return BadRequests.of("/open/1", "/pay", "POST");
    }

    /** The first call makes the framework say that it is ready. */
    @BeforeEach
    void callOnce() throws IOException {
        Raw.say(port, "GET /open/1 HTTP/1.0\r\n\r\n");
    }

    @ParameterizedTest
    @MethodSource("requests")
    void isTheCallersFault(BadRequests.Sent sent) throws IOException {
        try (var log = new LogWatch()) {
            BadRequests.check(Raw.say(port, sent.text()));
            assertThat(log.lines()).isEmpty();
        }
    }
}
