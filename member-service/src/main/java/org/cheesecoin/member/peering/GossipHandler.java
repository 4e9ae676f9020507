package org.cheesecoin.member.peering;

import java.net.InetSocketAddress;
import java.util.Optional;

import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.node.Input;
import org.cheesecoin.chain.wire.GossipUrl;
import org.cheesecoin.chain.wire.Message;
import org.cheesecoin.chain.wire.MessageCodec;
import org.cheesecoin.member.node.Mailbox;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.BinaryWebSocketHandler;

/**
 * Turns WebSocket events of either direction into the node's inputs. Nothing that a peer sends makes it throw, and who
 * sends text is sent away.
 */
final class GossipHandler extends BinaryWebSocketHandler {

    private static final long VERDICT_MILLIS = 60_000;

    private final Connections connections;
    private final Mailbox mailbox;
    private final Optional<GossipUrl> dialled;

    GossipHandler(Connections connections, Mailbox mailbox, Optional<GossipUrl> dialled) {
        this.connections = connections;
        this.mailbox = mailbox;
        this.dialled = dialled;
    }

    /** Frames come in parts, or each connection would cost a buffer for the largest. */
    @Override
    public boolean supportsPartialMessages() {
        return true;
    }

    @Override
    public void afterConnectionEstablished(WebSocketSession session) throws Exception {
        InetSocketAddress remote = session.getRemoteAddress();
        String address = remote == null ? "unknown" : remote.getAddress().getHostAddress();
        Optional<Connection> connection = connections.open(session, address, dialled);
        if (connection.isEmpty()) {
            session.close(CloseStatus.SERVICE_OVERLOAD);
            dialled.ifPresent(url -> mailbox.handle(new Input.DialFailed(url)));
        }
    }

    @Override
    protected void handleBinaryMessage(WebSocketSession session, BinaryMessage part) throws Exception {
        if (session.getAttributes().get(Connection.ATTRIBUTE) instanceof Connection connection) {
            connection.traffic().received(part.getPayloadLength());
            FrameAssembler.Position position = part.isLast() ? FrameAssembler.Position.LAST
                    : FrameAssembler.Position.INNER;
            Optional<Outcome<byte[]>> frame = connection.assembler().offer(part.getPayload(), position,
                    connection.phase());
            if (frame.isPresent()) {
                received(connection, frame.get());
            }
        }
    }

    private void received(Connection connection, Outcome<byte[]> frame) throws InterruptedException {
        int sizeBytes = frame instanceof Outcome.Passed<byte[]>(byte[] bytes) ? bytes.length : 0;
        switch (frame.then(MessageCodec::decode)) {
            case Outcome.Passed<Message>(Message message) -> {
                mailbox.handle(new Input.MessageReceived(connection.link(), message, sizeBytes));
                if (message instanceof Message.Proof) {
                    connection.awaitVerdict(VERDICT_MILLIS);
                }
            }
            case Outcome.Refused<Message>(Violation violation) ->
                    mailbox.handle(new Input.FrameRefused(connection.link(), violation));
        }
    }

    @Override
    public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
        if (session.getAttributes().get(Connection.ATTRIBUTE) instanceof Connection connection) {
            connections.closed(connection);
        }
    }

    @Override
    public void handleTransportError(WebSocketSession session, Throwable exception) {
        afterConnectionClosed(session, CloseStatus.NO_CLOSE_FRAME);
    }
}
