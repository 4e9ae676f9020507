package org.cheesecoin.tracker.testing;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.crypto.Sha256;
import org.cheesecoin.chain.crypto.Signature;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestKeys.TestKey;
import org.cheesecoin.chain.wire.Message;
import org.cheesecoin.chain.wire.MessageCodec;
import org.cheesecoin.chain.wire.NodeId;
import org.cheesecoin.chain.wire.Proofs;
import org.cheesecoin.chain.wire.Role;
import org.cheesecoin.chain.wire.WireLimits;

/** A WebSocket server of a few lines that answers a tracker's handshake, well or badly. */
public final class FakeMember implements Closeable {

    /** How it answers. */
    public enum Manner {
        HONEST, WRONG_PROOF, SILENT, NO_WEBSOCKET, REDIRECT, ENDLESS_FRAME, TEXT, GARBAGE, OTHER_NETWORK, TRACKER_ROLE,
        PROOF_FIRST, NO_PLACE_TWICE, NEVER_A_PLACE, HANGS_UP_TWICE
    }

    private final TestKey key;
    private final Smell networkId;
    private final ServerSocket server;
    private final AtomicInteger dials = new AtomicInteger();
    private final List<Message> heard = new CopyOnWriteArrayList<>();
    private volatile Manner manner;

    public FakeMember(int number, Manner manner) {
        this(number, manner, 0);
    }

    public FakeMember(int number, Manner manner, int port) {
        this.key = TestKeys.key(number);
        this.networkId = TestMember.NETWORK;
        this.manner = manner;
        try {
            this.server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public String url() {
        return "ws://127.0.0.1:" + server.getLocalPort() + "/gossip";
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Its side of the REST calls. */
    public TestMember member() {
        return new TestMember(key, networkId, new org.cheesecoin.chain.wire.GossipUrl(url()));
    }

    public void become(Manner next) {
        manner = next;
    }

    public int dials() {
        return dials.get();
    }

    /** What trackers said to it. */
    public List<Message> heard() {
        return heard;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                dials.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            if (manner == Manner.HANGS_UP_TWICE && dials.get() <= 2) {
                return;
            }
            String acceptKey = acceptKey(readHead(socket.getInputStream()));
            OutputStream out = socket.getOutputStream();
            switch (manner) {
                case NO_WEBSOCKET -> out.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes());
                case REDIRECT -> out.write(("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:" + port()
                        + "/elsewhere\r\nContent-Length: 0\r\n\r\n").getBytes());
                default -> {
                    out.write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            + "Sec-WebSocket-Accept: " + acceptKey + "\r\n\r\n").getBytes());
                    talk(new DataInputStream(socket.getInputStream()), out);
                }
            }
        } catch (IOException _) {
            // The tracker left.
        }
    }

    private void talk(DataInputStream in, OutputStream out) throws IOException {
        if (manner == Manner.NEVER_A_PLACE || manner == Manner.NO_PLACE_TWICE && dials.get() <= 2) {
            writeFrame(out, 8, new byte[]{3, (byte) 0xf0});
            return;
        }
        byte[] theirHello = readFrame(in);
        heard.add(MessageCodec.decode(theirHello).orElseThrow());
        byte[] ourHello = MessageCodec.encode(new Message.Hello(
                manner == Manner.TRACKER_ROLE ? Role.TRACKER : Role.MEMBER,
                WireLimits.PROTOCOL_VERSION,
                manner == Manner.OTHER_NETWORK ? TestMember.network("another") : networkId,
                new NodeId(key.publicKey()),
                Sha256.hash(theirHello),
                Optional.empty(),
                BigInteger.TEN,
                3));
        Hash256 digest = Proofs.handshakeDigest(networkId, Role.MEMBER, theirHello, ourHello);
        Signature signature = TestKeys.SCHEME.sign(
                manner == Manner.WRONG_PROOF ? TestKeys.key(999).privateKey() : key.privateKey(), digest);
        byte[] proof = MessageCodec.encode(new Message.Proof(signature));
        switch (manner) {
            case SILENT -> in.read();
            case ENDLESS_FRAME -> writeFrame(out, 2, new byte[100_000]);
            case TEXT -> writeFrame(out, 1, "hello".getBytes());
            case GARBAGE -> writeFrame(out, 2, new byte[]{99, 1, 2, 3});
            case PROOF_FIRST -> writeFrame(out, 2, proof);
            default -> {
                writeFrame(out, 2, ourHello);
                writeFrame(out, 2, proof);
            }
        }
        heard.add(MessageCodec.decode(readFrame(in)).orElseThrow());
        in.read();
    }

    private static String readHead(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the tracker left");
            }
            head.write(next);
        }
        return head.toString(StandardCharsets.US_ASCII);
    }

    private static String acceptKey(String head) {
        String key = head.lines()
                .filter(it -> it.toLowerCase().startsWith("sec-websocket-key:"))
                .map(it -> it.substring(it.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("");
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1")
                    .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes());
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A whole masked frame of a client, shorter than 64 KB. */
    private static byte[] readFrame(DataInputStream in) throws IOException {
        if (in.readUnsignedByte() != 0x82) {
            throw new IOException("the tracker closed");
        }
        int length = in.readUnsignedByte() & 0x7f;
        if (length == 126) {
            length = in.readUnsignedShort();
        }
        byte[] mask = in.readNBytes(4);
        byte[] payload = in.readNBytes(length);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i % 4];
        }
        return payload;
    }

    private static void writeFrame(OutputStream out, int opcode, byte[] payload) throws IOException {
        var frame = new ByteArrayOutputStream();
        frame.write(0x80 | opcode);
        if (payload.length < 126) {
            frame.write(payload.length);
        } else if (payload.length < 65_536) {
            frame.write(126);
            frame.write(payload.length >>> 8);
            frame.write(payload.length);
        } else {
            frame.write(127);
            frame.writeBytes(java.nio.ByteBuffer.allocate(8).putLong(payload.length).array());
        }
        frame.writeBytes(payload);
        out.write(frame.toByteArray());
        out.flush();
    }
}
