package org.cheesecoin.member.peering;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** RFC 6455, sections 5 and 7, byte by byte. */
class FrameReaderTest {

    private static final HexFormat HEX = HexFormat.of();

    private final List<String> seen = new ArrayList<>();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();

    @ParameterizedTest
    @CsvSource(textBlock = """
            # bytes after the dialler's side ........ what is wrong, and the code
            820100,                                   1002, no mask from a dialler
            c28000000000,                             1002, a reserved bit
            a28000000000,                             1002, another
            928000000000,                             1002, the third
            838000000000,                             1002, a reserved opcode for data
            8b8000000000,                             1002, a reserved opcode for control
            818000000000,                             1003, text
            018000000000,                             1003, text in fragments
            098000000000,                             1002, a ping in fragments
            088000000000,                             1002, a goodbye in fragments
            89fe007e00000000,                         1002, a ping of 126 bytes
            808000000000,                             1002, a continuation of nothing
            028000000000828000000000,                 1002, a message within another
            82fe007d00000000,                         1002, 125 in two bytes
            82ff000000000000ffff00000000,             1002, 65535 in eight bytes
            82ff800000000000000000000000,             1002, a length of 64 bits
            88810000000003,                           1002, a goodbye of one byte
            8882000000000000,                         1002, the reason 0
            88820000000003e7,                         1002, the reason 999
            88820000000003ec,                         1002, the reason 1004
            88820000000003ed,                         1002, the reason 1005
            88820000000003ee,                         1002, the reason 1006
            88820000000007d0,                         1002, the reason 2000
            8882000000001388,                         1002, the reason 5000
            88830000000003e8ff,                       1007, a reason in no UTF-8
            """)
    void refuses(String bytes, int code, String what) {
        read(GossipSocket.Side.LISTENER, bytes);

        assertThat(seen.getLast()).as(what).startsWith("fault " + code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"828000000000", "818100000000aa"})
    void refusesAMaskOfAListener(String bytes) {
        read(GossipSocket.Side.DIALLER, bytes);

        assertThat(seen.getLast()).startsWith("fault 100");
    }

    @Test
    void looksAtNothingBehindAFault() {
        read(GossipSocket.Side.LISTENER, "838000000000" + "898000000000");

        assertThat(seen).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            8980010203 04,                            began 0; ping
            898301020304606062,                       began 3; ping 616261
            8a8000000000,                             began 0; pong
            888000000000,                             began 0; goodbye 1005
            88820000000003e8,                         began 2; goodbye 1000
            88840000000003e96869,                     began 4; goodbye 1001 hi
            8882000000000bb8,                         began 2; goodbye 3000
            828000000000,                             began 0; LAST 0
            """)
    void sees(String bytes, String events) {
        read(GossipSocket.Side.LISTENER, bytes);

        assertThat(String.join("; ", seen)).isEqualTo(events);
    }

    @Test
    void showsEveryEmptyFragmentAndWhatStandsBetweenFragments() {
        read(GossipSocket.Side.LISTENER,
                "0280000000008080000000008080000000000000".substring(0, 12)
                        + "008000000000" + "898000000000" + "008100000000aa" + "808100000000bb");

        assertThat(seen).containsExactly("began 0", "INNER 0", "began 0", "INNER 0", "began 0", "ping",
                "began 1", "INNER 0", "began 1", "LAST 0");
        assertThat(HEX.formatHex(data.toByteArray())).isEqualTo("aabb");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 4, 125, 126, 127, 65_535, 65_536, 100_000})
    void readsWhatFrameWriterWritesFromBothSidesInPartsOfAnySize(int length) throws Exception {
        byte[] message = new byte[length];
        for (int i = 0; i < length; i++) {
            message[i] = (byte) (i * 7);
        }
        for (GossipSocket.Side writer : GossipSocket.Side.values()) {
            GossipSocket.Side reader = writer == GossipSocket.Side.DIALLER ? GossipSocket.Side.LISTENER
                    : GossipSocket.Side.DIALLER;
            byte[] written = written(writer, message);
            for (int part : new int[]{1, 7, 2_048, written.length}) {
                data.reset();
                feed(new FrameReader(reader), written, part);
                assertThat(data.toByteArray()).isEqualTo(message);
                assertThat(seen.getLast()).isEqualTo("LAST 0");
            }
        }
    }

    private static byte[] written(GossipSocket.Side side, byte[] message) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int half = message.length / 2;
        new FrameWriter(new GossipSocket() {
            @Override
            public Side side() {
                return side;
            }

            @Override
            public String remoteAddress() {
                return "127.0.0.1";
            }

            @Override
            public int read(ByteBuffer buffer) {
                return -1;
            }

            @Override
            public void write(ByteBuffer bytes) {
                byte[] copy = new byte[bytes.remaining()];
                bytes.get(copy);
                out.writeBytes(copy);
            }

            @Override
            public void close() {
                // There is nothing behind it.
            }
        }).message(Arrays.copyOf(message, half), Arrays.copyOfRange(message, half, message.length));
        return out.toByteArray();
    }

    private void read(GossipSocket.Side side, String hex) {
        feed(new FrameReader(side), HEX.parseHex(hex.replace(" ", "")), 1_000);
    }

    private void feed(FrameReader reader, byte[] bytes, int partBytes) {
        for (int at = 0; at < bytes.length; at += partBytes) {
            ByteBuffer part = ByteBuffer.wrap(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + partBytes)));
            Optional<FrameReader.Event> event = reader.next(part);
            while (event.isPresent()) {
                note(event.get());
                event = reader.next(part);
            }
            assertThat(part.hasRemaining()).isFalse();
        }
    }

    private void note(FrameReader.Event event) {
        seen.add(switch (event) {
            case FrameReader.Event.Began(long bytes) -> "began " + bytes;
            case FrameReader.Event.Data(ByteBuffer part, long coming, FrameAssembler.Position frame) -> {
                byte[] copy = new byte[part.remaining()];
                part.get(copy);
                data.writeBytes(copy);
                yield frame + " " + coming;
            }
            case FrameReader.Event.Ping(byte[] payload) -> ("ping " + HEX.formatHex(payload)).strip();
            case FrameReader.Event.Pong() -> "pong";
            case FrameReader.Event.Goodbye(int code, String words) ->
                    "goodbye " + code + (words.isEmpty() ? "" : " " + words);
            case FrameReader.Event.Fault(int code, String what) -> "fault " + code + " " + what;
        });
    }
}
