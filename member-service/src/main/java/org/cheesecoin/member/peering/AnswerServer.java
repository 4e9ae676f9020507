package org.cheesecoin.member.peering;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

import org.cheesecoin.chain.cheese.Cheese;
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
import org.cheesecoin.member.node.Mailbox;
import org.cheesecoin.member.persistence.CheeseReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.CloseStatus;

/**
 * Answers one peer, one answer at a time, and tells the loop when it has left. It holds one frame at a time in memory, and
 * waits where the peer is slow. It is never interrupted: an interrupt inside a read would close the database's file.
 */
final class AnswerServer {

    /** What there is to do. */
    private sealed interface Task {

        record Serve(Question question) implements Task {}

        record Send(Message message) implements Task {}

        record Stop() implements Task {}
    }

    private static final Logger LOG = LoggerFactory.getLogger(AnswerServer.class);

    /** One open answer, and the word to stop. */
    private static final int MAX_TASKS = 2;

    private final Connection connection;
    private final CheeseReader reader;
    private final Mailbox mailbox;
    private final BlockingQueue<Task> tasks = new ArrayBlockingQueue<>(MAX_TASKS);

    AnswerServer(Connection connection, CheeseReader reader, Mailbox mailbox) {
        this.connection = connection;
        this.reader = reader;
        this.mailbox = mailbox;
        Thread.ofVirtual().name("serve-" + connection.link()).start(this::run);
    }

    void serve(Question question) {
        tasks.add(new Task.Serve(question));
    }

    void send(Message message) {
        tasks.add(new Task.Send(message));
    }

    void stop() {
        // Where it is told twice, once is enough.
        if (!tasks.offer(new Task.Stop())) {
            LOG.trace("{} stops already", connection.link());
        }
    }

    private void run() {
        try {
            while (perform(tasks.take()) == Connection.Offered.QUEUED) {
                mailbox.handle(new Input.AnswerSent(connection.link()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn("Cannot answer {}", connection.link(), e);
            connection.finish(CloseStatus.SERVER_ERROR);
        }
    }

    private Connection.Offered perform(Task task) throws InterruptedException {
        return switch (task) {
            case Task.Stop() -> Connection.Offered.CLOSED;
            case Task.Send(Message message) -> sendNow(MessageCodec.encode(message));
            case Task.Serve(Question.Headers(List<Smell> locator)) -> sendNow(MessageCodec.encode(
                    new Message.Headers(reader.headersAfter(locator, WireLimits.MAX_HEADERS))));
            case Task.Serve(Question.Cheeses(List<Smell> smells)) -> cheeses(smells);
            case Task.Serve(Question.CheeseTransactions(Message.GetCheeseTransactions asked)) -> payments(asked);
        };
    }

    private Connection.Offered cheeses(List<Smell> smells) throws InterruptedException {
        List<Hash256> missing = new ArrayList<>();
        for (Smell smell : smells) {
            Optional<byte[]> body = read(smell);
            if (body.isEmpty()) {
                missing.add(smell.hash());
            } else if (sendNow(frame(body.get())) == Connection.Offered.CLOSED) {
                return Connection.Offered.CLOSED;
            }
        }
        return missing.isEmpty() ? Connection.Offered.QUEUED
                : sendNow(MessageCodec.encode(new Message.NotFound(missing)));
    }

    private Connection.Offered payments(Message.GetCheeseTransactions asked) throws InterruptedException {
        Optional<Cheese> cheese = read(asked.smell()).map(bytes -> Cheese.decode(bytes).orElseThrow());
        if (cheese.isEmpty()) {
            return sendNow(MessageCodec.encode(new Message.NotFound(List.of(asked.smell().hash()))));
        }
        return switch (CompactCheeses.answer(cheese.get(), asked)) {
            case Outcome.Passed<Message.CheeseTransactions>(Message.CheeseTransactions answer) ->
                    sendNow(MessageCodec.encode(answer));
            case Outcome.Refused<Message.CheeseTransactions>(Violation violation) -> {
                mailbox.handle(new Input.FrameRefused(connection.link(), violation));
                yield Connection.Offered.QUEUED;
            }
        };
    }

    /** What cannot be read is as good as missing: the peer asks another, and the next may be readable. */
    private Optional<byte[]> read(Smell smell) {
        try {
            return reader.encoded(smell);
        } catch (RuntimeException e) {
            LOG.warn("Cannot read cheese {} for {}", smell, connection.link(), e);
            return Optional.empty();
        }
    }

    private Connection.Offered sendNow(byte[] frame) throws InterruptedException {
        return connection.offerWaiting(frame) == Connection.Offered.CLOSED
                ? Connection.Offered.CLOSED
                : connection.awaitSent(frame);
    }

    /** A CheeseBody is its type's byte and the cheese's encoding, which is what is stored. */
    private static byte[] frame(byte[] encodedCheese) {
        byte[] frame = new byte[1 + encodedCheese.length];
        frame[0] = (byte) MessageType.CHEESE_BODY.firstByte();
        System.arraycopy(encodedCheese, 0, frame, 1, encodedCheese.length);
        return frame;
    }
}
