package org.cheesecoin.chain.wire;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

import org.cheesecoin.chain.cheese.ByteReader;
import org.cheesecoin.chain.cheese.ByteWriter;
import org.cheesecoin.chain.cheese.MalformedException;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.crypto.PublicKey;
import org.cheesecoin.chain.crypto.Signature;

/** The fields that several messages share, read and written under the same limits. */
final class WireFields {

    private static final long MAX_TIME_MILLIS = (1L << 53) - 1;

    private WireFields() {}

    static NodeId readNodeId(ByteReader reader) {
        byte[] key = reader.raw(PublicKey.BYTES);
        if (key[0] != 2 && key[0] != 3) {
            throw badValue("nodeIdFirstByte", key[0]);
        }
        return new NodeId(PublicKey.of(key));
    }

    static void writeNodeId(ByteWriter writer, NodeId nodeId) {
        writer.raw(nodeId.key().toBytes());
    }

    static Signature readSignature(ByteReader reader) {
        return Signature.of(reader.raw(Signature.BYTES));
    }

    static Optional<GossipUrl> readOptionalUrl(ByteReader reader) {
        String text = readText(reader, "gossipUrl", reader.u8(), GossipUrl.MAX_CHARS);
        return text.isEmpty() ? Optional.empty() : Optional.of(new GossipUrl(text));
    }

    static void writeUrl(ByteWriter writer, String text) {
        writer.u8(text.length()).raw(ascii(text));
    }

    /** Only its URL may be other than this version takes it. */
    static PeerWord readPeerWord(ByteReader reader) {
        Smell networkId = new Smell(reader.hash());
        NodeId nodeId = readNodeId(reader);
        String url = readBytes(reader, "gossipUrl", reader.u8(), GossipUrl.MAX_CHARS);
        long issuedAtMillis = reader.u64();
        Signature signature = readSignature(reader);
        return GossipUrl.faultOf(url).isPresent()
                ? new UnusableRecord(networkId, nodeId, url, issuedAtMillis, signature)
                : new PeerRecord(networkId, nodeId, new GossipUrl(url), issuedAtMillis, signature);
    }

    static void writePeerWord(ByteWriter writer, PeerWord word) {
        switch (word) {
            case PeerRecord(var networkId, var nodeId, var url, var time, var signature) ->
                    writePeerWord(writer, networkId, nodeId, url.text(), time, signature);
            case UnusableRecord(var networkId, var nodeId, var url, var time, var signature) ->
                    writePeerWord(writer, networkId, nodeId, url, time, signature);
        }
    }

    private static void writePeerWord(
            ByteWriter writer, Smell networkId, NodeId nodeId, String url, long issuedAtMillis, Signature signature) {
        writer.hash(networkId.hash());
        writeNodeId(writer, nodeId);
        writer.u8(url.length()).raw(url.getBytes(StandardCharsets.ISO_8859_1));
        writer.u64(issuedAtMillis).raw(signature.toBytes());
    }

    static BigInteger readNumber256(ByteReader reader) {
        return reader.hash().toNumber();
    }

    static void writeNumber256(ByteWriter writer, BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] wide = new byte[Hash256.BYTES];
        int length = Math.min(bytes.length, Hash256.BYTES);
        System.arraycopy(bytes, bytes.length - length, wide, Hash256.BYTES - length, length);
        writer.raw(wide);
    }

    /** So many bytes, each a character. */
    private static String readBytes(ByteReader reader, String name, int chars, int limit) {
        return new String(reader.raw(reader.count(name, chars, limit, 1)), StandardCharsets.ISO_8859_1);
    }

    static String readText(ByteReader reader, String name, int chars, int limit) {
        String text = readBytes(reader, name, chars, limit);
        if (!text.chars().allMatch(Printable::isPrintable)) {
            throw badValue(name, "other than printable ASCII");
        }
        return text;
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static <T> List<T> readList(
            ByteReader reader, String name, int limit, int leastBytesEach, Function<ByteReader, T> read) {
        return reader.list(reader.count(name, reader.u16(), limit, leastBytesEach), read);
    }

    static <T> void writeList(
            ByteWriter writer, String name, int limit, List<T> values, BiConsumer<ByteWriter, T> write) {
        requireLimit(name, values.size(), limit);
        writer.u16(values.size());
        values.forEach(value -> write.accept(writer, value));
    }

    static void requireLimit(String name, int count, int limit) {
        if (count > limit) {
            throw new MalformedException(
                    Violation.of(Rule.ENC_LIMIT).with("list", name).with("count", count).with("limit", limit));
        }
    }

    static void requireTime(String name, long timeMillis) {
        if (timeMillis < 0 || timeMillis > MAX_TIME_MILLIS) {
            throw badValue(name, timeMillis);
        }
    }

    static MalformedException badValue(String name, Object value) {
        return new MalformedException(Violation.of(Rule.ENC_VALUE).with(name, value));
    }
}
