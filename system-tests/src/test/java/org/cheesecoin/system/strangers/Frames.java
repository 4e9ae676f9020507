package org.cheesecoin.system.strangers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;

import org.cheesecoin.chain.crypto.Signature;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.wire.Message;
import org.cheesecoin.chain.wire.MessageType;

/** What can be done to a WebSocket below the protocol: control frames, fragments, half frames, silence, hanging up. */
final class Frames {

    private static final int LINKS = 4;
    private static final int LONGEST_CONTROL_BYTES = 125;
    private static final byte[] NOTHING = {};

    private Frames() {}

    static List<Attack> all() {
        return List.of(
                Attack.onMember("WebSocket pings, the pongs read", Frames::pings),
                Attack.onMember("WebSocket pings before Hello", Frames::pingsBeforeHello),
                Attack.onMember("empty continuations before Hello", Frames::continuationsBeforeHello),
                Attack.onMember("empty continuations without end", Frames::continuations),
                Attack.onMember("fragments of one byte", Frames::fragments),
                Attack.onMember("half-sent frames of 2 MB on 64 links", Frames::halfFrames).slow(),
                Attack.onMember("frames of a byte a second on 64 links", Frames::slowFrames),
                Attack.onMember("text messages", Frames::texts),
                Attack.onMember("random bytes behind the upgrade", Frames::noise),
                Attack.onMember("63 upgrades a second, silent", Frames::silentUpgrades).slow(),
                Attack.onMember("handshakes to the Hello and no further", Frames::hellos),
                Attack.onMember("proofs by another key", Frames::wrongProofs),
                Attack.onMember("close frames, and the connection kept", Frames::closes),
                Attack.onMember("connections opened and closed", Frames::churn),
                Attack.onMember("hanging up while cheeses are served", Frames::hangingUp),
                Attack.onMember("complete handshakes, one after another", Frames::handshakes));
    }

    private static byte[] many(byte[] frame) {
        byte[] many = new byte[frame.length * Math.max(1, 16_000 / frame.length)];
        for (int at = 0; at < many.length; at += frame.length) {
            System.arraycopy(frame, 0, many, at, frame.length);
        }
        return many;
    }

    private static final byte[] PINGS = many(
            RawLink.frame(0x80 | RawLink.PING, new byte[LONGEST_CONTROL_BYTES], LONGEST_CONTROL_BYTES));
    private static final byte[] EMPTY_CONTINUATIONS = many(RawLink.frame(RawLink.CONTINUATION, NOTHING, 0));
    private static final byte[] ONE_BYTE_CONTINUATIONS = many(
            RawLink.frame(RawLink.CONTINUATION, new byte[1], 1));

    private static void flood(Hands hands, RawLink link, byte[] bytes) throws IOException {
        while (hands.isBusy()) {
            link.write(bytes);
        }
    }

    private static void pings(Aim aim, Hands hands) {
        hands.side(LINKS, _ -> hands.again(500, _ -> flood(hands, RawLink.join(aim, hands).reading(), PINGS)));
    }

    private static void pingsBeforeHello(Aim aim, Hands hands) {
        hands.side(LINKS, _ -> hands.again(500, _ -> flood(hands, RawLink.open(aim, hands).reading(), PINGS)));
    }

    private static void continuationsBeforeHello(Aim aim, Hands hands) {
        hands.side(LINKS, _ -> hands.again(500, _ -> flood(hands,
                RawLink.open(aim, hands).sendPart(RawLink.BINARY, NOTHING).reading(), EMPTY_CONTINUATIONS)));
    }

    private static void continuations(Aim aim, Hands hands) {
        hands.side(LINKS, _ -> hands.again(500, _ -> flood(hands,
                RawLink.join(aim, hands).sendPart(RawLink.BINARY, NOTHING).reading(), EMPTY_CONTINUATIONS)));
    }

    private static void fragments(Aim aim, Hands hands) {
        byte[] first = {(byte) MessageType.CHEESE_BODY.firstByte()};
        hands.side(LINKS, _ -> hands.again(500, _ -> flood(hands,
                RawLink.join(aim, hands).sendPart(RawLink.BINARY, first).reading(), ONE_BYTE_CONTINUATIONS)));
    }

    private static void halfFrames(Aim aim, Hands hands) {
        byte[] most = new byte[MessageType.CHEESE_BODY.frameLimitBytes() - 1];
        most[0] = (byte) MessageType.CHEESE_BODY.firstByte();
        hands.side(64, _ -> hands.again(20, _ -> {
            RawLink.join(aim, hands).sendHalf(RawLink.BINARY, most, most.length + 1);
            hands.stay();
        }));
    }

    private static void slowFrames(Aim aim, Hands hands) {
        byte[] first = {(byte) MessageType.TRANSACTIONS.firstByte()};
        hands.side(64, _ -> hands.again(20, _ -> {
            RawLink link = RawLink.join(aim, hands).reading()
                    .sendHalf(RawLink.BINARY, first, MessageType.TRANSACTIONS.frameLimitBytes());
            while (hands.isBusy()) {
                link.write(new byte[1]);
                hands.rest(1_000);
            }
        }));
    }

    private static void texts(Aim aim, Hands hands) {
        byte[] text = "x".repeat(8_000).getBytes(StandardCharsets.US_ASCII);
        hands.side(LINKS, _ -> hands.again(500, _ -> {
            RawLink link = RawLink.join(aim, hands).reading();
            while (hands.isBusy()) {
                link.sendLast(RawLink.TEXT, text);
            }
        }));
    }

    private static void noise(Aim aim, Hands hands) {
        hands.side(LINKS, _ -> hands.again(500, _ -> {
            RawLink link = RawLink.open(aim, hands).reading().write(Forgeries.bytes(4_000));
            hands.rest(5);
            link.drop();
        }));
    }

    private static void silentUpgrades(Aim aim, Hands hands) {
        hands.again(100_000, _ -> {
            hands.start(() -> {
                RawLink.open(aim, hands);
                hands.stay();
            });
            hands.rest(16);
        });
    }

    private static void hellos(Aim aim, Hands hands) {
        hands.again(100_000, _ -> {
            hands.start(() -> {
                RawLink.open(aim, hands).sayHello();
                hands.stay();
            });
            hands.rest(16);
        });
    }

    private static void wrongProofs(Aim aim, Hands hands) {
        Signature wrong = TestKeys.SCHEME.sign(TestKeys.key(1).privateKey(), Forgeries.hash());
        hands.side(LINKS, _ -> hands.again(2_000, _ -> {
            RawLink link = RawLink.open(aim, hands).sayHello().say(new Message.Proof(wrong));
            hands.rest(5);
            link.drop();
        }));
    }

    private static void closes(Aim aim, Hands hands) {
        byte[] goingAway = {0x03, (byte) 0xe9};
        hands.side(64, _ -> hands.again(20, _ -> {
            RawLink link = RawLink.join(aim, hands);
            for (int i = 0; i < 100; i++) {
                link.sendLast(RawLink.CLOSE, goingAway);
            }
            hands.rest(1_000);
        }));
    }

    private static void churn(Aim aim, Hands hands) {
        hands.side(LINKS, _ -> hands.again(2_000, number -> {
            Line line = hands.dial(aim.memberPort());
            if (number % 2 == 0) {
                line.write(RawLink.upgrade(aim.memberPort(), ""));
            }
            hands.drop(line);
            hands.rest(2);
        }));
    }

    private static void hangingUp(Aim aim, Hands hands) {
        Message question = new Message.GetCheeses(Collections.nCopies(128, aim.fat()));
        hands.side(8, worker -> hands.again(200, number -> {
            RawLink link = RawLink.join(aim, hands).say(question, 4);
            hands.rest((7L * number + 3L * worker) % 61);
            link.drop();
        }));
    }

    private static void handshakes(Aim aim, Hands hands) {
        hands.side(LINKS, _ -> hands.again(2_000, _ -> {
            RawLink link = RawLink.join(aim, hands);
            hands.rest(5);
            link.drop();
        }));
    }
}
