package org.cheesecoin.member.peering;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.cheesecoin.chain.node.LinkEnd;
import org.cheesecoin.chain.node.LinkId;
import org.cheesecoin.chain.wire.MessageType;
import org.cheesecoin.member.node.FairBytes;
import org.cheesecoin.web.MonotonicClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebSocket, in either direction: what waits to be sent on it, how far it is, and until when it must be further. One
 * thread sends; whoever closes a connection only marks it, and nobody is ever interrupted.
 */
final class Connection {

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final byte[] NOTHING = new byte[0];

    private final LinkId link;
    private final GossipSocket socket;
    private final GossipLimits limits;
    private final MonotonicClock clock;
    private final GossipTraffic traffic;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Outgoing> queue = new ArrayDeque<>();
    private volatile MessageType.Phase phase = MessageType.Phase.HANDSHAKE;
    private volatile Stage stage = Stage.OPEN;
    private volatile LinkEnd end = new LinkEnd.Unsaid();
    private Optional<byte[]> pong = Optional.empty();
    private Optional<Outgoing> writing = Optional.empty();
    private long writingSinceMillis;
    private Optional<Answer> answer = Optional.empty();
    private int queuedBytes;
    private long deadlineMillis;
    private int closeCode = CloseCode.NORMAL;
    private String closeReason = "";
    private Goodbye goodbye = Goodbye.NOT_HEARD;
    private Runnable onClose = () -> {};

    private enum Stage {
        OPEN,
        /** Sends what is queued, then the close frame, then waits a little for the other end's. */
        FINISHING,
        CLOSED
    }

    /** Whether the other end has sent its close frame. */
    private enum Goodbye {
        NOT_HEARD,
        HEARD
    }

    /** What became of a message that was to be sent. */
    enum Offered {
        QUEUED,
        QUEUE_FULL,
        CLOSED
    }

    /** What a message draws on while it is sent. */
    sealed interface Draws {

        /** The link's queue of messages. */
        record OnQueue() implements Draws {}

        /** The link's own room. */
        record OnRoom() implements Draws {}

        /** What all links share. */
        record OnPool(FairBytes pool) implements Draws {}
    }

    /**
     * A part of an answer, from when it is queued. It holds what it draws on while it waits for its turn too, so that its
     * time counts from there: else a peer could take the small messages before it one by one, and keep others waiting.
     */
    private record Answer(Outgoing outgoing, long bytesWithThoseBefore, long sinceMillis) {}

    private record Outgoing(byte[] first, byte[] second, Draws draws) {

        int bytes() {
            return first.length + second.length;
        }
    }

    Connection(LinkId link, GossipSocket socket, GossipLimits limits, MonotonicClock clock, GossipTraffic traffic) {
        this.link = link;
        this.socket = socket;
        this.limits = limits;
        this.clock = clock;
        this.traffic = traffic;
        this.deadlineMillis = clock.millis() + limits.handshakeMillis();
    }

    LinkId link() {
        return link;
    }

    GossipSocket socket() {
        return socket;
    }

    MessageType.Phase phase() {
        return phase;
    }

    /** Whether anything that comes or goes is still wanted. */
    boolean isOpen() {
        return stage == Stage.OPEN;
    }

    boolean isClosed() {
        return stage == Stage.CLOSED;
    }

    /** What is to be told when it is closed, by whoever closes it. */
    void whenClosed(Runnable told) {
        onClose = told;
    }

    /** The other end was found to be a peer. */
    void joined() {
        lock.lock();
        try {
            phase = MessageType.Phase.JOINED;
            if (stage == Stage.OPEN) {
                deadlineMillis = Long.MAX_VALUE;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the other end's proof was found good, or the connection ends. */
    void awaitVerdict() {
        lock.lock();
        try {
            if (stage == Stage.OPEN && phase == MessageType.Phase.HANDSHAKE) {
                deadlineMillis = clock.millis() + limits.verdictMillis();
            }
            while (stage == Stage.OPEN && phase == MessageType.Phase.HANDSHAKE) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Queues a message; never waits. */
    Offered offer(byte[] message) {
        lock.lock();
        try {
            if (stage != Stage.OPEN) {
                return Offered.CLOSED;
            }
            if (queuedBytes > limits.queuedBytes()) {
                return Offered.QUEUE_FULL;
            }
            queuedBytes += message.length;
            queue.add(new Outgoing(message, NOTHING, new Draws.OnQueue()));
            changed.signalAll();
            return Offered.QUEUED;
        } finally {
            lock.unlock();
        }
    }

    /** Sends a part of an answer, given in two pieces, and waits until it is written, or never will be. */
    Offered sendAnswer(byte[] first, byte[] second, Draws draws) {
        Outgoing part = new Outgoing(first, second, draws);
        lock.lock();
        try {
            if (stage != Stage.OPEN) {
                return Offered.CLOSED;
            }
            answer = Optional.of(new Answer(part, (long) queuedBytes + part.bytes(), clock.millis()));
            queue.add(part);
            changed.signalAll();
            while (stage != Stage.CLOSED && isUnwritten(part)) {
                changed.awaitUninterruptibly();
            }
            return stage == Stage.OPEN ? Offered.QUEUED : Offered.CLOSED;
        } finally {
            lock.unlock();
        }
    }

    private boolean isUnwritten(Outgoing part) {
        return answer.isPresent() && answer.get().outgoing() == part;
    }

    /** Answers a ping; a newer one takes the place of one that is not answered yet. */
    void pong(byte[] payload) {
        lock.lock();
        try {
            pong = Optional.of(payload);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Closes after what is queued is sent, but soon, whatever the other end does. */
    void finish(int code, String reason) {
        lock.lock();
        try {
            if (stage == Stage.OPEN) {
                stage = Stage.FINISHING;
                deadlineMillis = Math.min(deadlineMillis, clock.millis() + limits.goodbyeMillis());
                closeCode = code;
                closeReason = reason;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
        onClose.run();
    }

    /** Notes why it is about to end; of one that is ending already the reason stays. */
    void endsFor(LinkEnd reason) {
        if (isOpen()) {
            end = reason;
        }
    }

    /** Why it ended, for the node, which knows better where it ended it itself. */
    LinkEnd end() {
        return end;
    }

    /**
     * The other end has sent its close frame, as an answer to ours or of its own accord.
     *
     * @param reason what it says
     */
    void goodbyeHeard(LinkEnd reason) {
        endsFor(reason);
        lock.lock();
        try {
            goodbye = Goodbye.HEARD;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        finish(CloseCode.NORMAL, "");
    }

    /** Nothing more is read; whoever was told why has so long to say goodbye. */
    void mute() {
        lock.lock();
        try {
            deadlineMillis = Math.min(deadlineMillis, clock.millis() + limits.goodbyeMillis());
        } finally {
            lock.unlock();
        }
    }

    /** Closes at once: the other end is gone, or there is no time for manners. */
    void close() {
        lock.lock();
        try {
            stage = Stage.CLOSED;
            queue.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        socket.close();
        onClose.run();
    }

    /** Whether the other end should have taken more by now of what it is sent. */
    boolean isSlow() {
        lock.lock();
        try {
            return stage == Stage.OPEN && (isWritingOverdue() || isAnswerOverdue());
        } finally {
            lock.unlock();
        }
    }

    /** Whether it should have been further by now. */
    boolean isOverdue() {
        lock.lock();
        try {
            return stage != Stage.CLOSED
                    && (clock.millis() > deadlineMillis || isWritingOverdue() || isAnswerOverdue());
        } finally {
            lock.unlock();
        }
    }

    private boolean isWritingOverdue() {
        return writing.filter(outgoing -> clock.millis() - writingSinceMillis > limits.millisToSend(outgoing.bytes(),
                supplyOf(outgoing))).isPresent();
    }

    private boolean isAnswerOverdue() {
        return answer.filter(part -> clock.millis() - part.sinceMillis() > limits.millisToSend(
                part.bytesWithThoseBefore(), supplyOf(part.outgoing()))).isPresent();
    }

    private static GossipLimits.Supply supplyOf(Outgoing outgoing) {
        return switch (outgoing.draws()) {
            case Draws.OnQueue(),Draws.OnRoom() -> GossipLimits.Supply.AMPLE;
            case Draws.OnPool(FairBytes pool) -> GossipLimits.Supply.of(pool);
        };
    }

    /** Sends until the end; the thread that does nothing else. */
    void sendAll() {
        try {
            FrameWriter writer = new FrameWriter(socket);
            while (sendNext(writer)) {
                // the next
            }
            if (stage == Stage.FINISHING) {
                writer.close(closeCode, closeReason);
                awaitClosed();
            }
        } catch (IOException e) {
            LOG.debug("{} broke while sending", link, e);
        } finally {
            close();
        }
    }

    /** Answers whether there may be more. */
    private boolean sendNext(FrameWriter writer) throws IOException {
        Optional<byte[]> ping;
        Optional<Outgoing> next;
        lock.lock();
        try {
            while (queue.isEmpty() && pong.isEmpty() && stage == Stage.OPEN) {
                changed.awaitUninterruptibly();
            }
            ping = pong;
            pong = Optional.empty();
            next = ping.map(payload -> new Outgoing(payload, NOTHING, new Draws.OnRoom()))
                    .or(() -> Optional.ofNullable(queue.pollFirst()));
            writing = next;
            writingSinceMillis = clock.millis();
        } finally {
            lock.unlock();
        }
        if (ping.isPresent()) {
            writer.pong(ping.get());
        } else if (next.isPresent()) {
            writer.message(next.get().first(), next.get().second());
            traffic.sent(next.get().bytes());
        }
        next.ifPresent(this::written);
        return next.isPresent();
    }

    private void written(Outgoing outgoing) {
        lock.lock();
        try {
            writing = Optional.empty();
            if (isUnwritten(outgoing)) {
                answer = Optional.empty();
            }
            if (outgoing.draws() instanceof Draws.OnQueue) {
                queuedBytes -= outgoing.bytes();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void awaitClosed() {
        lock.lock();
        try {
            while (stage != Stage.CLOSED && goodbye == Goodbye.NOT_HEARD) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }
}
