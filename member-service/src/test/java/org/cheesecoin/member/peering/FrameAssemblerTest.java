package org.cheesecoin.member.peering;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.wire.Message;
import org.cheesecoin.chain.wire.MessageCodec;
import org.cheesecoin.chain.wire.MessageType;
import org.cheesecoin.chain.wire.WireLimits;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FrameAssemblerTest {

    private static final int ROOM_BYTES = 10_000;

    private final List<Integer> taken = new ArrayList<>();
    private final FrameAssembler assembler = new FrameAssembler(ROOM_BYTES, this::take);

    @Test
    void putsPartsTogetherAndBeginsAnew() {
        byte[] ping = MessageCodec.encode(new Message.Ping(7));

        assertThat(offer(Arrays.copyOfRange(ping, 0, 4), FrameAssembler.Position.INNER)).isEmpty();
        assertThat(offer(Arrays.copyOfRange(ping, 4, ping.length), FrameAssembler.Position.LAST))
                .hasValueSatisfying(frame -> assertThat(decoded(frame)).isEqualTo(new Message.Ping(7)));
        assertThat(offer(ping, FrameAssembler.Position.LAST))
                .hasValueSatisfying(frame -> assertThat(decoded(frame)).isEqualTo(new Message.Ping(7)));
    }

    @Test
    void refusesAPartThatIsBeyondTheLimitOfItsType() {
        byte[] endless = new byte[8_000];
        endless[0] = (byte) MessageType.PING.firstByte();

        assertThat(offer(endless, FrameAssembler.Position.INNER))
                .hasValueSatisfying(frame -> assertThat(ruleOf(frame)).isEqualTo(Rule.NET_FRAME_SIZE));
    }

    @Test
    void refusesManySmallPartsThatAreTogetherBeyondTheLimit() {
        byte[] first = new byte[9];
        first[0] = (byte) MessageType.PONG.firstByte();
        offer(first, FrameAssembler.Position.INNER);
        offer(new byte[8], FrameAssembler.Position.INNER);

        assertThat(offer(new byte[1], FrameAssembler.Position.LAST))
                .hasValueSatisfying(frame -> assertThat(ruleOf(frame)).isEqualTo(Rule.NET_FRAME_SIZE));
    }

    @Test
    void takesOnlyTinyFramesOfTheHandshakeBeforeTheProof() {
        byte[] hello = new byte[WireLimits.MAX_HANDSHAKE_FRAME_BYTES + 1];
        hello[0] = (byte) MessageType.HELLO.firstByte();
        byte[] ping = MessageCodec.encode(new Message.Ping(1));

        assertThat(before(hello)).hasValueSatisfying(frame -> assertThat(ruleOf(frame)).isEqualTo(Rule.NET_FRAME_SIZE));
        assertThat(before(ping)).hasValueSatisfying(frame -> assertThat(ruleOf(frame)).isEqualTo(Rule.NET_HANDSHAKE));
    }

    @Test
    void refusesAnUnknownTypeAtItsFirstByte() {
        assertThat(offer(new byte[]{(byte) 250}, FrameAssembler.Position.INNER))
                .hasValueSatisfying(frame -> assertThat(ruleOf(frame)).isEqualTo(Rule.ENC_VERSION));
    }

    @Test
    void refusesALengthThatIsTooLargeBeforeItsBytesAreThere() {
        byte[] first = {(byte) MessageType.PING.firstByte()};

        assertThat(assembler.offer(ByteBuffer.wrap(first), 9, FrameAssembler.Position.LAST, MessageType.Phase.JOINED))
                .hasValueSatisfying(frame -> assertThat(ruleOf(frame)).isEqualTo(Rule.NET_FRAME_SIZE));
    }

    @Test
    void asksOnceForWhatIsBeyondTheOwnRoomAndForNoMoreThanComes() {
        byte[] body = new byte[3 * ROOM_BYTES];
        body[0] = (byte) MessageType.CHEESE_BODY.firstByte();

        for (int at = 0; at < body.length; at += 100) {
            int end = Math.min(body.length, at + 100);
            var message = assembler.offer(ByteBuffer.wrap(body, at, end - at), body.length - end,
                    FrameAssembler.Position.LAST, MessageType.Phase.JOINED);
            assertThat(taken).isEqualTo(end <= ROOM_BYTES ? List.of() : List.of(body.length));
            assertThat(message.isPresent()).isEqualTo(end == body.length);
        }
    }

    @Test
    void takesTheLimitOfTheTypeForAMessageInFragmentsWhoseLengthNobodySays() {
        byte[] fragment = new byte[ROOM_BYTES];
        fragment[0] = (byte) MessageType.HEADERS.firstByte();

        offer(fragment, FrameAssembler.Position.INNER);
        offer(fragment, FrameAssembler.Position.INNER);

        assertThat(taken).containsExactly(MessageType.HEADERS.frameLimitBytes());
    }

    @Test
    void givesUpAMessageForWhichThereIsNoRoom() {
        FrameAssembler poor = new FrameAssembler(ROOM_BYTES,
                (_, _) -> Optional.of(Violation.of(Rule.NET_UNSOLICITED)));
        byte[] body = new byte[ROOM_BYTES + 1];
        body[0] = (byte) MessageType.CHEESE_BODY.firstByte();

        assertThat(poor.offer(ByteBuffer.wrap(body), 0, FrameAssembler.Position.LAST, MessageType.Phase.JOINED))
                .hasValueSatisfying(frame -> assertThat(ruleOf(frame)).isEqualTo(Rule.NET_UNSOLICITED));
    }

    private Optional<Violation> take(MessageType type, int bytes) {
        taken.add(bytes);
        return Optional.empty();
    }

    private Optional<Outcome<byte[]>> offer(byte[] part, FrameAssembler.Position position) {
        return assembler.offer(ByteBuffer.wrap(part), 0, position, MessageType.Phase.JOINED);
    }

    private Optional<Outcome<byte[]>> before(byte[] part) {
        FrameAssembler fresh = new FrameAssembler(ROOM_BYTES, (_, _) -> Optional.empty());
        return fresh.offer(ByteBuffer.wrap(part), 0, FrameAssembler.Position.LAST, MessageType.Phase.HANDSHAKE);
    }

    private static Message decoded(Outcome<byte[]> frame) {
        return frame.then(MessageCodec::decode).orElseThrow();
    }

    private static Rule ruleOf(Outcome<byte[]> frame) {
        return ((Outcome.Refused<byte[]>) frame).violation().rule();
    }
}
