package org.cheesecoin.tracker.web;

import java.io.IOException;
import java.util.List;

import org.cheesecoin.tracker.testing.TestMember;
import org.cheesecoin.webtest.BadRequests;
import org.cheesecoin.webtest.LogWatch;
import org.cheesecoin.webtest.Raw;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever is wrong with a request is the caller's fault through all filters of a tracker, and not a line in its log. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class BadRequestsHttpTest {

    @LocalServerPort private int port;

    static List<BadRequests.Sent> requests() {
        return BadRequests.of("/peers", "/peers/" + TestMember.of(1).id(), "PUT");
    }

    /** The first call makes the framework say that it is ready. */
    @BeforeEach
    void callOnce() throws IOException {
        Raw.say(port, "GET /peers HTTP/1.0\r\n\r\n");
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
