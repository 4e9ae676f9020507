package org.cheesecoin.chain.wire;

import java.util.List;

import org.cheesecoin.chain.cheese.ByteReader;
import org.cheesecoin.chain.cheese.ByteWriter;
import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.CheeseHeader;
import org.cheesecoin.chain.cheese.Coinbase;
import org.cheesecoin.chain.cheese.FullId;
import org.cheesecoin.chain.cheese.MalformedException;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.cheese.Transaction;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.crypto.Signature;

/** Messages as frames: the type's byte and a body in the canonical encoding. Each message has one frame. */
public final class MessageCodec {

    private static final int LEAST_PAYMENT_BYTES = Payment.sizeBytes(1, 1, 1);
    private static final int LEAST_PEER_RECORD_BYTES = 32 + 33 + 1 + 8 + 64;
    private static final int LEAST_HELLO_BYTES = 1 + 2 + 1 + 32 + 33 + 32 + 1 + 32 + 4;
    /** The type's byte and the count of a list. */
    private static final int LIST_BYTES = 3;

    private MessageCodec() {}

    /**
     * The frame of this message.
     *
     * @throws MalformedException if it holds more than the receiver would take, which is a fault of the caller
     */
    public static byte[] encode(Message message) {
        ByteWriter writer = new ByteWriter(sizeBytes(message));
        writer.u8(MessageType.of(message).firstByte());
        write(writer, message);
        return writer.toBytes();
    }

    /**
     * The message of this frame, or the rule that it breaks. Nothing that a stranger sends makes it throw. The frame's
     * length is the business of whoever assembles it ({@link MessageType#frameLimitBytes(int, MessageType.Phase)}).
     */
    public static Outcome<Message> decode(byte[] frame) {
        return ByteReader.decode(frame, reader -> read(MessageType.of(reader.u8()).orElseThrow(), reader));
    }

    /** How long the frame of this message is, in bytes, without making it. */
    public static int sizeBytes(Message message) {
        return switch (message) {
            case Message.Hello hello -> LEAST_HELLO_BYTES + hello.listenUrl().map(it -> it.text().length()).orElse(0);
            case Message.Proof _ -> 1 + Signature.BYTES;
            case Message.GetHeaders(var locator) -> listBytes(locator.size(), Hash256.BYTES);
            case Message.Headers(var headers) -> listBytes(headers.size(), CheeseHeader.BYTES);
            case Message.GetCheeses(var smells) -> listBytes(smells.size(), Hash256.BYTES);
            case Message.CheeseBody(Cheese cheese) -> 1 + cheese.sizeBytes();
            case Message.Have(var fullIds) -> listBytes(fullIds.size(), Hash256.BYTES);
            case Message.GetTransactions(var fullIds) -> listBytes(fullIds.size(), Hash256.BYTES);
            case Message.Transactions(var payments) -> LIST_BYTES + paymentBytes(payments);
            case Message.CompactCheese compact -> LIST_BYTES + CheeseHeader.BYTES + 8 + compact.coinbase().sizeBytes()
                    + compact.shortIds().size() * WireLimits.SHORT_ID_BYTES;
            case Message.GetCheeseTransactions(var _, var indexes) -> LIST_BYTES + Hash256.BYTES + 2 * indexes.size();
            case Message.CheeseTransactions(var _, var payments) ->
                    LIST_BYTES + Hash256.BYTES + paymentBytes(payments);
            case Message.GetPeers() -> 1;
            case Message.Peers(var words) -> LIST_BYTES + words.stream().mapToInt(MessageCodec::wordBytes).sum();
            case Message.Ping _ -> 9;
            case Message.Pong _ -> 17;
            case Message.NotFound(var hashes) -> listBytes(hashes.size(), Hash256.BYTES);
            case Message.Reject(var rule, var _, String explanation) ->
                    4 + rule.id().length() + Hash256.BYTES + explanation.length();
        };
    }

    private static int listBytes(int count, int bytesEach) {
        return LIST_BYTES + count * bytesEach;
    }

    private static int paymentBytes(List<Payment> payments) {
        return payments.stream().mapToInt(Payment::sizeBytes).sum();
    }

    private static int wordBytes(PeerWord word) {
        return LEAST_PEER_RECORD_BYTES + switch (word) {
            case PeerRecord record -> record.url().text().length();
            case UnusableRecord record -> record.url().length();
        };
    }

    private static void write(ByteWriter writer, Message message) {
        switch (message) {
            case Message.Hello hello -> writeHello(writer, hello);
            case Message.Proof proof -> writer.raw(proof.signature().toBytes());
            case Message.GetHeaders get -> writeSmells(writer, "locator", WireLimits.MAX_LOCATOR, get.locator());
            case Message.Headers headers -> WireFields.writeList(
                    writer, "headers", WireLimits.MAX_HEADERS, headers.headers(), (out, header) -> header.write(out));
            case Message.GetCheeses get -> writeSmells(writer, "smells", WireLimits.MAX_GET_CHEESES, get.smells());
            case Message.CheeseBody body -> writeCheese(writer, body.cheese());
            case Message.Have have -> writeFullIds(writer, have.fullIds());
            case Message.GetTransactions get -> writeFullIds(writer, get.fullIds());
            case Message.Transactions transactions -> {
                WireFields.requireLimit("transactions", transactions.payments().size(), WireLimits.MAX_FULL_IDS);
                writePayments(writer, WireLimits.MAX_TRANSACTIONS_BYTES, transactions.payments());
            }
            case Message.CompactCheese compact -> writeCompact(writer, compact);
            case Message.GetCheeseTransactions get -> {
                requireIndexes(get.indexes());
                writer.hash(get.smell().hash());
                WireFields.writeList(
                        writer, "indexes", WireLimits.MAX_SHORT_IDS, get.indexes(), (out, index) -> out.u16(index));
            }
            case Message.CheeseTransactions transactions -> {
                WireFields.requireLimit("transactions", transactions.payments().size(), WireLimits.MAX_SHORT_IDS);
                writer.hash(transactions.smell().hash());
                writePayments(writer, WireLimits.MAX_CHEESE_TRANSACTIONS_BYTES, transactions.payments());
            }
            case Message.GetPeers _ -> {
                // It has no body.
            }
            case Message.Peers peers -> WireFields.writeList(
                    writer, "records", WireLimits.MAX_PEER_RECORDS, peers.words(), WireFields::writePeerWord);
            case Message.Ping ping -> writer.u64(ping.nonce());
            case Message.Pong pong -> writer.u64(pong.nonce()).u64(pong.timeMillis());
            case Message.NotFound notFound -> WireFields.writeList(
                    writer, "hashes", WireLimits.MAX_NOT_FOUND, notFound.hashes(), ByteWriter::hash);
            case Message.Reject reject -> {
                String id = reject.rule().id();
                writer.u8(id.length()).raw(WireFields.ascii(id)).hash(reject.subject());
                writer.u16(reject.explanation().length()).raw(WireFields.ascii(reject.explanation()));
            }
        }
    }

    private static Message read(MessageType type, ByteReader reader) {
        return switch (type) {
            case HELLO -> readHello(reader);
            case PROOF -> new Message.Proof(WireFields.readSignature(reader));
            case GET_HEADERS -> new Message.GetHeaders(readSmells(reader, "locator", WireLimits.MAX_LOCATOR));
            case HEADERS -> new Message.Headers(WireFields.readList(
                    reader, "headers", WireLimits.MAX_HEADERS, CheeseHeader.BYTES, CheeseHeader::read));
            case GET_CHEESES -> new Message.GetCheeses(readSmells(reader, "smells", WireLimits.MAX_GET_CHEESES));
            case CHEESE_BODY -> readCheese(reader);
            case HAVE -> new Message.Have(readFullIds(reader));
            case GET_TRANSACTIONS -> new Message.GetTransactions(readFullIds(reader));
            case TRANSACTIONS -> new Message.Transactions(
                    readPayments(reader, WireLimits.MAX_FULL_IDS, WireLimits.MAX_TRANSACTIONS_BYTES));
            case COMPACT_CHEESE -> readCompact(reader);
            case GET_CHEESE_TRANSACTIONS -> new Message.GetCheeseTransactions(
                    new Smell(reader.hash()),
                    requireIndexes(WireFields.readList(
                            reader, "indexes", WireLimits.MAX_SHORT_IDS, 2, ByteReader::u16)));
            case CHEESE_TRANSACTIONS -> new Message.CheeseTransactions(
                    new Smell(reader.hash()),
                    readPayments(reader, WireLimits.MAX_SHORT_IDS, WireLimits.MAX_CHEESE_TRANSACTIONS_BYTES));
            case GET_PEERS -> new Message.GetPeers();
            case PEERS -> new Message.Peers(WireFields.readList(reader, "records", WireLimits.MAX_PEER_RECORDS,
                    LEAST_PEER_RECORD_BYTES, WireFields::readPeerWord));
            case PING -> new Message.Ping(reader.u64());
            case PONG -> new Message.Pong(reader.u64(), reader.u64());
            case NOT_FOUND -> new Message.NotFound(WireFields.readList(
                    reader, "hashes", WireLimits.MAX_NOT_FOUND, Hash256.BYTES, ByteReader::hash));
            case REJECT -> readReject(reader);
        };
    }

    private static void writeHello(ByteWriter writer, Message.Hello hello) {
        writer.u16(hello.protocolVersion()).u8(roleByte(hello.role())).hash(hello.networkId().hash());
        WireFields.writeNodeId(writer, hello.nodeId());
        writer.hash(hello.challenge());
        WireFields.writeUrl(writer, hello.listenUrl().map(GossipUrl::text).orElse(""));
        WireFields.writeNumber256(writer, hello.work());
        writer.u32(hello.height());
    }

    private static Message readHello(ByteReader reader) {
        int version = reader.u16();
        if (version != WireLimits.PROTOCOL_VERSION) {
            throw new MalformedException(Violation.of(Rule.ENC_VERSION).with("protocolVersion", version));
        }
        return new Message.Hello(
                readRole(reader),
                version,
                new Smell(reader.hash()),
                WireFields.readNodeId(reader),
                reader.hash(),
                WireFields.readOptionalUrl(reader),
                WireFields.readNumber256(reader),
                reader.u31("height"));
    }

    static int roleByte(Role role) {
        return switch (role) {
            case MEMBER -> 0;
            case TRACKER -> 1;
        };
    }

    private static Role readRole(ByteReader reader) {
        int role = reader.u8();
        return switch (role) {
            case 0 -> Role.MEMBER;
            case 1 -> Role.TRACKER;
            default -> throw WireFields.badValue("role", role);
        };
    }

    private static void writeSmells(ByteWriter writer, String name, int limit, List<Smell> smells) {
        WireFields.writeList(writer, name, limit, smells, (out, smell) -> out.hash(smell.hash()));
    }

    private static List<Smell> readSmells(ByteReader reader, String name, int limit) {
        return WireFields.readList(reader, name, limit, Hash256.BYTES, in -> new Smell(in.hash()));
    }

    private static void writeFullIds(ByteWriter writer, List<FullId> fullIds) {
        WireFields.writeList(
                writer, "fullIds", WireLimits.MAX_FULL_IDS, fullIds, (out, fullId) -> out.hash(fullId.hash()));
    }

    private static List<FullId> readFullIds(ByteReader reader) {
        return WireFields.readList(
                reader, "fullIds", WireLimits.MAX_FULL_IDS, Hash256.BYTES, in -> new FullId(in.hash()));
    }

    private static void writeCheese(ByteWriter writer, Cheese cheese) {
        requireCheeseSize(cheese.sizeBytes());
        cheese.write(writer);
    }

    private static Message readCheese(ByteReader reader) {
        requireCheeseSize(reader.remaining());
        return new Message.CheeseBody(Cheese.read(reader));
    }

    private static void requireCheeseSize(int sizeBytes) {
        if (sizeBytes > Cheese.MAX_BYTES) {
            throw new MalformedException(Violation.of(Rule.CHS_SIZE).with("sizeBytes", sizeBytes));
        }
    }

    private static void writePayments(ByteWriter writer, int limitBytes, List<Payment> payments) {
        writer.u16(payments.size());
        int start = writer.length();
        payments.forEach(payment -> payment.write(writer));
        WireFields.requireLimit("transactionBytes", writer.length() - start, limitBytes);
    }

    private static List<Payment> readPayments(ByteReader reader, int limit, int limitBytes) {
        int count = reader.count("transactions", reader.u16(), limit, LEAST_PAYMENT_BYTES);
        WireFields.requireLimit("transactionBytes", reader.remaining(), limitBytes);
        return reader.list(count, MessageCodec::readPayment);
    }

    private static Payment readPayment(ByteReader reader) {
        Transaction transaction = Transaction.read(reader);
        if (transaction instanceof Payment payment) {
            return payment;
        }
        throw new MalformedException(Violation.of(Rule.TRX_COINBASE_LOOSE).with("txid", transaction.txid()));
    }

    private static void writeCompact(ByteWriter writer, Message.CompactCheese compact) {
        requireCompactCoinbase(compact.coinbase());
        compact.header().write(writer);
        writer.u64(compact.salt());
        compact.coinbase().write(writer);
        WireFields.writeList(writer, "shortIds", WireLimits.MAX_SHORT_IDS, compact.shortIds(),
                (out, shortId) -> out.u16((int) (shortId >>> 32)).u32(shortId.intValue()));
    }

    private static Message readCompact(ByteReader reader) {
        CheeseHeader header = CheeseHeader.read(reader);
        long salt = reader.u64();
        Transaction first = Transaction.read(reader);
        if (!(first instanceof Coinbase coinbase)) {
            throw new MalformedException(Violation.of(Rule.CHS_COINBASE_FIRST).with("txid", first.txid()));
        }
        requireCompactCoinbase(coinbase);
        List<Long> shortIds = WireFields.readList(reader, "shortIds", WireLimits.MAX_SHORT_IDS,
                WireLimits.SHORT_ID_BYTES, in -> (long) in.u16() << 32 | in.u32() & 0xffff_ffffL);
        return new Message.CompactCheese(header, salt, coinbase, shortIds);
    }

    private static void requireCompactCoinbase(Coinbase coinbase) {
        WireFields.requireLimit("coinbaseBytes", coinbase.sizeBytes(), WireLimits.MAX_COMPACT_COINBASE_BYTES);
    }

    private static List<Integer> requireIndexes(List<Integer> indexes) {
        // A question for nothing would cost the reading of a cheese.
        if (indexes.isEmpty()) {
            throw WireFields.badValue("indexes", "none");
        }
        int previous = 0;
        for (int index : indexes) {
            if (index <= previous || index > WireLimits.MAX_SHORT_IDS) {
                throw WireFields.badValue("index", index);
            }
            previous = index;
        }
        return indexes;
    }

    private static Message readReject(ByteReader reader) {
        String id = WireFields.readText(reader, "ruleId", reader.u8(), WireLimits.MAX_RULE_ID_CHARS);
        Rule rule = Rule.byId(id).orElseThrow(() -> WireFields.badValue("ruleId", id));
        Hash256 subject = reader.hash();
        String explanation = WireFields.readText(
                reader, "explanation", reader.u16(), WireLimits.MAX_EXPLANATION_CHARS);
        return new Message.Reject(rule, subject, explanation);
    }
}
