package org.cheesecoin.member.wallet;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Transaction;
import org.cheesecoin.chain.cheese.Txid;
import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.wallet.Branch;

/** What the wallet has promised somebody, as its journal keeps it. */
sealed interface JournalEntry {

    /**
     * From here on the journal is this wallet's, and what stood before is another's.
     *
     * @param first its first receiving address
     */
    record OfWallet(Address first) implements JournalEntry {}

    /**
     * So many addresses of a branch are given to somebody, from index 0 on.
     *
     * @param handedOut never less than before
     */
    record Given(Branch branch, int handedOut) implements JournalEntry {}

    /** An order was paid under a key. */
    record Ordered(KeyedPayment order) implements JournalEntry {}

    /** A payment of own coins was taken by the mempool. */
    record Made(Payment payment) implements JournalEntry {}

    /** A payment left the mempool for good, and is not to be made again. */
    record Lost(Txid txid) implements JournalEntry {}

    /** The owner has the recovery words. */
    record WordsAcknowledged(long millis) implements JournalEntry {}

    /** Its bytes: a number for its kind, then its fields. */
    default byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            switch (this) {
                case OfWallet(Address first) -> {
                    out.writeByte(1);
                    out.write(first.keyHash());
                }
                case Given(Branch branch, int handedOut) -> {
                    out.writeByte(2);
                    out.writeByte(branch.number());
                    out.writeInt(handedOut);
                }
                case Ordered(KeyedPayment order) -> {
                    out.writeByte(3);
                    out.writeUTF(order.key().text());
                    out.write(order.orderDigest().toBytes());
                    out.write(order.payment().txid().hash().toBytes());
                    out.writeLong(order.payment().fee().crumbs());
                    out.writeLong(order.payment().change().crumbs());
                    out.writeInt(order.payment().sizeBytes());
                }
                case Made(Payment payment) -> {
                    out.writeByte(4);
                    out.write(payment.toBytes());
                }
                case Lost(Txid txid) -> {
                    out.writeByte(5);
                    out.write(txid.hash().toBytes());
                }
                case WordsAcknowledged(long millis) -> {
                    out.writeByte(6);
                    out.writeLong(millis);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads it back.
     *
     * @throws IOException if these are no bytes of an entry
     */
    static JournalEntry of(byte[] bytes) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int kind = in.readUnsignedByte();
            return switch (kind) {
                case 1 -> new OfWallet(Address.ofKeyHash(in.readAllBytes()));
                case 2 -> new Given(in.readByte() == Branch.RECEIVE.number() ? Branch.RECEIVE : Branch.CHANGE,
                        in.readInt());
                case 3 -> new Ordered(new KeyedPayment(new IdempotencyKey(in.readUTF()), hash(in),
                        new MadePayment(new Txid(hash(in)), new Amount(in.readLong()), new Amount(in.readLong()),
                                in.readInt())));
                case 4 -> new Made((Payment) Transaction.decode(in.readAllBytes()).orElseThrow());
                case 5 -> new Lost(new Txid(hash(in)));
                case 6 -> new WordsAcknowledged(in.readLong());
                default -> throw new IOException("no entry of kind " + kind);
            };
        } catch (RuntimeException e) {
            throw new IOException("no entry: " + e.getMessage(), e);
        }
    }

    private static Hash256 hash(DataInputStream in) throws IOException {
        byte[] hash = new byte[Hash256.BYTES];
        in.readFully(hash);
        return Hash256.of(hash);
    }
}
