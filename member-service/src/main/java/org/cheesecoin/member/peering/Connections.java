package org.cheesecoin.member.peering;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.node.Input;
import org.cheesecoin.chain.node.LinkId;
import org.cheesecoin.chain.node.Question;
import org.cheesecoin.chain.wire.GossipUrl;
import org.cheesecoin.chain.wire.Message;
import org.cheesecoin.chain.wire.MessageCodec;
import org.cheesecoin.member.node.Mailbox;
import org.cheesecoin.member.persistence.CheeseReader;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketSession;

/** All WebSockets of this member, by the numbers that the node knows them by. */
public final class Connections {

    /** Connections at most, whatever their state. The node's own slots are fewer. */
    static final int MAX_CONNECTIONS = 256;

    private static final int MAX_REASON_CHARS = 100;

    private final Mailbox mailbox;
    private final CheeseReader reader;
    private final GossipTraffic traffic;
    private final Map<LinkId, Connection> connections = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();

    Connections(Mailbox mailbox, CheeseReader reader, GossipTraffic traffic) {
        this.mailbox = mailbox;
        this.reader = reader;
        this.traffic = traffic;
    }

    /** A WebSocket is open. Empty where there are too many. */
    Optional<Connection> open(WebSocketSession session, String remoteAddress, Optional<GossipUrl> dialled) {
        if (connections.size() >= MAX_CONNECTIONS) {
            return Optional.empty();
        }
        Connection connection = new Connection(new LinkId(numbers.incrementAndGet()), session, traffic);
        connections.put(connection.link(), connection);
        // Before anything can be sent on it: a send that fails closes it, on another thread.
        session.getAttributes().put(Connection.ATTRIBUTE, connection);
        connection.start();
        mailbox.handle(new Input.LinkOpened(connection.link(), remoteAddress, dialled));
        return Optional.of(connection);
    }

    /** A WebSocket is closed, by whichever end. */
    void closed(Connection connection) {
        connection.closed();
        if (connections.remove(connection.link()) != null) {
            mailbox.handle(new Input.LinkClosed(connection.link()));
        }
    }

    /** Sends a message. A peer that does not take what it is sent is dropped (NET-SLOW). */
    public void send(LinkId link, Message message) {
        Connection connection = connections.get(link);
        if (connection == null) {
            return;
        }
        byte[] frame = MessageCodec.encode(message);
        if (connection.offer(frame) == Connection.Offered.QUEUE_FULL) {
            close(link, Violation.of(Rule.NET_SLOW).with("queueBytes", Connection.MAX_QUEUED_BYTES));
        }
    }

    /** The other end is proved to be a peer: it may send larger frames from now on. */
    public void joined(LinkId link) {
        Connection connection = connections.get(link);
        if (connection != null) {
            connection.joined();
        }
    }

    /** Reads the answer off the loop and sends it, as fast as the peer takes it. */
    public void serve(LinkId link, Question question) {
        Connection connection = connections.get(link);
        if (connection != null) {
            server(connection).serve(question);
        }
    }

    /** Sends an answer that is made already. */
    public void answer(LinkId link, Message message) {
        Connection connection = connections.get(link);
        if (connection != null) {
            server(connection).send(message);
        }
    }

    private AnswerServer server(Connection connection) {
        return connection.server(() -> new AnswerServer(connection, reader, mailbox));
    }

    /** Closes after what was sent before. */
    public void close(LinkId link, Violation reason) {
        Connection connection = connections.get(link);
        if (connection != null) {
            String message = reason.message();
            String text = message.substring(0, Math.min(MAX_REASON_CHARS, message.length()));
            connection.finish(CloseStatus.POLICY_VIOLATION.withReason(asciiOnly(text)));
        }
    }

    /** Closes all, as before a new start of the node. */
    public void closeAll() {
        connections.values().forEach(connection -> connection.finish(CloseStatus.GOING_AWAY));
    }

    // A close frame holds 123 bytes of UTF-8; with one byte for each character there is nothing to count.
    private static String asciiOnly(String text) {
        return text.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
