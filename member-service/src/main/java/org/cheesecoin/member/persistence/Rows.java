package org.cheesecoin.member.persistence;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.ByteReader;
import org.cheesecoin.chain.cheese.ByteWriter;
import org.cheesecoin.chain.cheese.CheeseHeader;
import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.cheese.Txid;
import org.cheesecoin.chain.consensus.Coin;
import org.cheesecoin.chain.consensus.PlacedCoin;
import org.cheesecoin.chain.consensus.StackedHeader;
import org.cheesecoin.chain.consensus.Target;
import org.cheesecoin.chain.consensus.Work;
import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.crypto.PublicKey;
import org.cheesecoin.chain.crypto.Signature;
import org.cheesecoin.chain.wire.GossipUrl;
import org.cheesecoin.chain.wire.NodeId;
import org.cheesecoin.chain.wire.PeerRecord;

/** How values stand in the columns. */
final class Rows {

    /** Columns of a header, in the order that {@link #header} reads them. */
    static final String HEADER_COLUMNS = "c.header, c.smell, c.parent_time_millis, c.base_target, c.total_work";

    private static final int WORK_BYTES = 32;

    private Rows() {}

    static byte[] bytes(Smell smell) {
        return smell.hash().toBytes();
    }

    static StackedHeader header(ResultSet row) throws SQLException {
        return header(row.getBytes(1), row.getBytes(2), row.getLong(3), row.getInt(4), row.getBytes(5));
    }

    static StackedHeader header(byte[] header, byte[] smell, long parentTimeMillis, int baseTarget, byte[] totalWork) {
        return new StackedHeader(
                CheeseHeader.decode(header).orElseThrow(),
                new Smell(Hash256.of(smell)),
                parentTimeMillis,
                Target.ofCompact(baseTarget),
                new Work(new BigInteger(1, totalWork)));
    }

    /** A number of fixed width, so that the database orders it as we do. */
    static byte[] bytes(Work work) {
        byte[] number = work.hashes().toByteArray();
        byte[] wide = new byte[WORK_BYTES];
        int length = Math.min(number.length, WORK_BYTES);
        System.arraycopy(number, number.length - length, wide, WORK_BYTES - length, length);
        return wide;
    }

    static byte[] placedCoins(List<PlacedCoin> coins) {
        ByteWriter writer = new ByteWriter(coins.size() * 70);
        for (PlacedCoin placed : coins) {
            writer.hash(placed.outPoint().txid().hash()).u32(placed.outPoint().index());
            Coin coin = placed.coin();
            writer.u64(coin.amount().crumbs()).u32(coin.height()).u8(coin.origin().ordinal());
            coin.address().write(writer);
        }
        return writer.toBytes();
    }

    static List<PlacedCoin> placedCoins(byte[] bytes) {
        return ByteReader.decode(bytes, reader -> {
            List<PlacedCoin> coins = new ArrayList<>();
            while (reader.remaining() > 0) {
                OutPoint outPoint = new OutPoint(new Txid(reader.hash()), reader.u32());
                Amount amount = new Amount(reader.u64());
                int height = reader.u32();
                Coin.Origin origin = origin(reader.u8());
                coins.add(new PlacedCoin(outPoint, new Coin(amount, Address.read(reader), height, origin)));
            }
            return coins;
        }).orElseThrow();
    }

    static Coin.Origin origin(int ordinal) {
        return ordinal == Coin.Origin.PAYMENT.ordinal() ? Coin.Origin.PAYMENT : Coin.Origin.COINBASE;
    }

    static byte[] peerRecord(PeerRecord record) {
        ByteWriter writer = new ByteWriter(256);
        writer.hash(record.networkId().hash()).raw(record.nodeId().key().toBytes());
        writer.u64(record.issuedAtMillis()).raw(record.signature().toBytes());
        return writer.raw(record.url().text().getBytes(StandardCharsets.US_ASCII)).toBytes();
    }

    static PeerRecord peerRecord(byte[] bytes) {
        return ByteReader.decode(bytes, reader -> {
            Smell networkId = new Smell(reader.hash());
            NodeId nodeId = new NodeId(PublicKey.of(reader.raw(PublicKey.BYTES)));
            long issuedAtMillis = reader.u64();
            Signature signature = Signature.of(reader.raw(Signature.BYTES));
            String url = new String(reader.raw(reader.remaining()), StandardCharsets.US_ASCII);
            return new PeerRecord(networkId, nodeId, new GossipUrl(url), issuedAtMillis, signature);
        }).orElseThrow();
    }
}
