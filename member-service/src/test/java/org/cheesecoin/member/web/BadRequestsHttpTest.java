package org.cheesecoin.member.web;

import java.io.IOException;
import java.util.List;

import org.cheesecoin.membertest.TestMember;
import org.cheesecoin.webtest.BadRequests;
import org.cheesecoin.webtest.LogWatch;
import org.cheesecoin.webtest.Raw;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever is wrong with a request is the caller's fault through all filters of a member, and not a line in its log. */
class BadRequestsHttpTest {

    private static TestMember member;
    private static int port;

    @BeforeAll
    static void start() throws IOException {
        member = TestMember.start();
        port = ((ServletWebServerApplicationContext) member.context()).getWebServer().getPort();
    }

    @AfterAll
    static void stop() {
        member.close();
    }

    static List<BadRequests.Sent> reads() {
        return BadRequests.of("/peers", "/transactions", "POST");
    }

    @ParameterizedTest
    @MethodSource("reads")
    void isTheCallersFault(BadRequests.Sent sent) throws IOException {
        try (var log = new LogWatch()) {
            BadRequests.check(Raw.say(port, sent.text()));
            assertThat(log.lines()).isEmpty();
        }
    }
}
