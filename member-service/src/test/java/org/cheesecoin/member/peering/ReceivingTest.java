package org.cheesecoin.member.peering;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.crypto.Sha256;
import org.cheesecoin.chain.node.LinkId;
import org.cheesecoin.chain.wire.Message;
import org.cheesecoin.chain.wire.MessageType;
import org.cheesecoin.member.node.Mailbox;
import org.cheesecoin.member.settings.MemoryPlan;
import org.cheesecoin.membertest.RawGossip;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What all links together may have sent and not finished. */
class ReceivingTest {

    private static final GossipLimits LIMITS = GossipLimits.of(new MemoryPlan(MemoryPlan.LAUNCHER_HEAP_BYTES));
    private static final int BODY_BYTES = 1_900_000;
    private static final int LINKS = 72;

    private final AtomicLong nowMillis = new AtomicLong(1_000_000);
    private final Mailbox mailbox = new Mailbox(1_000, 2_000_000);
    private final IncomingPools pools = new IncomingPools(LIMITS);
    private final List<Link> links = new ArrayList<>();

    private record Link(ScriptedSocket socket, Connection connection, Asked asked, Receiving receiving,
            Thread reader) {}

    @AfterEach
    void end() {
        links.forEach(link -> link.connection().close());
    }

    @Test
    void seventyTwoHalfSentBodiesHoldNoMoreThanThePool() {
        links(LINKS).forEach(link -> {
            link.asked().sent(new Message.GetCheeses(List.of(smell())));
            link.socket().send(half(MessageType.CHEESE_BODY));
        });

        await().until(() -> links.stream().filter(this::isWaitingForRoom).count() == LINKS - 1);
        assertThat(pools.takenBytes()).isLessThanOrEqualTo(LIMITS.askedBytes());
    }

    @Test
    void whoHoldsThePoolWhileOthersWaitIsCutOffSoonAndWhoWaitsIsNot() {
        links(3).forEach(link -> {
            link.asked().sent(new Message.GetCheeses(List.of(smell())));
            link.socket().send(half(MessageType.CHEESE_BODY));
        });
        await().until(() -> links.stream().filter(this::isWaitingForRoom).count() == 2);

        nowMillis.addAndGet(LIMITS.shortMillis() + BODY_BYTES / 1_000 + 1);

        assertThat(links).filteredOn(link -> link.receiving().isOverdue()).hasSize(1)
                .noneMatch(this::isWaitingForRoom);
        links.stream().filter(link -> link.receiving().isOverdue()).forEach(link -> link.connection().close());
        await().until(() -> links.stream().filter(this::isWaitingForRoom).count() == 1);
        nowMillis.addAndGet(LIMITS.shortMillis());
        assertThat(links.stream().filter(link -> link.connection().isOpen()))
                .noneMatch(link -> link.receiving().isOverdue());
    }

    @Test
    void whoHangsUpWhileItWaitsForRoomIsBlamedForNothing() throws InterruptedException {
        links(2).forEach(link -> {
            link.asked().sent(new Message.GetCheeses(List.of(smell())));
            link.socket().send(half(MessageType.CHEESE_BODY));
        });
        await().until(() -> links.stream().filter(this::isWaitingForRoom).count() == 1);

        Link waiting = links.stream().filter(this::isWaitingForRoom).findFirst().orElseThrow();
        waiting.connection().close();
        waiting.reader().join();

        assertThat(mailbox.depth()).as("what the node is told").isZero();
    }

    @Test
    void aSmallMessageThatIsNotWholeInItsTimeIsOverdue() {
        Link link = links(1).getFirst();
        link.socket().send(new byte[]{(byte) RawGossip.BINARY});
        link.socket().send(new byte[]{(byte) 0x89, 0, 0, 0, 0, (byte) MessageType.PING.firstByte()});
        await().until(link.socket()::isDrained);

        nowMillis.addAndGet(LIMITS.receiveMillis());
        assertThat(link.receiving().isOverdue()).isFalse();
        nowMillis.addAndGet(10);
        assertThat(link.receiving().isOverdue()).isTrue();
    }

    @Test
    void aLinkThatSaysNothingIsNotOverdue() {
        Link link = links(1).getFirst();
        nowMillis.addAndGet(1_000_000_000);

        assertThat(link.receiving().isOverdue()).isFalse();
    }

    private List<Link> links(int count) {
        for (int i = 0; i < count; i++) {
            ScriptedSocket socket = new ScriptedSocket();
            GossipTraffic traffic = new GossipTraffic();
            Connection connection = new Connection(new LinkId(i + 1L), socket, LIMITS, nowMillis::get, traffic);
            connection.joined();
            Asked asked = new Asked();
            Receiving receiving = new Receiving(connection, asked, pools, mailbox, traffic, nowMillis::get, LIMITS);
            connection.whenClosed(receiving::wake);
            links.add(new Link(socket, connection, asked, receiving, Thread.ofVirtual().start(receiving::readAll)));
        }
        return links;
    }

    /** All was handed to it that it takes: the rest of what its peer sent waits in the socket. */
    private boolean isWaitingForRoom(Link link) {
        return link.connection().isOpen() && !link.socket().isDrained();
    }

    private static byte[] half(MessageType type) {
        byte[] body = new byte[BODY_BYTES];
        body[0] = (byte) type.firstByte();
        return java.util.Arrays.copyOf(RawGossip.masked(RawGossip.BINARY, body), BODY_BYTES / 2);
    }

    private static Smell smell() {
        return new Smell(Sha256.hash(new byte[]{1}));
    }

    /** Reads what a test sends, then waits. */
    private static final class ScriptedSocket implements GossipSocket {

        private final BlockingQueue<byte[]> coming = new LinkedBlockingQueue<>();
        private ByteBuffer current = ByteBuffer.allocate(0);
        private volatile boolean isWaiting;

        void send(byte[] bytes) {
            coming.add(bytes);
        }

        boolean isDrained() {
            return isWaiting && coming.isEmpty();
        }

        @Override
        public Side side() {
            return Side.LISTENER;
        }

        @Override
        public String remoteAddress() {
            return "127.0.0.1";
        }

        @Override
        public int read(ByteBuffer buffer) throws IOException {
            try {
                if (!current.hasRemaining()) {
                    isWaiting = coming.isEmpty();
                    current = ByteBuffer.wrap(coming.take());
                    isWaiting = false;
                }
            } catch (InterruptedException e) {
                throw new AssertionError("nobody interrupts who reads", e);
            }
            if (!current.hasRemaining()) {
                throw new IOException("closed");
            }
            int length = Math.min(buffer.remaining(), current.remaining());
            buffer.put(current.slice(current.position(), length));
            current.position(current.position() + length);
            return length;
        }

        @Override
        public void write(ByteBuffer bytes) {
            bytes.position(bytes.limit());
        }

        @Override
        public void close() {
            coming.add(new byte[0]);
        }
    }
}
