package org.cheesecoin.member.peering;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/** Writes whole frames of RFC 6455: each message is one frame. */
final class FrameWriter {

    private static final int BINARY = 0x82;
    private static final int CLOSE = 0x88;
    private static final int PONG = 0x8a;
    private static final int MASKED = 0x80;
    private static final int MAX_SHORT = 125;
    private static final int MAX_HEADER_BYTES = 14;
    /** Masking needs a copy, which is kept small. */
    private static final int COPY_BYTES = 4_096;

    private final GossipSocket socket;
    private final SecureRandom random = new SecureRandom();

    FrameWriter(GossipSocket socket) {
        this.socket = socket;
    }

    /** A binary message of these two parts, one after the other. */
    void message(byte[] first, byte[] second) throws IOException {
        frame(BINARY, first, second);
    }

    void pong(byte[] payload) throws IOException {
        frame(PONG, payload, new byte[0]);
    }

    void close(int code, String reason) throws IOException {
        byte[] text = reason.getBytes(StandardCharsets.US_ASCII);
        byte[] payload = code == CloseCode.NONE ? new byte[0]
                : ByteBuffer.allocate(2 + text.length).putChar((char) code).put(text).array();
        frame(CLOSE, payload, new byte[0]);
    }

    private void frame(int first, byte[] one, byte[] two) throws IOException {
        switch (socket.side()) {
            case LISTENER -> {
                int whole = one.length + two.length;
                ByteBuffer header = header(first, whole, 0);
                if (whole <= COPY_BYTES) {
                    // a small message in one packet
                    ByteBuffer packet = ByteBuffer.allocate(header.remaining() + whole);
                    socket.write(packet.put(header).put(one).put(two).flip());
                } else {
                    socket.write(header);
                    socket.write(ByteBuffer.wrap(one));
                    socket.write(ByteBuffer.wrap(two));
                }
            }
            case DIALLER -> masked(first, one, two);
        }
    }

    private void masked(int first, byte[] one, byte[] two) throws IOException {
        byte[] mask = new byte[4];
        random.nextBytes(mask);
        ByteBuffer copy = ByteBuffer.allocate(MAX_HEADER_BYTES + Math.min(COPY_BYTES, one.length + two.length));
        copy.put(header(first, one.length + two.length, MASKED)).put(mask);
        int at = 0;
        for (byte[] part : new byte[][]{one, two}) {
            for (byte next : part) {
                if (!copy.hasRemaining()) {
                    socket.write(copy.flip());
                    copy.clear();
                }
                copy.put((byte) (next ^ mask[at++ % mask.length]));
            }
        }
        socket.write(copy.flip());
    }

    private static ByteBuffer header(int first, int length, int masked) {
        ByteBuffer header = ByteBuffer.allocate(MAX_HEADER_BYTES).put((byte) first);
        if (length <= MAX_SHORT) {
            header.put((byte) (length | masked));
        } else if (length <= Character.MAX_VALUE) {
            header.put((byte) (126 | masked)).putChar((char) length);
        } else {
            header.put((byte) (127 | masked)).putLong(length);
        }
        return header.flip();
    }
}
