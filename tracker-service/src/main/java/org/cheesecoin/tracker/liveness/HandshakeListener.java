package org.cheesecoin.tracker.liveness;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import org.cheesecoin.chain.wire.MessageType;
import org.cheesecoin.tracker.registry.DialResult;
import org.jspecify.annotations.Nullable;

/** Puts frames together, under the small limit of a handshake, and carries them to and fro. */
final class HandshakeListener implements WebSocket.Listener {

    /** The longest of the three that may come before the proof. */
    static final int MAX_FRAME_BYTES = Math.max(
            MessageType.HELLO.frameLimitBytes(),
            Math.max(MessageType.PROOF.frameLimitBytes(), MessageType.REJECT.frameLimitBytes()));

    /**
     * What a member is told where there was no WebSocket. Whether a port is closed, silent or serves something else is not
     * said, since a stranger may have named any address that this tracker reaches.
     */
    static final String NO_WEBSOCKET = "no WebSocket opens there";

    /** Too many requests, or not now. */
    private static final Set<Integer> BUSY = Set.of(429, 503);

    private final DiallerHandshake handshake;
    private final CompletableFuture<Ending> ending = new CompletableFuture<>();
    private final ByteBuffer frame = ByteBuffer.allocate(MAX_FRAME_BYTES);

    private volatile boolean opened;
    private CompletableFuture<?> sent = CompletableFuture.completedFuture(null);

    HandshakeListener(DiallerHandshake handshake) {
        this.handshake = handshake;
    }

    /** How a conversation ends. */
    sealed interface Ending {

        /**
         * There is a result.
         *
         * @param result it
         */
        record Final(DialResult result) implements Ending {}

        /**
         * Somebody is there who closed the connection without an answer: it may have no place now.
         *
         * @param result what it comes to, if it stays so
         */
        record SentAway(DialResult.Failed result) implements Ending {}
    }

    CompletableFuture<Ending> ending() {
        return ending;
    }

    /** One after the other, since the JDK's client refuses a frame while another is on its way. */
    private void send(WebSocket socket, byte[] whole) {
        sent = sent.thenCompose(_ -> socket.sendBinary(ByteBuffer.wrap(whole), true));
    }

    private void fail(String reason) {
        ending.complete(new Ending.Final(new DialResult.Failed(reason)));
    }

    private void sentAway(String reason) {
        ending.complete(new Ending.SentAway(new DialResult.Failed(reason)));
    }

    /** What comes of it where nobody ended it in time. */
    DialResult.Failed timedOut(long timeoutMillis) {
        String reason = "no proof within " + timeoutMillis + " ms";
        return opened ? new DialResult.Failed(reason) : new DialResult.Failed(reason, NO_WEBSOCKET);
    }

    /** There was no WebSocket. One that is closed before any answer, or has no place now, may be there the next time. */
    void notOpened(Throwable thrown) {
        Throwable cause = thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause()
                : thrown;
        DialResult.Failed failed = new DialResult.Failed("no WebSocket there: " + cause, NO_WEBSOCKET);
        Ending end = switch (cause) {
            case WebSocketHandshakeException refused when BUSY.contains(refused.getResponse().statusCode()) ->
                    new Ending.SentAway(failed);
            case WebSocketHandshakeException _,ConnectException _,HttpTimeoutException _ -> new Ending.Final(failed);
            case IOException _ -> new Ending.SentAway(failed);
            default -> new Ending.Final(failed);
        };
        ending.complete(end);
    }

    @Override
    public void onOpen(WebSocket socket) {
        opened = true;
        if (ending.isDone()) {
            // Too late: nobody waits for it any more.
            socket.abort();
            return;
        }
        send(socket, handshake.hello());
        socket.request(1);
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer part, boolean last) {
        if (ending.isDone()) {
            return null;
        }
        if (part.remaining() > frame.remaining()) {
            fail("a frame of more than " + MAX_FRAME_BYTES + " bytes");
            return null;
        }
        frame.put(part);
        if (last) {
            byte[] whole = new byte[frame.flip().remaining()];
            frame.get(whole);
            frame.clear();
            switch (handshake.hear(whole)) {
                case DiallerHandshake.Next.Say(byte[] answer) -> send(socket, answer);
                case DiallerHandshake.Next.Done(DialResult done) -> ending.complete(new Ending.Final(done));
            }
        }
        socket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
        fail("it sent text");
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
        sentAway("it closed with " + status + " " + reason);
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable thrown) {
        sentAway("the connection broke: " + thrown);
    }
}
