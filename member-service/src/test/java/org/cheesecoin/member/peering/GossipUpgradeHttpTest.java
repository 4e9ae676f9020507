package org.cheesecoin.member.peering;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.cheesecoin.membertest.RunningMember;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The opening handshake of RFC 6455, and what is refused before there is a WebSocket. */
class GossipUpgradeHttpTest {

    private static final List<String> GOOD = List.of("Upgrade: websocket", "Connection: keep-alive, Upgrade",
            "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");

    @TempDir private static Path folder;

    private static RunningMember member;

    @BeforeAll
    static void start() {
        member = RunningMember.in(folder);
    }

    @AfterAll
    static void stop() {
        member.close();
    }

    @Test
    void upgradesAndShowsThatItReadTheKey() throws Exception {
        assertThat(ask("GET", GOOD)).startsWith("HTTP/1.1 101").contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    }

    @Test
    void agreesOnNoExtensionHoweverOddTheOffer() throws Exception {
        List<String> lines = new ArrayList<>(GOOD);
        lines.add("Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=999; =;;\"");
        lines.add("Sec-WebSocket-Protocol: chat, chat, ,");

        assertThat(ask("GET", lines)).startsWith("HTTP/1.1 101").doesNotContainIgnoringCase("Sec-WebSocket-Extensions")
                .doesNotContainIgnoringCase("Sec-WebSocket-Protocol");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            0, Upgrade: h2c,                                    426
            0, X: nothing,                                      426
            1, Connection: keep-alive,                          426
            2, Sec-WebSocket-Version: 8,                        426
            2, Sec-WebSocket-Version: 13x,                      426
            2, X: nothing,                                      426
            3, Sec-WebSocket-Key: c2hvcnQ=,                     400
            3, Sec-WebSocket-Key: ***,                          400
            3, X: nothing,                                      400
            """)
    void refusesWithAProblem(int line, String instead, int status) throws Exception {
        List<String> lines = new ArrayList<>(GOOD);
        lines.set(line, instead);

        String answer = ask("GET", lines);

        assertThat(answer).startsWith("HTTP/1.1 " + status).contains("application/problem+json");
        if (line == 2) {
            assertThat(answer).contains("Sec-WebSocket-Version: 13");
        }
    }

    @Test
    void refusesTwoKeysAndOtherMethods() throws Exception {
        List<String> lines = new ArrayList<>(GOOD);
        lines.add(GOOD.getLast());

        assertThat(ask("GET", lines)).startsWith("HTTP/1.1 400");
        assertThat(ask("POST", GOOD)).startsWith("HTTP/1.1 405").contains("application/problem+json");
    }

    /** A web page under a name of its own that points here has its browser send that name. */
    @ParameterizedTest
    @ValueSource(strings = {"elsewhere.example", "127.0.0.1.elsewhere.example:8081"})
    void isNotOpenedUnderANameThatAStrangerCanPointHere(String host) throws Exception {
        assertThat(ask("GET", host, GOOD)).startsWith("HTTP/1.1 421")
                .contains("application/problem+json", "misdirected-request")
                .doesNotContainIgnoringCase("Sec-WebSocket-Accept");
        assertThat(ask("GET", "localhost:8081", GOOD)).startsWith("HTTP/1.1 101");
    }

    private static String ask(String method, List<String> lines) throws IOException {
        return ask(method, "127.0.0.1", lines);
    }

    /** The head of the answer, and the first bytes behind it. */
    private static String ask(String method, String host, List<String> lines) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", member.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write((method + " /gossip HTTP/1.1\r\nHost: " + host + "\r\n"
                    + String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            byte[] answer = new byte[4_096];
            int size = socket.getInputStream().read(answer);
            return new String(answer, 0, size, StandardCharsets.ISO_8859_1);
        }
    }
}
