package org.cheesecoin.member.peering;

import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

import org.cheesecoin.chain.wire.GossipUrl;

/** The opening handshake of a WebSocket (RFC 6455, 4.1), for whom this member dials. */
final class OpeningHandshake {

    /** Longest answer: a status line and the headers that proxies add. */
    static final int MAX_ANSWER_BYTES = 8_192;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String END = "\r\n\r\n";

    private OpeningHandshake() {}

    /**
     * Asks, and waits for the answer; whoever closes the socket ends the waiting.
     *
     * @return what came behind the answer
     * @throws IOException if there is no WebSocket
     */
    static ByteBuffer dial(Socket socket, GossipUrl url) throws IOException {
        byte[] random = new byte[16];
        RANDOM.nextBytes(random);
        String key = Base64.getEncoder().encodeToString(random);
        String authority = url.text().substring(url.text().indexOf("://") + 3, url.text().lastIndexOf('/'));
        String request = "GET " + PeeringConfiguration.PATH + " HTTP/1.1\r\nHost: " + authority
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
                + key + END;
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        byte[] answer = new byte[MAX_ANSWER_BYTES];
        int size = 0;
        int end = -1;
        InputStream in = socket.getInputStream();
        while (end < 0) {
            int read = size == answer.length ? -1 : in.read(answer, size, answer.length - size);
            if (read < 0) {
                throw new ProtocolException("the answer to an upgrade ends early or never");
            }
            int from = Math.max(0, size - END.length());
            size += read;
            int found = new String(answer, from, size - from, StandardCharsets.ISO_8859_1).indexOf(END);
            end = found < 0 ? -1 : from + found;
        }
        check(new String(answer, 0, end, StandardCharsets.ISO_8859_1), GossipUpgrade.accept(key));
        int body = end + END.length();
        return ByteBuffer.wrap(answer, body, size - body).slice();
    }

    private static void check(String head, String accept) throws ProtocolException {
        String[] lines = head.split("\r\n", -1);
        if (!lines[0].startsWith("HTTP/1.1 101")) {
            throw new ProtocolException("no WebSocket: " + lines[0].substring(0, Math.min(100, lines[0].length())));
        }
        boolean isAsAsked = "websocket".equalsIgnoreCase(value(lines, "upgrade").orElse(""))
                && value(lines, "connection").orElse("").toLowerCase(Locale.ROOT).contains("upgrade")
                && value(lines, "sec-websocket-accept").equals(Optional.of(accept))
                && value(lines, "sec-websocket-extensions").isEmpty()
                && value(lines, "sec-websocket-protocol").isEmpty();
        if (!isAsAsked) {
            throw new ProtocolException("the answer is to another question than ours");
        }
    }

    private static Optional<String> value(String[] lines, String name) {
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon > 0 && line.substring(0, colon).equalsIgnoreCase(name)) {
                return Optional.of(line.substring(colon + 1).strip());
            }
        }
        return Optional.empty();
    }
}
