package org.cheesecoin.membertest;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestKeys.TestKey;
import org.cheesecoin.chain.wire.Message;
import org.cheesecoin.chain.wire.MessageCodec;
import org.cheesecoin.chain.wire.NodeId;
import org.cheesecoin.chain.wire.Proofs;
import org.cheesecoin.chain.wire.Role;
import org.cheesecoin.chain.wire.WireLimits;

/** A stranger at a member's gossip port who writes bytes as it likes, and reads when it likes. */
public final class RawGossip implements AutoCloseable {

    /** Opcodes with the bit that says that this is the last frame of its message. */
    public static final int BINARY = 0x82;
    /** A ping. */
    public static final int PING = 0x89;
    /** A pong. */
    public static final int PONG = 0x8a;
    /** A goodbye. */
    public static final int CLOSE = 0x88;

    private static final int READ_MILLIS = 20_000;

    private final Socket socket;
    private final DataInputStream in;

    /** What a member sent. */
    public record Frame(int first, byte[] payload) {

        /** The code of a close frame. */
        public int code() {
            return ByteBuffer.wrap(payload).getChar();
        }

        /** The text of a close frame. */
        public String reason() {
            return new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
        }
    }

    private RawGossip(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
    }

    /** An upgraded connection, on which nothing was said yet. */
    public static RawGossip open(int port) throws IOException {
        return open(port, "127.0.0.1", 0);
    }

    /** The same from another address of this machine, with a small buffer for what is not read, if it is not 0. */
    public static RawGossip open(int port, String from, int receiveBytes) throws IOException {
        Socket socket = new Socket();
        if (receiveBytes > 0) {
            socket.setReceiveBufferSize(receiveBytes);
        }
        socket.bind(new java.net.InetSocketAddress(InetAddress.getByName(from), 0));
        socket.connect(new java.net.InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(READ_MILLIS);
        return over(socket, "127.0.0.1");
    }

    /** The same over a connection that is there, with this name in Host. */
    public static RawGossip over(Socket socket, String host) throws IOException {
        RawGossip raw = new RawGossip(socket);
        String answer = raw.ask("GET /gossip HTTP/1.1", "Host: " + host, "Upgrade: websocket", "Connection: Upgrade",
                "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
        if (!answer.contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")) {
            throw new IOException(answer);
        }
        return raw;
    }

    private String ask(String... lines) throws IOException {
        write((String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            head.write(in.readByte());
        }
        return head.toString(StandardCharsets.US_ASCII);
    }

    /** Hello and Proof as this key. */
    public RawGossip join(Smell networkId, TestKey key) throws IOException {
        byte[] challenge = new byte[Hash256.BYTES];
        ThreadLocalRandom.current().nextBytes(challenge);
        byte[] ours = MessageCodec.encode(new Message.Hello(Role.MEMBER, WireLimits.PROTOCOL_VERSION, networkId,
                new NodeId(key.publicKey()), Hash256.of(challenge), Optional.empty(), BigInteger.ZERO, 0));
        frame(BINARY, ours);
        byte[] theirs = next(BINARY).payload();
        next(BINARY);
        Hash256 digest = Proofs.handshakeDigest(networkId, Role.MEMBER, ours, theirs);
        send(new Message.Proof(TestKeys.SCHEME.sign(key.privateKey(), digest)));
        send(new Message.Ping(1));
        await(Message.Pong.class);
        return this;
    }

    /** A message in one frame. */
    public void send(Message message) throws IOException {
        frame(BINARY, MessageCodec.encode(message));
    }

    /** A frame with a mask of zeros. */
    public void frame(int first, byte[] payload) throws IOException {
        write(masked(first, payload));
    }

    /** The bytes of such a frame. */
    public static byte[] masked(int first, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(14 + payload.length).put((byte) first);
        if (payload.length <= 125) {
            frame.put((byte) (0x80 | payload.length));
        } else if (payload.length <= 65_535) {
            frame.put((byte) 0xfe).putChar((char) payload.length);
        } else {
            frame.put((byte) 0xff).putLong(payload.length);
        }
        frame.putInt(0).put(payload).flip();
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        return bytes;
    }

    /** Any bytes. */
    public void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** The next message of this type; others before it are dropped. */
    public <M extends Message> M await(Class<M> type) throws IOException {
        while (true) {
            Message message = MessageCodec.decode(next(BINARY).payload()).orElseThrow();
            if (type.isInstance(message)) {
                return type.cast(message);
            }
        }
    }

    /** The next frame of this kind; others before it are dropped. */
    public Frame next(int first) throws IOException {
        Frame frame = next();
        while (frame.first() != first) {
            if (frame.first() == CLOSE) {
                throw new EOFException("closed: " + frame.code() + " " + frame.reason());
            }
            frame = next();
        }
        return frame;
    }

    /** The next frame. */
    public Frame next() throws IOException {
        int first = in.readUnsignedByte();
        int length = in.readUnsignedByte();
        length = length == 126 ? in.readChar() : length == 127 ? (int) in.readLong() : length;
        byte[] payload = new byte[length];
        in.readFully(payload);
        return new Frame(first, payload);
    }

    /** Reads on until the connection ends, if it does, and tells whether there was a goodbye. */
    public Optional<Frame> awaitEnd() throws IOException {
        Optional<Frame> goodbye = Optional.empty();
        try {
            while (true) {
                Frame frame = next();
                goodbye = frame.first() == CLOSE ? Optional.of(frame) : goodbye;
            }
        } catch (EOFException | SocketException _) {
            return goodbye;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
