package org.cheesecoin.member.peering;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.cheesecoin.member.web.Open;
import org.cheesecoin.web.Problem;
import org.cheesecoin.web.ProblemDocument;
import org.cheesecoin.web.Refusal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * The opening handshake of a WebSocket (RFC 6455, 4.2), for whoever dials this member. No extension and no subprotocol is
 * ever agreed on: what is offered is not even read.
 */
@Hidden
@Open
@RestController
class GossipUpgrade {

    /** Appended to the key of the dialler (RFC 6455, 1.3). */
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final String VERSION = "13";
    private static final String VERSION_HEADER = "Sec-WebSocket-Version";
    private static final String KEY_HEADER = "Sec-WebSocket-Key";
    private static final int KEY_BYTES = 16;

    private final Connections connections;

    GossipUpgrade(Connections connections) {
        this.connections = connections;
    }

    @GetMapping(PeeringConfiguration.PATH)
    void upgrade(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException {
        if (!names(request, "Upgrade").contains("websocket") || !names(request, "Connection").contains("upgrade")) {
            throw new Refusal(ProblemDocument
                    .of(Problem.UPGRADE_REQUIRED, "A WebSocket begins here: Upgrade: websocket, Connection: Upgrade")
                    .withHeader("Upgrade", "websocket")
                    .withHeader("Connection", "Upgrade"));
        }
        if (!List.of(VERSION).equals(Collections.list(request.getHeaders(VERSION_HEADER)))) {
            throw new Refusal(ProblemDocument
                    .of(Problem.UPGRADE_REQUIRED, "The version of WebSocket spoken here is " + VERSION)
                    .withHeader(VERSION_HEADER, VERSION)
                    .withHeader("Upgrade", "websocket"));
        }
        List<String> keys = Collections.list(request.getHeaders(KEY_HEADER));
        if (keys.size() != 1 || !isKey(keys.getFirst())) {
            throw new Refusal(Problem.MALFORMED_REQUEST, KEY_HEADER + " must be 16 bytes in base64");
        }
        response.setHeader("Upgrade", "websocket");
        response.setHeader("Connection", "Upgrade");
        response.setHeader("Sec-WebSocket-Accept", accept(keys.getFirst()));
        request.upgrade(ServedSocket.class).prepare(request.getRemoteAddr(), connections::openInbound);
    }

    /** Lists of names may come in several headers, and in any case. */
    private static List<String> names(HttpServletRequest request, String header) {
        return Collections.list(request.getHeaders(header)).stream()
                .flatMap(line -> Stream.of(line.split(",", -1)))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .toList();
    }

    private static boolean isKey(String key) {
        try {
            return Base64.getDecoder().decode(key).length == KEY_BYTES;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /** What the listener answers to a dialler's key, which shows that it read it. */
    static String accept(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1")
                    .digest((key + GUID).getBytes(StandardCharsets.ISO_8859_1));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
