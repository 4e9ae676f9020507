package org.cheesecoin.chain.cheese;

import java.util.List;

import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.crypto.MerkleTree;

/** A cheese: a header and its transactions. Well-formed, which says nothing yet about its work or its coins. */
public final class Cheese {

    /** Largest encoding, in bytes (CHS-SIZE). */
    public static final int MAX_BYTES = 2_000_000;

    /** The smallest payment has one input, one output and one witness. */
    private static final int LEAST_PAYMENT_BYTES = Payment.sizeBytes(1, 1, 1);

    private static final int LEAST_COINBASE_BYTES = 9;
    private static final int COUNT_BYTES = 4;

    /** Most bytes of all payments together: what the header, the count and the smallest coinbase leave. */
    public static final int MAX_PAYMENTS_BYTES = MAX_BYTES - CheeseHeader.BYTES - COUNT_BYTES - LEAST_COINBASE_BYTES;

    /**
     * Most transactions: a coinbase and as many of the smallest payments as fit. Without it two million bytes could be
     * read as 222,212 coinbases, which take fifty times as much memory.
     */
    public static final int MAX_TRANSACTIONS = 1 + MAX_PAYMENTS_BYTES / LEAST_PAYMENT_BYTES;

    private final CheeseHeader header;
    private final List<Transaction> transactions;
    private final Smell smell;
    private final int sizeBytes;

    /** Of these parts; whether they belong together is for the rules to say. */
    public Cheese(CheeseHeader header, List<? extends Transaction> transactions) {
        this.header = header;
        this.transactions = List.copyOf(transactions);
        this.smell = header.smell();
        this.sizeBytes = CheeseHeader.BYTES + COUNT_BYTES
                + transactions.stream().mapToInt(Transaction::sizeBytes).sum();
    }

    /** Decodes a whole cheese of at most {@link #MAX_BYTES}. */
    public static Outcome<Cheese> decode(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            return Outcome.refused(Violation.of(Rule.CHS_SIZE).with("sizeBytes", bytes.length));
        }
        return ByteReader.decode(bytes, Cheese::read);
    }

    /**
     * Reads the next cheese.
     *
     * @throws MalformedException with the rule that the bytes break
     */
    public static Cheese read(ByteReader reader) {
        CheeseHeader header = CheeseHeader.read(reader);
        int count = reader.count("transactions", reader.u32(), MAX_TRANSACTIONS, LEAST_COINBASE_BYTES);
        return new Cheese(header, reader.list(count, Transaction::read));
    }

    /** Writes the encoding. */
    public void write(ByteWriter writer) {
        header.write(writer);
        writer.u32(transactions.size());
        transactions.forEach(transaction -> transaction.write(writer));
    }

    /** The encoding, in a new array. */
    public byte[] toBytes() {
        ByteWriter writer = new ByteWriter(sizeBytes);
        write(writer);
        return writer.toBytes();
    }

    /** What was mined. */
    public CheeseHeader header() {
        return header;
    }

    /** The coinbase, then the payments, each of which may spend what stands before it. */
    public List<Transaction> transactions() {
        return transactions;
    }

    /** The hash of the header. */
    public Smell smell() {
        return smell;
    }

    /** How many cheeses lie below. */
    public int height() {
        return header.height();
    }

    /** Length of the encoding, in bytes. */
    public int sizeBytes() {
        return sizeBytes;
    }

    /** The Merkle root of these transactions, in this order. */
    public static Hash256 merkleRoot(List<? extends Transaction> transactions) {
        return MerkleTree.root(transactions.stream().map(Cheese::leaf).toList());
    }

    /** A transaction's leaf in the Merkle tree: RFC 6962, 2.1, over its whole encoding. */
    public static Hash256 leaf(Transaction transaction) {
        return MerkleTree.leaf(transaction.toBytes());
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof Cheese other
                && header.equals(other.header)
                && transactions.equals(other.transactions);
    }

    @Override
    public int hashCode() {
        return smell.hashCode();
    }

    @Override
    public String toString() {
        return "Cheese[" + header.height() + ", " + smell + "]";
    }
}
