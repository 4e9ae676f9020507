package org.cheesecoin.member.peering;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.node.FrameAllowance;
import org.cheesecoin.chain.node.Input;
import org.cheesecoin.chain.node.LinkEnd;
import org.cheesecoin.chain.wire.Message;
import org.cheesecoin.chain.wire.MessageCodec;
import org.cheesecoin.chain.wire.MessageType;
import org.cheesecoin.member.node.FairBytes;
import org.cheesecoin.member.node.LinkShare;
import org.cheesecoin.member.node.Mailbox;
import org.cheesecoin.web.MonotonicClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads one link: counts every frame, puts messages together, and hands them to the node when there is room for them. */
final class Receiving {

    private static final Logger LOG = LoggerFactory.getLogger(Receiving.class);

    /** Read at once; small, since every link has such a buffer. */
    private static final int BUFFER_BYTES = 2_048;
    /** Virtual threads are not time-sliced: after so many bytes the reader of a link lets others go on. */
    private static final int TURN_BYTES = 65_536;
    /** Between two reads of what is thrown away: 2 MB a second at most. */
    private static final long DISCARD_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Connection connection;
    private final Asked asked;
    private final IncomingPools pools;
    private final Mailbox mailbox;
    private final LinkShare share;
    private final GossipTraffic traffic;
    private final MonotonicClock clock;
    private final GossipLimits limits;
    private final FrameReader frames;
    private final FrameAllowance allowance;
    private final FrameAssembler assembler;
    private Optional<FairBytes.Grant> grant = Optional.empty();
    private volatile UnderWay underWay = UnderWay.NOTHING;
    private Mood mood = Mood.LISTENING;

    private enum Mood {
        LISTENING,
        /** What was sent was so wrong that the rest is not looked at. */
        DEAF
    }

    /** A message that has begun, and of what length it is known to be. */
    private record UnderWay(long sinceMillis, long bytes, Holds holds) {
        static final UnderWay NOTHING = new UnderWay(Long.MAX_VALUE, 0, new Holds.OwnRoom());
    }

    private sealed interface Holds {

        record OwnRoom() implements Holds {}

        /** Waits for what all share; the peer cannot help it. */
        record NotYet() implements Holds {}

        /** Of what all share. */
        record Shared(FairBytes pool) implements Holds {}
    }

    Receiving(
            Connection connection,
            Asked asked,
            IncomingPools pools,
            Mailbox mailbox,
            GossipTraffic traffic,
            MonotonicClock clock,
            GossipLimits limits) {
        this.connection = connection;
        this.asked = asked;
        this.pools = pools;
        this.mailbox = mailbox;
        this.share = mailbox.shareOfLink(connection::isOpen);
        this.traffic = traffic;
        this.clock = clock;
        this.limits = limits;
        this.frames = new FrameReader(connection.socket().side());
        this.allowance = new FrameAllowance(clock.millis());
        this.assembler = new FrameAssembler(limits.roomBytes(), this::takeRoom);
    }

    /** Whoever waits on the link's behalf is to look whether it is still open. */
    void wake() {
        share.wake();
        pools.wake();
    }

    /** Whether the message that is under way should be whole by now. */
    boolean isOverdue() {
        UnderWay current = underWay;
        if (current == UnderWay.NOTHING) {
            return false;
        }
        long passedMillis = clock.millis() - current.sinceMillis();
        return switch (current.holds()) {
            case Holds.OwnRoom() -> passedMillis > limits.millisToReceive(current.bytes(), GossipLimits.Supply.AMPLE);
            case Holds.NotYet() -> false;
            case Holds.Shared(FairBytes pool) ->
                    passedMillis > limits.millisToReceive(current.bytes(), GossipLimits.Supply.of(pool));
        };
    }

    /** Reads until the end; the thread that does nothing else. */
    void readAll() {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        try {
            int turnBytes = 0;
            int read = connection.socket().read(buffer);
            while (read >= 0) {
                take(buffer.flip(), read);
                buffer.clear();
                turnBytes += read;
                if (turnBytes >= TURN_BYTES) {
                    turnBytes = 0;
                    Thread.yield();
                }
                read = connection.socket().read(buffer);
            }
        } catch (IOException e) {
            LOG.debug("{} broke while reading", connection.link(), e);
        } finally {
            giveRoomBack();
            connection.close();
        }
    }

    private void take(ByteBuffer bytes, int read) {
        if (mood == Mood.LISTENING && connection.isOpen()) {
            allowance.read(read, clock.millis()).ifPresent(this::refuse);
        } else {
            LockSupport.parkNanos(DISCARD_NANOS);
        }
        Optional<FrameReader.Event> event = frames.next(bytes);
        while (event.isPresent()) {
            happened(event.get());
            event = frames.next(bytes);
        }
    }

    private void happened(FrameReader.Event event) {
        if (event instanceof FrameReader.Event.Goodbye(int code, String words)) {
            connection.goodbyeHeard(code == CloseCode.NONE ? new LinkEnd.Unsaid() : new LinkEnd.Told(code, words));
            return;
        }
        if (mood == Mood.DEAF || !connection.isOpen()) {
            return;
        }
        switch (event) {
            case FrameReader.Event.Began(long payloadBytes) -> {
                allowance.frame(payloadBytes, clock.millis()).ifPresent(this::refuse);
                if (underWay == UnderWay.NOTHING) {
                    underWay = new UnderWay(clock.millis(), 0, new Holds.OwnRoom());
                }
            }
            case FrameReader.Event.Data data -> data(data);
            case FrameReader.Event.Ping(byte[] payload) -> {
                controlEnded();
                if (allowance.mayAnswerPing(clock.millis())) {
                    connection.pong(payload);
                }
            }
            case FrameReader.Event.Pong() -> controlEnded();
            case FrameReader.Event.Fault(int code, String what) -> {
                mood = Mood.DEAF;
                connection.endsFor(new LinkEnd.NoFrames(what));
                connection.finish(code, what);
            }
            case FrameReader.Event.Goodbye _ -> {
                // answered above
            }
        }
    }

    /** A control frame may stand between the frames of a message, whose time goes on. */
    private void controlEnded() {
        if (assembler.sizeBytes() == 0) {
            underWay = UnderWay.NOTHING;
        }
    }

    private void data(FrameReader.Event.Data data) {
        traffic.received(data.part().remaining());
        long bytes = assembler.sizeBytes() + data.part().remaining() + data.comingBytes();
        underWay = new UnderWay(underWay.sinceMillis(), bytes, underWay.holds());
        assembler.offer(data.part(), data.comingBytes(), data.frame(), connection.phase()).ifPresent(this::received);
    }

    private void received(Outcome<byte[]> frame) {
        underWay = UnderWay.NOTHING;
        switch (frame) {
            case Outcome.Passed<byte[]>(byte[] bytes) -> decode(bytes);
            case Outcome.Refused<byte[]>(Violation violation) when connection.isOpen() -> refuse(violation);
            // It ended while it waited for room, which is counted where it ended.
            case Outcome.Refused<byte[]> _ -> giveUp();
        }
        giveRoomBack();
    }

    /** Decoded, a message takes several times its frame, so that room for it comes first. */
    private void decode(byte[] frame) {
        Optional<Runnable> room = share.take(frame.length);
        if (room.isEmpty()) {
            return;
        }
        switch (MessageCodec.decode(frame)) {
            case Outcome.Passed<Message>(Message message) -> {
                asked.received(message);
                mailbox.handle(new Input.MessageReceived(connection.link(), message, frame.length), room.get());
                if (message instanceof Message.Proof) {
                    connection.awaitVerdict();
                }
            }
            case Outcome.Refused<Message>(Violation violation) -> {
                room.get().run();
                refuse(violation);
            }
        }
    }

    private void refuse(Violation violation) {
        giveUp();
        mailbox.handleOfLink(new Input.FrameRefused(connection.link(), violation));
        connection.mute();
    }

    private void giveUp() {
        mood = Mood.DEAF;
        assembler.clear();
        underWay = UnderWay.NOTHING;
    }

    private Optional<Violation> takeRoom(MessageType type, int messageBytes) {
        UnderWay before = underWay;
        Optional<FairBytes> pool = pools.of(type, messageBytes, asked);
        if (pool.isEmpty()) {
            // NET-UNSOLICITED: answers come only where something was asked.
            return Optional.of(Violation.of(Rule.NET_UNSOLICITED)
                    .with("message", type.messageName())
                    .with("sizeBytes", messageBytes));
        }
        underWay = new UnderWay(before.sinceMillis(), before.bytes(), new Holds.NotYet());
        grant = pool.get().take(messageBytes, connection::isOpen);
        underWay = new UnderWay(clock.millis(), before.bytes(), new Holds.Shared(pool.get()));
        return grant.isPresent() ? Optional.empty()
                : Optional.of(Violation.of(Rule.NET_TIMEOUT).with("message", type.messageName()));
    }

    private void giveRoomBack() {
        grant.ifPresent(FairBytes.Grant::release);
        grant = Optional.empty();
    }
}
