package org.cheesecoin.tracker.liveness;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
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

    private final DiallerHandshake handshake;
    private final CompletableFuture<DialResult> result = new CompletableFuture<>();
    private final ByteBuffer frame = ByteBuffer.allocate(MAX_FRAME_BYTES);

    private CompletableFuture<?> sent = CompletableFuture.completedFuture(null);

    HandshakeListener(DiallerHandshake handshake) {
        this.handshake = handshake;
    }

    CompletableFuture<DialResult> result() {
        return result;
    }

    /** One after the other, since the JDK's client refuses a frame while another is on its way. */
    private void send(WebSocket socket, byte[] whole) {
        sent = sent.thenCompose(_ -> socket.sendBinary(ByteBuffer.wrap(whole), true));
    }

    void fail(String reason) {
        result.complete(new DialResult.Failed(reason));
    }

    @Override
    public void onOpen(WebSocket socket) {
        if (result.isDone()) {
            // Too late: nobody waits for it any more.
            socket.abort();
            return;
        }
        send(socket, handshake.hello());
        socket.request(1);
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer part, boolean last) {
        if (result.isDone()) {
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
                case DiallerHandshake.Next.Done(DialResult done) -> result.complete(done);
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
        fail("it closed with " + status);
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable thrown) {
        fail("the connection broke: " + thrown);
    }
}
