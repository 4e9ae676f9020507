package org.cheesecoin.member.peering;

import java.io.IOException;
import java.nio.file.Path;

import org.cheesecoin.membertest.RunningMember;
import org.cheesecoin.webtest.FreePort;
import org.cheesecoin.webtest.Raw;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** With a port for gossip each port serves its part and nothing else, however a path is spelled. */
class GossipPortHttpTest {

    @TempDir private static Path folder;

    private static RunningMember member;
    private static int gossipPort;

    @BeforeAll
    static void start() {
        gossipPort = FreePort.any();
        member = RunningMember.in(folder, "--cheesecoin.gossip.port=" + gossipPort);
    }

    @AfterAll
    static void stop() {
        member.close();
    }

    @ParameterizedTest
    @CsvSource({"/gossip, 426, 404", "/gossi%70, 426, 404", "/gossip;x=1, 400, 404", "/./gossip, 400, 404",
            "/node, 404, 200", "/nod%65, 404, 200"})
    void eachPortServesItsPart(String path, int statusOfGossip, int statusOfApi) throws IOException {
        String call = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";

        assertThat(Raw.status(Raw.say(gossipPort, call))).isEqualTo(statusOfGossip);
        assertThat(Raw.status(Raw.say(member.port(), call))).isEqualTo(statusOfApi);
    }
}
