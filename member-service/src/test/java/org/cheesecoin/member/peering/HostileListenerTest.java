package org.cheesecoin.member.peering;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.cheesecoin.membertest.RunningMember;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Whom a member dials is a stranger too. */
class HostileListenerTest {

    private static final Duration HANDSHAKE = Duration.ofSeconds(20);

    @TempDir private static Path folder;

    private static RunningMember member;

    /** What a listener does on a connection until the other end has had enough of it. */
    @FunctionalInterface
    private interface Conduct {
        void behave(InputStream in, OutputStream out) throws IOException, InterruptedException;
    }

    @BeforeAll
    static void start() {
        member = RunningMember.in(folder);
    }

    @AfterAll
    static void stop() {
        member.close();
    }

    @Test
    void leavesWhoPingsWithoutEnd() {
        assertLeft((in, out) -> {
            upgrade(in, out);
            byte[] pings = new byte[127 * 100];
            for (int i = 0; i < 100; i++) {
                pings[i * 127] = (byte) 0x89;
                pings[i * 127 + 1] = 125;
            }
            while (true) {
                out.write(pings);
            }
        });
    }

    @Test
    void leavesWhoSendsEmptyFragmentsWithoutEnd() {
        assertLeft((in, out) -> {
            upgrade(in, out);
            out.write(new byte[]{0x02, 0});
            while (true) {
                out.write(new byte[2_000]);
            }
        });
    }

    @Test
    void leavesWhoAnswersAByteASecond() {
        assertLeft((in, out) -> {
            readHead(in);
            for (byte next : "HTTP/1.1 101 Switching Protocols and so on".getBytes(StandardCharsets.US_ASCII)) {
                out.write(next);
                Thread.sleep(1_000);
            }
        });
    }

    @Test
    void leavesWhoseHeadersHaveNoEnd() {
        assertLeft((in, out) -> {
            readHead(in);
            out.write("HTTP/1.1 101 Switching Protocols\r\n".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                out.write("X-Header: value\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        });
    }

    @Test
    void leavesWhoIsSilentAfterItsUpgrade() {
        assertLeft((in, out) -> {
            upgrade(in, out);
            while (in.read() >= 0) {
                // Hello, and then the end.
            }
            throw new IOException("closed");
        });
    }

    @Test
    void tellsItsOwnerWhatAListenerSaidThatRefusedIt() {
        assertThat(failureOf((in, out) -> {
            upgrade(in, out);
            byte[] words = "NET-BANNED: A banned peer stays away for an hour. nodeId=02"
                    .getBytes(StandardCharsets.US_ASCII);
            out.write(new byte[]{(byte) 0x88, (byte) (2 + words.length), 0x03, (byte) 0xf0});
            out.write(words);
        })).isEqualTo("It closed the connection before the handshake was done (1008), and says: "
                + "\"NET-BANNED: A banned peer stays away for an hour. nodeId=02\"");
    }

    @Test
    void tellsItsOwnerOfAListenerThatSpeaksNoWebSocket() {
        assertThat(failureOf((in, out) -> {
            upgrade(in, out);
            out.write(new byte[]{(byte) 0xf0, 0});
        })).startsWith("What it sent is no frame of WebSocket: a reserved bit is set");
    }

    /** What the owner is told of a listener that behaves so, and then closes. */
    private static String failureOf(Conduct conduct) {
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread.ofPlatform().daemon().start(() -> serve(server, conduct, new CompletableFuture<>()));
            String url = "ws://127.0.0.1:" + server.getLocalPort() + "/gossip";
            assertThat(member.post("/peers", "{\"url\":\"" + url + "\"}").status()).isEqualTo(202);

            return await().atMost(HANDSHAKE).until(() -> lastFailure(url), Optional::isPresent).orElseThrow();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Optional<String> lastFailure(String url) {
        return member.http().get("/peers?state=known&limit=200").json().get("items").values().stream()
                .filter(it -> it.get("url").stringValue().equals(url) && it.has("lastFailure"))
                .map(it -> it.get("lastFailure").stringValue())
                .findFirst();
    }

    private static void assertLeft(Conduct conduct) {
        CompletableFuture<Duration> left = new CompletableFuture<>();
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread.ofPlatform().daemon().start(() -> serve(server, conduct, left));
            String url = "ws://127.0.0.1:" + server.getLocalPort() + "/gossip";

            assertThat(member.post("/peers", "{\"url\":\"" + url + "\"}").status()).isEqualTo(202);

            assertThat(left).succeedsWithin(Duration.ofSeconds(60))
                    .satisfies(it -> assertThat(it).isLessThan(HANDSHAKE));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        assertThat(member.http().get("/node").status()).isEqualTo(200);
    }

    private static void serve(ServerSocket server, Conduct conduct, CompletableFuture<Duration> left) {
        try (Socket socket = server.accept()) {
            long beganNanos = System.nanoTime();
            try {
                conduct.behave(socket.getInputStream(), socket.getOutputStream());
            } catch (IOException _) {
                left.complete(Duration.ofNanos(System.nanoTime() - beganNanos));
            }
        } catch (IOException | InterruptedException e) {
            left.completeExceptionally(e);
        }
    }

    private static void upgrade(InputStream in, OutputStream out) throws IOException {
        String key = readHead(in).lines().filter(line -> line.startsWith("Sec-WebSocket-Key: ")).findFirst()
                .orElseThrow().substring("Sec-WebSocket-Key: ".length());
        out.write(("HTTP/1.1 101 Switching Protocols\r\nupgrade: WebSocket\r\nconnection: upgrade\r\n"
                + "sec-websocket-accept: " + GossipUpgrade.accept(key) + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    }

    private static String readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        return head.toString();
    }
}
