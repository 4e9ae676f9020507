package org.cheesecoin.member.peering;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import org.cheesecoin.chain.node.LinkId;
import org.cheesecoin.chain.wire.MessageType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketSession;

/** One WebSocket, in either direction, with its bounded send queue and the one thread that sends. */
final class Connection {

    /** Under this name its WebSocket session knows it. */
    static final String ATTRIBUTE = "cheesecoin.connection";

    /** Bytes that may wait to be sent; one frame is always taken, however large it is. */
    static final int MAX_QUEUED_BYTES = 8_000_000;

    /** With more than this waiting, whoever can wait does: a peer that syncs slowly must not fill the heap. */
    private static final int PATIENT_QUEUED_BYTES = 1_000_000;

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    private final LinkId link;
    private final WebSocketSession session;
    private final GossipTraffic traffic;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<byte[]> queue = new ArrayDeque<>();
    private final FrameAssembler assembler = new FrameAssembler();
    private volatile MessageType.Phase phase = MessageType.Phase.HANDSHAKE;
    private Optional<AnswerServer> answerServer = Optional.empty();
    private long queuedBytes;
    private Stage stage = Stage.OPEN;
    private CloseStatus farewell = CloseStatus.NORMAL;

    private enum Stage {
        OPEN,
        /** Sends what is queued, then closes. */
        FINISHING,
        CLOSED
    }

    /** What became of a frame that was to be sent. */
    enum Offered {
        QUEUED,
        QUEUE_FULL,
        CLOSED
    }

    Connection(LinkId link, WebSocketSession session, GossipTraffic traffic) {
        this.link = link;
        this.session = session;
        this.traffic = traffic;
    }

    LinkId link() {
        return link;
    }

    GossipTraffic traffic() {
        return traffic;
    }

    FrameAssembler assembler() {
        return assembler;
    }

    MessageType.Phase phase() {
        return phase;
    }

    void joined() {
        lock.lock();
        try {
            phase = MessageType.Phase.JOINED;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Reads nothing more until the other end's proof was found good, or not. */
    void awaitVerdict(long timeoutMillis) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        lock.lock();
        try {
            long leftNanos = deadlineNanos - System.nanoTime();
            while (stage == Stage.OPEN && phase == MessageType.Phase.HANDSHAKE && leftNanos > 0) {
                leftNanos = changed.awaitNanos(leftNanos);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The one that answers this peer; made when it first asks. */
    AnswerServer server(Supplier<AnswerServer> make) {
        lock.lock();
        try {
            AnswerServer current = answerServer.orElseGet(make);
            answerServer = Optional.of(current);
            if (stage == Stage.CLOSED) {
                current.stop();
            }
            return current;
        } finally {
            lock.unlock();
        }
    }

    void start() {
        Thread.ofVirtual().name("send-" + link).start(this::sendAll);
    }

    /** Queues a frame; never waits. */
    Offered offer(byte[] frame) {
        lock.lock();
        try {
            if (stage != Stage.OPEN) {
                return Offered.CLOSED;
            }
            if (!hasRoomFor(frame)) {
                return Offered.QUEUE_FULL;
            }
            enqueue(frame);
            return Offered.QUEUED;
        } finally {
            lock.unlock();
        }
    }

    /** Queues a frame and waits for room, for those who have much to send and time. */
    Offered offerWaiting(byte[] frame) throws InterruptedException {
        lock.lock();
        try {
            while (stage == Stage.OPEN && queuedBytes > PATIENT_QUEUED_BYTES) {
                changed.await();
            }
            if (stage != Stage.OPEN) {
                return Offered.CLOSED;
            }
            enqueue(frame);
            return Offered.QUEUED;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until this frame has been written, or never will be; answers which. */
    Offered awaitSent(byte[] frame) throws InterruptedException {
        lock.lock();
        try {
            while (stage != Stage.CLOSED && queue.contains(frame)) {
                changed.await();
            }
            return stage == Stage.CLOSED ? Offered.CLOSED : Offered.QUEUED;
        } finally {
            lock.unlock();
        }
    }

    private boolean hasRoomFor(byte[] frame) {
        return queue.isEmpty() || queuedBytes + frame.length <= MAX_QUEUED_BYTES;
    }

    private void enqueue(byte[] frame) {
        queue.add(frame);
        queuedBytes += frame.length;
        changed.signalAll();
    }

    /** Closes after what is queued is sent. */
    void finish(CloseStatus status) {
        lock.lock();
        try {
            if (stage == Stage.OPEN) {
                stage = Stage.FINISHING;
                farewell = status;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The other end is gone, or there is no time for manners. */
    void closed() {
        lock.lock();
        try {
            stage = Stage.CLOSED;
            queue.clear();
            answerServer.ifPresent(AnswerServer::stop);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void sendAll() {
        try {
            byte[] frame = next();
            while (frame.length > 0) {
                session.sendMessage(new BinaryMessage(frame));
                traffic.sent(frame.length);
                sent(frame);
                frame = next();
            }
            session.close(farewell);
        } catch (IOException | IllegalStateException e) {
            LOG.debug("{} broke while sending", link, e);
            closeQuietly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closeQuietly();
        }
    }

    /** The next frame to send; an empty one where there will be none. */
    private byte[] next() throws InterruptedException {
        lock.lock();
        try {
            while (queue.isEmpty() && stage == Stage.OPEN) {
                changed.await();
            }
            return queue.isEmpty() ? new byte[0] : queue.getFirst();
        } finally {
            lock.unlock();
        }
    }

    private void sent(byte[] frame) {
        lock.lock();
        try {
            if (!queue.isEmpty()) {
                queue.removeFirst();
            }
            queuedBytes -= frame.length;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void closeQuietly() {
        closed();
        try {
            session.close(CloseStatus.SERVER_ERROR);
        } catch (IOException e) {
            LOG.trace("{} was closed already", link, e);
        }
    }
}
