package org.cheesecoin.chain.cheese;

import java.util.List;

/**
 * A payment or a coinbase. Both keep their encoding, which is unique for the value, so that nothing is encoded twice on
 * its way from a peer to the disk.
 */
public sealed interface Transaction permits Payment, Coinbase {

    /** The one version there is. */
    int VERSION = 1;

    /** Second byte of the encoding of a payment. */
    int KIND_PAYMENT = 0;

    /** Second byte of the encoding of a coinbase. */
    int KIND_COINBASE = 1;

    /** Most outputs of one transaction. */
    int MAX_OUTPUTS = 65_535;

    /** The name, which no signature changes. */
    Txid txid();

    /** The hash of the whole encoding. */
    FullId fullId();

    /** What it makes. */
    List<TransactionOutput> outputs();

    /** Length of the encoding, in bytes. */
    int sizeBytes();

    /** The encoding, in a new array. */
    byte[] toBytes();

    /** Writes the encoding. */
    void write(ByteWriter writer);

    /** The out-point of one of its outputs. */
    default OutPoint outPoint(int index) {
        return new OutPoint(txid(), index);
    }

    /** The sum of the outputs. */
    default Amount outputSum() {
        Amount sum = Amount.ZERO;
        for (TransactionOutput output : outputs()) {
            sum = sum.plus(output.amount());
        }
        return sum;
    }

    /** Decodes one whole transaction. */
    static Outcome<Transaction> decode(byte[] bytes) {
        return ByteReader.decode(bytes, Transaction::read);
    }

    /**
     * Reads the next transaction.
     *
     * @throws MalformedException with the rule that the bytes break
     */
    static Transaction read(ByteReader reader) {
        int start = reader.position();
        int version = reader.u8();
        if (version != VERSION) {
            throw new MalformedException(Violation.of(Rule.ENC_VERSION).with("transactionVersion", version));
        }
        int kind = reader.u8();
        return switch (kind) {
            case KIND_PAYMENT -> Payment.readBody(reader, start);
            case KIND_COINBASE -> Coinbase.readBody(reader);
            default -> throw new MalformedException(Violation.of(Rule.ENC_VERSION).with("transactionKind", kind));
        };
    }
}
