package org.cheesecoin.chain.wire;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import org.cheesecoin.chain.cheese.ByteWriter;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.crypto.Hash256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class MessageCodecTest {

    private static final int FUZZED_FRAMES = 200_000;

    @ParameterizedTest
    @EnumSource(MessageType.class)
    void comesBackAsItWasSent(MessageType type) {
        RandomMessages messages = new RandomMessages(type.firstByte());
        for (int i = 0; i < 50; i++) {
            Message message = messages.of(type);
            assertThat(MessageCodec.decode(MessageCodec.encode(message))).isEqualTo(Outcome.passed(message));
        }
    }

    @ParameterizedTest
    @EnumSource(MessageType.class)
    void refusesTrailingBytes(MessageType type) {
        byte[] frame = MessageCodec.encode(new RandomMessages(7).of(type));
        assertThat(ruleOf(Arrays.copyOf(frame, frame.length + 1))).isEqualTo(Rule.ENC_TRAILING);
    }

    @ParameterizedTest
    @EnumSource(MessageType.class)
    void refusesAFrameCutAnywhere(MessageType type) {
        byte[] frame = MessageCodec.encode(new RandomMessages(8).of(type));
        for (int length = 0; length < frame.length; length++) {
            assertThat(ruleOf(Arrays.copyOf(frame, length))).as("cut to %d bytes", length)
                    .isEqualTo(Rule.ENC_TRUNCATED);
        }
    }

    @Test
    void mutatedFramesNeverThrowAndWhatDecodesHasNoOtherEncoding() {
        Random random = new Random(20_251_122);
        List<byte[]> frames = new RandomMessages(9).oneOfEach().values().stream().map(MessageCodec::encode).toList();
        int decoded = 0;
        for (int i = 0; i < FUZZED_FRAMES; i++) {
            byte[] frame = mutated(frames.get(random.nextInt(frames.size())), random);
            switch (MessageCodec.decode(frame)) {
                case Outcome.Passed<Message>(Message message) -> {
                    decoded++;
                    assertThat(MessageCodec.encode(message)).isEqualTo(frame);
                    assertThat(MessageCodec.sizeBytes(message)).isEqualTo(frame.length);
                }
                case Outcome.Refused<Message>(var violation) -> assertThat(violation.message()).isNotBlank();
            }
        }
        assertThat(decoded).as("frames that still decode").isGreaterThan(FUZZED_FRAMES / 20);
    }

    private static byte[] mutated(byte[] frame, Random random) {
        byte[] bytes = frame.clone();
        for (int changes = 1 + random.nextInt(3); changes > 0 && bytes.length > 0; changes--) {
            int at = random.nextInt(Math.min(bytes.length, random.nextBoolean() ? 12 : bytes.length));
            switch (random.nextInt(6)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt();
                case 2 -> bytes[at] = (byte) 0xff;
                case 3 -> bytes[at] = 0;
                case 4 -> bytes = Arrays.copyOf(bytes, at);
                default -> bytes = Arrays.copyOf(bytes, bytes.length + random.nextInt(40));
            }
        }
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 19, 0x7f, 0xff})
    void refusesATypeThatNobodyKnows(int firstByte) {
        assertThat(ruleOf(new byte[]{(byte) firstByte, 0, 0})).isEqualTo(Rule.ENC_VERSION);
    }

    @Test
    void refusesAnotherProtocolVersion() {
        byte[] frame = MessageCodec.encode(new RandomMessages(1).hello(Optional.empty()));
        frame[2] = 2;
        assertThat(ruleOf(frame)).isEqualTo(Rule.ENC_VERSION);
    }

    @Test
    void refusesARoleThatThereIsNot() {
        byte[] frame = MessageCodec.encode(new RandomMessages(1).hello(Optional.empty()));
        frame[3] = 2;
        assertThat(ruleOf(frame)).isEqualTo(Rule.ENC_VALUE);
    }

    @Test
    void refusesAUrlThatLeadsElsewhere() {
        GossipUrl url = new GossipUrl("ws://here:1/gossip");
        byte[] frame = MessageCodec.encode(new RandomMessages(1).hello(Optional.of(url)));
        int at = new String(frame, StandardCharsets.ISO_8859_1).indexOf("/gossip");
        frame[at + 1] = 'x';
        assertThat(ruleOf(frame)).isEqualTo(Rule.ENC_VALUE);
    }

    @Test
    void carriesEveryAmountOfWork() {
        RandomMessages messages = new RandomMessages(2);
        for (BigInteger work : List.of(BigInteger.ZERO, BigInteger.ONE, BigInteger.TWO.pow(255),
                BigInteger.TWO.pow(256).subtract(BigInteger.ONE))) {
            Message hello = new Message.Hello(Role.MEMBER, 1, messages.smell(), messages.nodeId(), messages.hash(),
                    Optional.empty(), work, 0);
            assertThat(MessageCodec.decode(MessageCodec.encode(hello))).isEqualTo(Outcome.passed(hello));
        }
    }

    @Test
    void refusesNoIndexesAndThoseThatDoNotAscendFromOne() {
        assertThat(ruleOfIndexes(1, 2, WireLimits.MAX_SHORT_IDS)).isEmpty();
        assertThat(ruleOfIndexes()).contains(Rule.ENC_VALUE);
        assertThat(ruleOfIndexes(0)).contains(Rule.ENC_VALUE);
        assertThat(ruleOfIndexes(2, 1)).contains(Rule.ENC_VALUE);
        assertThat(ruleOfIndexes(2, 2)).contains(Rule.ENC_VALUE);
        assertThat(ruleOfIndexes(WireLimits.MAX_SHORT_IDS + 1)).contains(Rule.ENC_VALUE);
    }

    @Test
    void refusesARuleThatThereIsNot() {
        byte[] frame = MessageCodec.encode(new Message.Reject(Rule.HDR_WORK, Hash256.ZERO, "no"));
        frame[2] = 'X';
        assertThat(ruleOf(frame)).isEqualTo(Rule.ENC_VALUE);
    }

    @Test
    void cutsAndCleansAnExplanationThatIsTooLong() {
        var reject = new Message.Reject(Rule.HDR_WORK, Hash256.ZERO, "\u001b[31m" + "ä".repeat(1_000));
        assertThat(reject.explanation()).startsWith("?[31m??").hasSize(WireLimits.MAX_EXPLANATION_CHARS);
        assertThat(MessageCodec.decode(MessageCodec.encode(reject))).isEqualTo(Outcome.passed(reject));
    }

    @Test
    void refusesAnExplanationThatATerminalWouldObey() {
        byte[] frame = MessageCodec.encode(new Message.Reject(Rule.HDR_WORK, Hash256.ZERO, "no"));
        frame[frame.length - 1] = 0x1b;
        assertThat(ruleOf(frame)).isEqualTo(Rule.ENC_VALUE);
    }

    private static Optional<Rule> ruleOfIndexes(int... indexes) {
        var out = new ByteWriter(64);
        out.u8(MessageType.GET_CHEESE_TRANSACTIONS.firstByte()).hash(Hash256.ZERO).u16(indexes.length);
        Arrays.stream(indexes).forEach(out::u16);
        return ruleIn(out.toBytes());
    }

    private static Rule ruleOf(byte[] frame) {
        return ruleIn(frame).orElseThrow();
    }

    private static Optional<Rule> ruleIn(byte[] frame) {
        return switch (MessageCodec.decode(frame)) {
            case Outcome.Passed<Message> _ -> Optional.empty();
            case Outcome.Refused<Message>(var violation) -> Optional.of(violation.rule());
        };
    }
}
