package org.cheesecoin.member.peering;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.wire.Message;
import org.cheesecoin.chain.wire.MessageCodec;
import org.cheesecoin.chain.wire.MessageType;
import org.cheesecoin.chain.wire.WireLimits;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FrameAssemblerTest {

    private final FrameAssembler assembler = new FrameAssembler();

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

    private Optional<Outcome<byte[]>> offer(byte[] part, FrameAssembler.Position position) {
        return assembler.offer(ByteBuffer.wrap(part), position, MessageType.Phase.JOINED);
    }

    private Optional<Outcome<byte[]>> before(byte[] part) {
        FrameAssembler fresh = new FrameAssembler();
        return fresh.offer(ByteBuffer.wrap(part), FrameAssembler.Position.LAST, MessageType.Phase.HANDSHAKE);
    }

    private static Message decoded(Outcome<byte[]> frame) {
        return frame.then(MessageCodec::decode).orElseThrow();
    }

    private static Rule ruleOf(Outcome<byte[]> frame) {
        return ((Outcome.Refused<byte[]>) frame).violation().rule();
    }
}
