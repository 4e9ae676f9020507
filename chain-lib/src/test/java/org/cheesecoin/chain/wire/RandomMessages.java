package org.cheesecoin.chain.wire;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.CheeseHeader;
import org.cheesecoin.chain.cheese.Coinbase;
import org.cheesecoin.chain.cheese.FullId;
import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.PaymentBody;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.cheese.Transaction;
import org.cheesecoin.chain.cheese.TransactionOutput;
import org.cheesecoin.chain.cheese.Txid;
import org.cheesecoin.chain.cheese.Witness;
import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.crypto.PublicKey;
import org.cheesecoin.chain.crypto.Signature;

/** Well-formed messages from a seed; what they say holds nowhere. */
final class RandomMessages {

    private final Random random;

    RandomMessages(long seed) {
        this.random = new Random(seed);
    }

    /** One of each type. */
    Map<MessageType, Message> oneOfEach() {
        Map<MessageType, Message> messages = new LinkedHashMap<>();
        for (MessageType type : MessageType.values()) {
            messages.put(type, of(type));
        }
        return messages;
    }

    Message of(MessageType type) {
        return switch (type) {
            case HELLO -> hello(random.nextBoolean() ? Optional.of(url()) : Optional.empty());
            case PROOF -> new Message.Proof(signature());
            case GET_HEADERS -> new Message.GetHeaders(some(64, this::smell));
            case HEADERS -> new Message.Headers(some(20, this::header));
            case GET_CHEESES -> new Message.GetCheeses(some(20, this::smell));
            case CHEESE_BODY -> new Message.CheeseBody(cheese(random.nextInt(5)));
            case HAVE -> new Message.Have(some(20, this::fullId));
            case GET_TRANSACTIONS -> new Message.GetTransactions(some(20, this::fullId));
            case TRANSACTIONS -> new Message.Transactions(some(5, this::payment));
            case COMPACT_CHEESE -> new Message.CompactCheese(
                    header(), random.nextLong(), coinbase(), some(20, () -> random.nextLong() >>> 16));
            case GET_CHEESE_TRANSACTIONS -> new Message.GetCheeseTransactions(smell(), indexes());
            case CHEESE_TRANSACTIONS -> new Message.CheeseTransactions(smell(), some(5, this::payment));
            case GET_PEERS -> new Message.GetPeers();
            case PEERS -> new Message.Peers(some(5, this::peerRecord));
            case PING -> new Message.Ping(random.nextLong());
            case PONG -> new Message.Pong(random.nextLong(), time());
            case NOT_FOUND -> new Message.NotFound(some(20, this::hash));
            case REJECT -> new Message.Reject(
                    Rule.values()[random.nextInt(Rule.values().length)], hash(), "because of it: " + random.nextInt());
        };
    }

    Message.Hello hello(Optional<GossipUrl> url) {
        return new Message.Hello(random.nextBoolean() ? Role.MEMBER : Role.TRACKER, WireLimits.PROTOCOL_VERSION,
                smell(), nodeId(), hash(), url, new BigInteger(256, random), height());
    }

    PeerRecord peerRecord() {
        return new PeerRecord(smell(), nodeId(), url(), time(), signature());
    }

    GossipUrl url() {
        return new GossipUrl("ws://member-" + random.nextInt(1_000) + ":" + (1 + random.nextInt(65_535)) + "/gossip");
    }

    NodeId nodeId() {
        return new NodeId(publicKey());
    }

    Signature signature() {
        return Signature.of(bytes(64));
    }

    Smell smell() {
        return new Smell(hash());
    }

    FullId fullId() {
        return new FullId(hash());
    }

    Hash256 hash() {
        return Hash256.of(bytes(32));
    }

    CheeseHeader header() {
        return new CheeseHeader(1, height(), smell(), hash(), time(), random.nextInt(), random.nextLong());
    }

    Cheese cheese(int payments) {
        List<Transaction> transactions = new ArrayList<>();
        transactions.add(coinbase());
        transactions.addAll(exactly(payments, this::payment));
        CheeseHeader old = header();
        return new Cheese(
                new CheeseHeader(1, old.height(), old.parentSmell(), Cheese.merkleRoot(transactions),
                        old.timeMillis(), old.compactTarget(), old.nonce()),
                transactions);
    }

    Coinbase coinbase() {
        return new Coinbase(height(), bytes(random.nextInt(65)), some(3, this::output));
    }

    Payment payment() {
        return payment(1 + random.nextInt(3), 1 + random.nextInt(3));
    }

    Payment payment(int inputs, int outputs) {
        PaymentBody body = new PaymentBody(
                exactly(inputs, () -> new OutPoint(new Txid(hash()), random.nextInt(1_000))),
                exactly(outputs, this::output));
        List<Witness> witnesses = Stream.generate(this::publicKey)
                .limit(1 + random.nextInt(inputs))
                .sorted()
                .map(key -> new Witness(key, signature()))
                .toList();
        return new Payment(body, witnesses);
    }

    /** With one owner, so that its size follows from the inputs. */
    Payment paymentOfOne(int inputs) {
        PaymentBody body = new PaymentBody(
                exactly(inputs, () -> new OutPoint(new Txid(hash()), random.nextInt(1_000))),
                List.of(output()));
        return new Payment(body, List.of(new Witness(publicKey(), signature())));
    }

    TransactionOutput output() {
        return new TransactionOutput(new Amount(1 + random.nextInt(1_000_000)), Address.ofKeyHash(bytes(20)));
    }

    List<Integer> indexes() {
        TreeSet<Integer> indexes = new TreeSet<>(
                exactly(1 + random.nextInt(20), () -> 1 + random.nextInt(WireLimits.MAX_SHORT_IDS)));
        return List.copyOf(indexes);
    }

    static <T> List<T> exactly(int count, Supplier<T> make) {
        return Stream.generate(make).limit(count).toList();
    }

    private <T> List<T> some(int most, Supplier<T> make) {
        return exactly(random.nextInt(most + 1), make);
    }

    private PublicKey publicKey() {
        byte[] key = bytes(PublicKey.BYTES);
        key[0] = (byte) (2 + random.nextInt(2));
        return PublicKey.of(key);
    }

    private int height() {
        return random.nextInt() & Integer.MAX_VALUE;
    }

    private long time() {
        return random.nextLong() >>> 11;
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
