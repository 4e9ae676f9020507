package org.cheesecoin.system.strangers;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestKeys.TestKey;
import org.cheesecoin.chain.wire.GossipUrl;
import org.cheesecoin.chain.wire.Message;
import org.cheesecoin.chain.wire.MessageCodec;
import org.cheesecoin.chain.wire.NodeId;
import org.cheesecoin.chain.wire.Proofs;
import org.cheesecoin.chain.wire.Role;
import org.cheesecoin.chain.wire.WireLimits;

/** A WebSocket to a member's gossip port whose every frame is written by hand: fragments, control frames, half ones. */
final class RawLink {

    /** Frame types of RFC 6455, section 5.2. */
    static final int CONTINUATION = 0x0;
    static final int TEXT = 0x1;
    static final int BINARY = 0x2;
    static final int CLOSE = 0x8;
    static final int PING = 0x9;

    private static final int FINAL = 0x80;
    private static final int MASKED = 0x80;
    private static final int TWO_BYTE_LENGTH = 126;
    private static final int EIGHT_BYTE_LENGTH = 127;
    private static final String UPGRADE = """
            GET /gossip HTTP/1.1\r
            Host: 127.0.0.1:%d\r
            Upgrade: websocket\r
            Connection: Upgrade\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            Sec-WebSocket-Version: 13\r
            %s\r
            """;

    private final Aim aim;
    private final Hands hands;
    private final Line line;

    private RawLink(Aim aim, Hands hands, Line line) {
        this.aim = aim;
        this.hands = hands;
        this.line = line;
    }

    /** The request that opens a WebSocket, with these further header lines, each with its end of line. */
    static String upgrade(int port, String moreHeaders) {
        return UPGRADE.formatted(port, moreHeaders);
    }

    /** An open WebSocket, and not a word of the protocol yet. */
    static RawLink open(Aim aim, Hands hands) throws IOException {
        Line line = hands.dial(aim.memberPort());
        line.write(upgrade(aim.memberPort(), ""));
        String head = line.readHead();
        if (!head.startsWith("HTTP/1.1 101")) {
            hands.drop(line);
            throw new IOException("no WebSocket: " + head.lines().findFirst().orElse(""));
        }
        return new RawLink(aim, hands, line);
    }

    /** A complete handshake under an id that nobody has seen. */
    static RawLink join(Aim aim, Hands hands) throws IOException {
        return open(aim, hands).shakeHands(Optional.empty());
    }

    /** Hello and Proof under a fresh id, with or without a URL at which it says that it can be dialled. */
    RawLink shakeHands(Optional<GossipUrl> listenUrl) throws IOException {
        TestKey key = TestKeys.key(ThreadLocalRandom.current().nextInt());
        byte[] ours = MessageCodec.encode(hello(key, listenUrl));
        say(ours);
        byte[] theirs = hear(Message.Hello.class);
        byte[] _ = hear(Message.Proof.class);
        Hash256 digest = Proofs.handshakeDigest(aim.networkId(), Role.MEMBER, ours, theirs);
        return say(new Message.Proof(TestKeys.SCHEME.sign(key.privateKey(), digest)));
    }

    /** A Hello without the handshake that follows it. */
    RawLink sayHello() throws IOException {
        return say(hello(TestKeys.key(ThreadLocalRandom.current().nextInt()), Optional.empty()));
    }

    private Message.Hello hello(TestKey key, Optional<GossipUrl> listenUrl) {
        byte[] challenge = new byte[Hash256.BYTES];
        ThreadLocalRandom.current().nextBytes(challenge);
        return new Message.Hello(Role.MEMBER, WireLimits.PROTOCOL_VERSION, aim.networkId(),
                new NodeId(key.publicKey()), Hash256.of(challenge), listenUrl, BigInteger.ZERO, 0);
    }

    RawLink say(Message message) throws IOException {
        return say(MessageCodec.encode(message));
    }

    RawLink say(byte[] message) throws IOException {
        line.write(frame(FINAL | BINARY, message, message.length));
        return this;
    }

    /** The same message so many times, as fast as they are taken. */
    RawLink say(Message message, int times) throws IOException {
        return say(MessageCodec.encode(message), times);
    }

    /** As {@link #say(Message, int)}, for what no honest codec would encode. */
    RawLink say(byte[] one, int times) throws IOException {
        byte[] frame = frame(FINAL | BINARY, one, one.length);
        int perWrite = Math.clamp(100_000 / frame.length, 1, times);
        ByteBuffer many = ByteBuffer.allocate(perWrite * frame.length);
        while (many.hasRemaining()) {
            many.put(frame);
        }
        for (int left = times; left > 0; left -= perWrite) {
            line.write(left >= perWrite ? many.array()
                    : ByteBuffer.allocate(left * frame.length).put(many.slice(0, left * frame.length)).array());
        }
        return this;
    }

    /** A whole frame of this type, the last of its message. */
    RawLink sendLast(int type, byte[] payload) throws IOException {
        line.write(frame(FINAL | type, payload, payload.length));
        return this;
    }

    /** A frame of this type after which more of the same message is to come. */
    RawLink sendPart(int type, byte[] payload) throws IOException {
        line.write(frame(type, payload, payload.length));
        return this;
    }

    /** The beginning of a frame that announces more bytes than it brings. */
    RawLink sendHalf(int type, byte[] payload, int announcedBytes) throws IOException {
        line.write(frame(FINAL | type, payload, announcedBytes));
        return this;
    }

    /** The bytes of a frame by themselves, to be sent as one likes. */
    static byte[] frame(int finalAndType, byte[] payload, int announcedBytes) {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 14).put((byte) finalAndType);
        if (announcedBytes < TWO_BYTE_LENGTH) {
            frame.put((byte) (MASKED | announcedBytes));
        } else if (announcedBytes < 65_536) {
            frame.put((byte) (MASKED | TWO_BYTE_LENGTH)).putShort((short) announcedBytes);
        } else {
            frame.put((byte) (MASKED | EIGHT_BYTE_LENGTH)).putLong(announcedBytes);
        }
        // a mask of zeros leaves the payload as it is
        frame.putInt(0).put(payload);
        byte[] bytes = new byte[frame.position()];
        frame.flip().get(bytes);
        return bytes;
    }

    /** Bytes as they are, which may be any part of a frame. */
    RawLink write(byte[] bytes) throws IOException {
        line.write(bytes);
        return this;
    }

    /** The next binary message of this type; others before it are dropped. */
    byte[] hear(Class<? extends Message> type) throws IOException {
        while (true) {
            byte[] message = hear();
            if (MessageCodec.decode(message).orElseThrow().getClass() == type) {
                return message;
            }
        }
    }

    private byte[] hear() throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        while (true) {
            int first = line.read();
            int length = line.read();
            if (length == TWO_BYTE_LENGTH) {
                length = ByteBuffer.wrap(line.read(2)).getShort() & 0xffff;
            } else if (length == EIGHT_BYTE_LENGTH) {
                length = Math.toIntExact(ByteBuffer.wrap(line.read(8)).getLong());
            }
            byte[] payload = line.read(length);
            int type = first & 0x0f;
            if (type == CLOSE) {
                throw new EOFException("closed by the other end");
            }
            if (type <= BINARY) {
                message.writeBytes(payload);
                if ((first & FINAL) != 0) {
                    return message.toByteArray();
                }
            }
        }
    }

    /** Reads whatever comes from now on, in a thread of its own, and keeps nothing. */
    RawLink reading() {
        hands.start(line::swallow);
        return this;
    }

    /** Hangs up without a word. */
    void drop() {
        hands.drop(line);
    }
}
