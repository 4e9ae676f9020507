package org.cheesecoin.chain.wire;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.Coinbase;
import org.cheesecoin.chain.cheese.MalformedException;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Transaction;
import org.cheesecoin.chain.cheese.TransactionOutput;
import org.cheesecoin.chain.crypto.Hash256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WireLimitsTest {

    private static final RandomMessages MESSAGES = new RandomMessages(3);
    private static final Map<MessageType, Message> LARGEST = largest();

    @ParameterizedTest
    @EnumSource(MessageType.class)
    void theLargestMessageOfATypeFitsItsFrame(MessageType type) {
        Message message = LARGEST.get(type);
        byte[] frame = MessageCodec.encode(message);
        assertThat(frame.length).isBetween(slack(type), type.frameLimitBytes());
        assertThat(MessageCodec.decode(frame)).isEqualTo(Outcome.passed(message));
    }

    /** Where the largest message does not hit the limit to the byte, as one whose payments have no finer sizes. */
    private static int slack(MessageType type) {
        return switch (type) {
            case REJECT -> type.frameLimitBytes() - WireLimits.MAX_RULE_ID_CHARS;
            case TRANSACTIONS, CHEESE_TRANSACTIONS, CHEESE_BODY, COMPACT_CHEESE -> type.frameLimitBytes() - 200;
            default -> type.frameLimitBytes();
        };
    }

    @Test
    void everythingBeforeTheProofIsTiny() {
        assertThat(Arrays.stream(MessageType.values())
                .filter(type -> type.earliest() == MessageType.Phase.HANDSHAKE))
                .containsExactly(MessageType.HELLO, MessageType.PROOF, MessageType.REJECT)
                .allMatch(type -> type.frameLimitBytes() <= WireLimits.MAX_HANDSHAKE_FRAME_BYTES);
    }

    @ParameterizedTest
    @EnumSource(MessageType.class)
    void noFrameIsLargerThanAWholeCheese(MessageType type) {
        assertThat(type.frameLimitBytes()).isLessThanOrEqualTo(WireLimits.MAX_FRAME_BYTES);
    }

    @ParameterizedTest
    @EnumSource(MessageType.class)
    void theFirstByteGivesTheLimit(MessageType type) {
        assertThat(MessageType.frameLimitBytes(type.firstByte(), MessageType.Phase.JOINED))
                .isEqualTo(Outcome.passed(type.frameLimitBytes()));
    }

    @ParameterizedTest
    @EnumSource(value = MessageType.class, names = {"HELLO", "PROOF", "REJECT"}, mode = Mode.EXCLUDE)
    void nothingElseMayComeBeforeTheProof(MessageType type) {
        assertThat(ruleOf(MessageType.frameLimitBytes(type.firstByte(), MessageType.Phase.HANDSHAKE)))
                .contains(Rule.NET_HANDSHAKE);
    }

    @Test
    void anUnknownFirstByteHasNoLimit() {
        assertThat(ruleOf(MessageType.frameLimitBytes(200, MessageType.Phase.JOINED))).contains(Rule.ENC_VERSION);
    }

    @ParameterizedTest
    @EnumSource(value = MessageType.class, names = {"GET_HEADERS", "HEADERS", "GET_CHEESES", "HAVE",
            "GET_TRANSACTIONS", "TRANSACTIONS", "COMPACT_CHEESE", "GET_CHEESE_TRANSACTIONS", "CHEESE_TRANSACTIONS",
            "PEERS", "NOT_FOUND"})
    void refusesAListOfOneMoreThanItsLimit(MessageType type) {
        byte[] frame = MessageCodec.encode(longestList(type));
        int at = countOffset(type, frame);
        int count = (frame[at] & 0xff) << 8 | frame[at + 1] & 0xff;
        assertThat(ruleOf(MessageCodec.decode(frame))).isEmpty();
        frame[at] = (byte) (count + 1 >>> 8);
        frame[at + 1] = (byte) (count + 1);
        assertThat(ruleOf(MessageCodec.decode(Arrays.copyOf(frame, frame.length + 400)))).contains(Rule.ENC_LIMIT);
    }

    @Test
    void neverSendsWhatTheOtherEndWouldRefuse() {
        List<Message> tooLong = List.of(
                new Message.Headers(RandomMessages.exactly(WireLimits.MAX_HEADERS + 1, MESSAGES::header)),
                new Message.Have(RandomMessages.exactly(WireLimits.MAX_FULL_IDS + 1, MESSAGES::fullId)),
                new Message.Transactions(RandomMessages.exactly(11, () -> MESSAGES.paymentOfOne(2_600))),
                new Message.Peers(RandomMessages.exactly(WireLimits.MAX_PEER_RECORDS + 1, MESSAGES::peerRecord)));
        assertThat(tooLong).allSatisfy(message -> assertThatThrownBy(() -> MessageCodec.encode(message))
                .isInstanceOfSatisfying(MalformedException.class,
                        e -> assertThat(e.violation().rule()).isEqualTo(Rule.ENC_LIMIT)));
    }

    @Test
    void refusesPaymentsOfTooManyBytes() {
        byte[] fits = MessageCodec.encode(LARGEST.get(MessageType.TRANSACTIONS));
        byte[] tooLong = Arrays.copyOf(fits, 3 + WireLimits.MAX_TRANSACTIONS_BYTES + 1);
        assertThat(ruleOf(MessageCodec.decode(tooLong))).contains(Rule.ENC_LIMIT);
    }

    @Test
    void refusesACheeseOfTooManyBytes() {
        byte[] tooLong = Arrays.copyOf(
                MessageCodec.encode(LARGEST.get(MessageType.CHEESE_BODY)), 1 + Cheese.MAX_BYTES + 1);
        assertThat(ruleOf(MessageCodec.decode(tooLong))).contains(Rule.CHS_SIZE);
    }

    @Test
    void everyMessageHasAType() {
        List<Class<?>> typed = new ArrayList<>();
        for (MessageType type : MessageType.values()) {
            typed.add(type.message());
        }
        assertThat(typed).containsExactlyInAnyOrder(Message.class.getPermittedSubclasses());
        new RandomMessages(4).oneOfEach().forEach((type, message) -> {
            assertThat(message).isExactlyInstanceOf(type.message());
            assertThat(MessageType.of(message)).isEqualTo(type);
        });
    }

    private static int countOffset(MessageType type, byte[] frame) {
        return switch (type) {
            case GET_CHEESE_TRANSACTIONS, CHEESE_TRANSACTIONS -> 1 + Hash256.BYTES;
            case COMPACT_CHEESE -> frame.length - 2 - WireLimits.MAX_SHORT_IDS * WireLimits.SHORT_ID_BYTES;
            default -> 1;
        };
    }

    private static Message longestList(MessageType type) {
        return switch (type) {
            case TRANSACTIONS -> new Message.Transactions(smallPayments(WireLimits.MAX_FULL_IDS));
            case CHEESE_TRANSACTIONS ->
                    new Message.CheeseTransactions(MESSAGES.smell(), smallPayments(WireLimits.MAX_SHORT_IDS));
            default -> LARGEST.get(type);
        };
    }

    private static List<Payment> smallPayments(int count) {
        return RandomMessages.exactly(count, () -> MESSAGES.paymentOfOne(1));
    }

    private static Map<MessageType, Message> largest() {
        Map<MessageType, Message> largest = new LinkedHashMap<>();
        GossipUrl url = new GossipUrl(
                "wss://" + "h".repeat(60) + "." + "h".repeat(60) + "." + "h".repeat(28) + ":65535/gossip");
        largest.put(MessageType.HELLO, new Message.Hello(Role.TRACKER, 1, MESSAGES.smell(), MESSAGES.nodeId(),
                MESSAGES.hash(), Optional.of(url), BigInteger.TWO.pow(256).subtract(BigInteger.ONE), 1));
        largest.put(MessageType.PROOF, new Message.Proof(MESSAGES.signature()));
        largest.put(MessageType.GET_HEADERS,
                new Message.GetHeaders(RandomMessages.exactly(WireLimits.MAX_LOCATOR, MESSAGES::smell)));
        largest.put(MessageType.HEADERS,
                new Message.Headers(RandomMessages.exactly(WireLimits.MAX_HEADERS, MESSAGES::header)));
        largest.put(MessageType.GET_CHEESES,
                new Message.GetCheeses(RandomMessages.exactly(WireLimits.MAX_GET_CHEESES, MESSAGES::smell)));
        largest.put(MessageType.CHEESE_BODY, new Message.CheeseBody(largestCheese()));
        largest.put(MessageType.HAVE,
                new Message.Have(RandomMessages.exactly(WireLimits.MAX_FULL_IDS, MESSAGES::fullId)));
        largest.put(MessageType.GET_TRANSACTIONS,
                new Message.GetTransactions(RandomMessages.exactly(WireLimits.MAX_FULL_IDS, MESSAGES::fullId)));
        largest.put(MessageType.TRANSACTIONS,
                new Message.Transactions(filling(WireLimits.MAX_TRANSACTIONS_BYTES)));
        largest.put(MessageType.COMPACT_CHEESE, new Message.CompactCheese(MESSAGES.header(), 1, largestCoinbase(),
                RandomMessages.exactly(WireLimits.MAX_SHORT_IDS, () -> (1L << 48) - 1)));
        largest.put(MessageType.GET_CHEESE_TRANSACTIONS, new Message.GetCheeseTransactions(
                MESSAGES.smell(), IntStream.rangeClosed(1, WireLimits.MAX_SHORT_IDS).boxed().toList()));
        largest.put(MessageType.CHEESE_TRANSACTIONS, new Message.CheeseTransactions(
                MESSAGES.smell(), filling(WireLimits.MAX_CHEESE_TRANSACTIONS_BYTES)));
        largest.put(MessageType.GET_PEERS, new Message.GetPeers());
        largest.put(MessageType.PEERS, new Message.Peers(RandomMessages.exactly(WireLimits.MAX_PEER_RECORDS,
                () -> new PeerRecord(MESSAGES.smell(), MESSAGES.nodeId(), url, 1, MESSAGES.signature()))));
        largest.put(MessageType.PING, new Message.Ping(-1));
        largest.put(MessageType.PONG, new Message.Pong(-1, 1));
        largest.put(MessageType.NOT_FOUND,
                new Message.NotFound(RandomMessages.exactly(WireLimits.MAX_NOT_FOUND, MESSAGES::hash)));
        largest.put(MessageType.REJECT, new Message.Reject(
                Rule.TRX_INPUT_DUPLICATE, MESSAGES.hash(), "x".repeat(WireLimits.MAX_EXPLANATION_CHARS)));
        return largest;
    }

    private static Cheese largestCheese() {
        List<Transaction> transactions = new ArrayList<>();
        transactions.add(new Coinbase(1, new byte[0], List.of()));
        transactions.addAll(filling(WireLimits.MAX_CHEESE_TRANSACTIONS_BYTES));
        return new Cheese(MESSAGES.header(), transactions);
    }

    private static Coinbase largestCoinbase() {
        int outputs = (WireLimits.MAX_COMPACT_COINBASE_BYTES - 9) / TransactionOutput.BYTES;
        return new Coinbase(1, new byte[0], RandomMessages.exactly(outputs, MESSAGES::output));
    }

    /** As many payments as these bytes hold, the last one sized to fill them but for less than one more input. */
    private static List<Payment> filling(int bytes) {
        List<Payment> payments = new ArrayList<>();
        int left = bytes;
        while (left >= 200_000) {
            payments.add(MESSAGES.paymentOfOne(2_600));
            left -= payments.getLast().sizeBytes();
        }
        int inputs = (left - Payment.sizeBytes(0, 1, 1)) / 36;
        payments.add(MESSAGES.paymentOfOne(inputs));
        return payments;
    }

    private static Optional<Rule> ruleOf(Outcome<?> outcome) {
        return switch (outcome) {
            case Outcome.Passed<?> _ -> Optional.empty();
            case Outcome.Refused<?>(var violation) -> Optional.of(violation.rule());
        };
    }
}
