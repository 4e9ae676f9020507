package org.cheesecoin.member.peering;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

import org.cheesecoin.chain.cheese.CheeseHeader;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.node.Input;
import org.cheesecoin.chain.node.Question;
import org.cheesecoin.chain.wire.CompactCheeses;
import org.cheesecoin.chain.wire.Message;
import org.cheesecoin.chain.wire.MessageCodec;
import org.cheesecoin.chain.wire.MessageType;
import org.cheesecoin.chain.wire.WireLimits;
import org.cheesecoin.member.node.FairBytes;
import org.cheesecoin.member.node.Mailbox;
import org.cheesecoin.member.persistence.CheeseReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes and sends answers from committed state, off the loop. What an answer needs of the memory that all links share is
 * taken before it is made, in the order of asking, and given back when its last byte is written. Two threads read, for one
 * link after the other; they are never interrupted, since H2 closes its file when somebody interrupts who reads it.
 */
final class Answers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    /** Threads that read for peers: one that waits for the disk does not stop the other. */
    static final int READERS = 2;

    private static final int LIST_BYTES = 3;
    /** A reorganisation may take the fork away between two looks. */
    private static final int FORK_ATTEMPTS = 3;

    private final CheeseReader reader;
    private final CheeseShelf shelf;
    private final FairBytes small;
    private final FairBytes large;
    private final Mailbox mailbox;
    private final GossipLimits limits;
    private final ExecutorService readers = Executors.newFixedThreadPool(READERS,
            Thread.ofPlatform().name("serve-", 0).daemon().factory());

    /** Whether all of an answer was written. */
    private enum End {
        SENT,
        LINK_CLOSED
    }

    Answers(CheeseReader reader, Mailbox mailbox, GossipLimits limits) {
        this.reader = reader;
        this.shelf = new CheeseShelf(reader::encoded, limits.shelfBytes());
        this.small = new FairBytes(limits.smallAnswerBytes());
        this.large = new FairBytes(limits.answerBytes());
        this.mailbox = mailbox;
        this.limits = limits;
    }

    /** Whoever waits on a link's behalf is to look whether it is still open. */
    void wake() {
        small.wake();
        large.wake();
    }

    /** An answer that the node has made; its frame is made when there is room for it. */
    void message(Connection connection, Message message) {
        start(connection, () -> withRoom(connection, MessageCodec.sizeBytes(message),
                draws -> Optional.of(send(connection, MessageCodec.encode(message), draws))).orElseThrow());
    }

    /** An answer from the committed stack. */
    void serve(Connection connection, Question question) {
        start(connection, () -> switch (question) {
            case Question.Headers(List<Smell> locator) -> sendHeaders(connection, locator);
            case Question.Cheeses(List<Smell> smells) -> sendCheeses(connection, smells);
            case Question.CheeseTransactions(Message.GetCheeseTransactions asked) ->
                    sendTransactions(connection, asked);
        });
    }

    private void start(Connection connection, Supplier<End> answer) {
        Thread.ofVirtual().name("answer-" + connection.link()).start(() -> {
            try {
                switch (answer.get()) {
                    case SENT -> mailbox.handleOfLink(new Input.AnswerSent(connection.link()));
                    case LINK_CLOSED -> {}
                }
            } catch (CancellationException e) {
                LOG.debug("An answer to {} is not wanted any more", connection.link());
            } catch (RuntimeException e) {
                LOG.warn("Cannot answer {}: {}", connection.link(), e.toString());
                connection.finish(CloseCode.GOING_AWAY, "cannot answer now");
            }
        });
    }

    private End sendHeaders(Connection connection, List<Smell> locator) {
        for (int attempt = 0; attempt < FORK_ATTEMPTS; attempt++) {
            CheeseReader.Fork fork = read(connection, () -> reader.fork(locator));
            int most = Math.clamp(fork.tipHeight() - (long) fork.height(), 0, WireLimits.MAX_HEADERS);
            Optional<End> end = withRoom(connection, LIST_BYTES + most * CheeseHeader.BYTES, draws -> {
                Optional<byte[]> frame = read(connection, () -> reader.headersAbove(fork, most).map(Answers::frame));
                return frame.map(it -> end(connection.sendAnswer(it, new byte[0], draws)));
            });
            if (end.isPresent()) {
                return end.get();
            }
        }
        throw new IllegalStateException("the best branch changes too fast");
    }

    private static byte[] frame(List<byte[]> headers) {
        byte[] frame = new byte[LIST_BYTES + headers.size() * CheeseHeader.BYTES];
        frame[0] = (byte) MessageType.HEADERS.firstByte();
        frame[1] = (byte) (headers.size() >> 8);
        frame[2] = (byte) headers.size();
        for (int i = 0; i < headers.size(); i++) {
            System.arraycopy(headers.get(i), 0, frame, LIST_BYTES + i * CheeseHeader.BYTES, CheeseHeader.BYTES);
        }
        return frame;
    }

    private End sendCheeses(Connection connection, List<Smell> smells) {
        byte[] type = {(byte) MessageType.CHEESE_BODY.firstByte()};
        List<Hash256> missing = new ArrayList<>();
        for (Smell smell : smells) {
            Optional<Integer> sizeBytes = readOrNothing(connection, () -> reader.sizeBytes(smell));
            Optional<End> end = sizeBytes.flatMap(size -> withRoom(connection, size, draws -> {
                Optional<byte[]> body = readOrNothing(connection, () -> shelf.encoded(smell));
                return body.map(it -> end(connection.sendAnswer(type, it, draws)));
            }));
            if (end.isEmpty()) {
                missing.add(smell.hash());
            } else if (end.get() == End.LINK_CLOSED) {
                return End.LINK_CLOSED;
            }
        }
        return missing.isEmpty() ? End.SENT : sendMissing(connection, missing);
    }

    private End sendTransactions(Connection connection, Message.GetCheeseTransactions asked) {
        Optional<Integer> sizeBytes = readOrNothing(connection, () -> reader.sizeBytes(asked.smell()));
        Optional<End> end = sizeBytes.flatMap(size -> withRoom(connection, size, draws -> {
            Optional<Outcome<byte[]>> cut = readOrNothing(connection,
                    () -> shelf.encoded(asked.smell()).map(it -> CompactCheeses.answer(it, asked)));
            return cut.map(it -> switch (it) {
                case Outcome.Passed<byte[]>(byte[] frame) ->
                        end(connection.sendAnswer(frame, new byte[0], draws));
                case Outcome.Refused<byte[]>(Violation violation) -> {
                    mailbox.handleOfLink(new Input.FrameRefused(connection.link(), violation));
                    yield End.LINK_CLOSED;
                }
            });
        }));
        return end.orElseGet(() -> sendMissing(connection, List.of(asked.smell().hash())));
    }

    private static End send(Connection connection, byte[] frame, Connection.Draws draws) {
        return end(connection.sendAnswer(frame, new byte[0], draws));
    }

    /** At most a few kilobytes, the smells that one question may name. */
    private static End sendMissing(Connection connection, List<Hash256> missing) {
        return send(connection, MessageCodec.encode(new Message.NotFound(missing)), new Connection.Draws.OnRoom());
    }

    private static End end(Connection.Offered offered) {
        return offered == Connection.Offered.QUEUED ? End.SENT : End.LINK_CLOSED;
    }

    /** Something that needs memory; nothing where what it is about is not there. */
    @FunctionalInterface
    private interface Piece {
        Optional<End> send(Connection.Draws draws);
    }

    private Optional<End> withRoom(Connection connection, int bytes, Piece piece) {
        if (bytes <= limits.roomBytes()) {
            return piece.send(new Connection.Draws.OnRoom());
        }
        FairBytes pool = bytes <= limits.smallBytes() ? small : large;
        Optional<FairBytes.Grant> grant = pool.take(bytes, connection::isOpen);
        if (grant.isEmpty()) {
            return Optional.of(End.LINK_CLOSED);
        }
        try {
            return piece.send(new Connection.Draws.OnPool(pool));
        } finally {
            grant.get().release();
        }
    }

    /** What cannot be read is as good as missing: the peer asks another, and the next may be readable. */
    private <T> Optional<T> readOrNothing(Connection connection, Supplier<Optional<T>> work) {
        try {
            return read(connection, work);
        } catch (CancellationException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.warn("Cannot read for {}: {}", connection.link(), e.toString());
            return Optional.empty();
        }
    }

    /** Has this read by one of the few who may; each link has one such question at most, and they take turns. */
    private <T> T read(Connection connection, Supplier<T> work) {
        try {
            return CompletableFuture.supplyAsync(() -> {
                if (!connection.isOpen()) {
                    throw new CancellationException("not wanted any more");
                }
                return work.get();
            }, readers).join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case null, default -> throw e;
            }
        } catch (RejectedExecutionException e) {
            CancellationException stopping = new CancellationException("the member stops");
            stopping.initCause(e);
            throw stopping;
        }
    }

    /** Lets what is under way end: it is short, and must not be interrupted. */
    @Override
    public void close() {
        readers.shutdown();
    }
}
