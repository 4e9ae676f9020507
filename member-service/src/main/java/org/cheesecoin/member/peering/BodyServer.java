package org.cheesecoin.member.peering;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.wire.Message;
import org.cheesecoin.chain.wire.MessageCodec;
import org.cheesecoin.chain.wire.MessageType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends one peer the cheeses that it asked for. It holds one at a time in memory, and waits where the peer is slow. */
final class BodyServer {

    /** Whether a question can be answered. */
    enum Owed {
        TAKEN,
        TOO_MANY
    }

    private static final Logger LOG = LoggerFactory.getLogger(BodyServer.class);

    private final Connection connection;
    private final BodySource bodies;
    private final BlockingQueue<Smell> owed = new ArrayBlockingQueue<>(Connections.MAX_OWED_CHEESES);
    private final Thread thread;

    BodyServer(Connection connection, BodySource bodies) {
        this.connection = connection;
        this.bodies = bodies;
        this.thread = Thread.ofVirtual().name("serve-" + connection.link()).start(this::run);
    }

    Owed owe(List<Smell> smells) {
        for (Smell smell : smells) {
            if (!owed.offer(smell)) {
                return Owed.TOO_MANY;
            }
        }
        return Owed.TAKEN;
    }

    void stop() {
        thread.interrupt();
    }

    private void run() {
        List<Hash256> missing = new ArrayList<>();
        try {
            while (true) {
                Smell smell = owed.take();
                Optional<byte[]> body = read(smell);
                if (body.isPresent()) {
                    send(frame(body.get()));
                } else {
                    missing.add(smell.hash());
                }
                if (!missing.isEmpty() && owed.isEmpty()) {
                    send(MessageCodec.encode(new Message.NotFound(missing)));
                    missing.clear();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What cannot be read is as good as missing: the peer asks another, and the next may be readable. */
    private Optional<byte[]> read(Smell smell) {
        try {
            return bodies.encoded(smell);
        } catch (RuntimeException e) {
            LOG.warn("Cannot read cheese {} for {}", smell, connection.link(), e);
            return Optional.empty();
        }
    }

    private void send(byte[] frame) throws InterruptedException {
        if (connection.offerWaiting(frame) == Connection.Offered.CLOSED) {
            throw new InterruptedException("the connection is closed");
        }
    }

    /** A CheeseBody is its type's byte and the cheese's encoding, which is what is stored. */
    private static byte[] frame(byte[] encodedCheese) {
        byte[] frame = new byte[1 + encodedCheese.length];
        frame[0] = (byte) MessageType.CHEESE_BODY.firstByte();
        System.arraycopy(encodedCheese, 0, frame, 1, encodedCheese.length);
        return frame;
    }
}
