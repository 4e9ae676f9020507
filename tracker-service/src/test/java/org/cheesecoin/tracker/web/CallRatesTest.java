package org.cheesecoin.tracker.web;

import java.util.List;
import java.util.stream.IntStream;

import org.cheesecoin.tracker.testing.TestMember;
import org.cheesecoin.webtest.Http;
import org.cheesecoin.webtest.Http.Answer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** A signed call costs a signature check, so one address may not make them without end. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "cheesecoin.tracker.calls-per-minute=5")
class CallRatesTest {

    @LocalServerPort private int port;

    @Test
    void signedCallsTooManyOfAnAddressAreRefusedAndItsReadsAreNot() {
        try (var http = new Http(port)) {
            // more than two budgets, since a spent one fills again meanwhile
            List<Answer> refused = IntStream.range(0, 12)
                    .mapToObj(_ -> http.send(http.request("/peers/" + TestMember.of(1).id()).DELETE()))
                    .filter(it -> it.status() == 429)
                    .toList();
            assertThat(refused).isNotEmpty();
            assertThat(refused.getFirst().problem()).isEqualTo("too-many-requests");
            assertThat(Integer.parseInt(refused.getFirst().header("Retry-After"))).isBetween(1, 12);
            assertThat(http.get("/networks/" + TestMember.NETWORK).problem()).isEqualTo("unknown-network");
        }
    }
}
