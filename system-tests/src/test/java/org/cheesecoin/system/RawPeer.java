package org.cheesecoin.system;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

import org.cheesecoin.chain.cheese.Rule;
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
import org.jspecify.annotations.Nullable;

/** A stranger on the gossip port: speaks the protocol by hand, so that it can say what no member would say. */
final class RawPeer implements AutoCloseable {

    private static final long WAIT_SECONDS = 15;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final TestKey nodeKey;
    private final Smell networkId;
    private final BlockingQueue<Message> received = new LinkedBlockingQueue<>();
    private final CompletableFuture<String> closed = new CompletableFuture<>();
    private final WebSocket socket;

    private RawPeer(Member member, Smell networkId, TestKey nodeKey) {
        this.nodeKey = nodeKey;
        this.networkId = networkId;
        this.socket = HTTP.newWebSocketBuilder().buildAsync(URI.create(member.gossipUrl()), new Listener()).join();
    }

    /** An open socket, and not a word yet. */
    static RawPeer connect(Member member, Smell networkId, TestKey nodeKey) {
        return new RawPeer(member, networkId, nodeKey);
    }

    /** A complete handshake. The member says so by reading on: it answers a ping. */
    static RawPeer join(Member member, Smell networkId, TestKey nodeKey) {
        RawPeer peer = connect(member, networkId, nodeKey);
        peer.shakeHands(nodeKey);
        peer.send(new Message.Ping(7));
        peer.await(Message.Pong.class);
        return peer;
    }

    /** Hello and Proof, the proof signed by this key, be it ours or not. */
    void shakeHands(TestKey prover) {
        byte[] ours = MessageCodec.encode(hello(networkId));
        sendFrame(ours);
        byte[] theirs = MessageCodec.encode(await(Message.Hello.class));
        await(Message.Proof.class);
        Hash256 digest = Proofs.handshakeDigest(networkId, Role.MEMBER, ours, theirs);
        send(new Message.Proof(TestKeys.SCHEME.sign(prover.privateKey(), digest)));
    }

    /** A Hello of this peer for that network, which claims no work. */
    Message.Hello hello(Smell network) {
        byte[] challenge = new byte[Hash256.BYTES];
        ThreadLocalRandom.current().nextBytes(challenge);
        return new Message.Hello(Role.MEMBER, WireLimits.PROTOCOL_VERSION, network, new NodeId(nodeKey.publicKey()),
                Hash256.of(challenge), Optional.empty(), BigInteger.ZERO, 0);
    }

    void send(Message message) {
        sendFrame(MessageCodec.encode(message));
    }

    /** Any bytes, as one binary message. */
    void sendFrame(byte[] frame) {
        socket.sendBinary(ByteBuffer.wrap(frame), true).orTimeout(WAIT_SECONDS, TimeUnit.SECONDS).join();
    }

    /** The next message of this type; others before it are dropped. */
    <M extends Message> M await(Class<M> type) {
        return await(type, _ -> true);
    }

    /** The next message of this type that fits; others before it are dropped. */
    <M extends Message> M await(Class<M> type, Predicate<M> fits) {
        long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
        while (true) {
            Message message = poll(deadlineNanos - System.nanoTime());
            if (message == null) {
                throw new AssertionError("no %s came; closed: %s".formatted(type.getSimpleName(), closed));
            }
            if (type.isInstance(message) && fits.test(type.cast(message))) {
                return type.cast(message);
            }
        }
    }

    /** The next message, if one comes in time. */
    Optional<Message> next(long millis) {
        return Optional.ofNullable(poll(TimeUnit.MILLISECONDS.toNanos(millis)));
    }

    private @Nullable Message poll(long nanos) {
        try {
            return received.poll(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The rule of the next Reject. */
    Rule rejected() {
        return await(Message.Reject.class).rule();
    }

    /** Why the member closed the connection. */
    String awaitClosed() {
        try {
            return closed.get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("the member keeps the connection open", e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether the member still answers here. */
    boolean isWelcome() {
        long nonce = ThreadLocalRandom.current().nextLong();
        send(new Message.Ping(nonce));
        return await(Message.Pong.class, it -> it.nonce() == nonce).nonce() == nonce;
    }

    @Override
    public void close() {
        socket.abort();
    }

    private final class Listener implements WebSocket.Listener {

        private final ByteArrayOutputStream parts = new ByteArrayOutputStream();

        @Override
        public CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
            byte[] bytes = new byte[part.remaining()];
            part.get(bytes);
            parts.writeBytes(bytes);
            if (last) {
                received.add(MessageCodec.decode(parts.toByteArray()).orElseThrow());
                parts.reset();
            }
            from.request(1);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
            closed.complete(reason);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            closed.complete("broken: " + error);
        }
    }
}
