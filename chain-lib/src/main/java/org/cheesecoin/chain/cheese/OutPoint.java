package org.cheesecoin.chain.cheese;

import org.cheesecoin.chain.crypto.Hash256;

/**
 * Names one output of a transaction. Ordered by transaction, then by index.
 *
 * @param txid the transaction
 * @param index which of its outputs, from 0
 */
public record OutPoint(Txid txid, int index) implements Comparable<OutPoint> {

    /** Length of the encoded form, in bytes. */
    public static final int BYTES = Hash256.BYTES + 4;

    /** Checks ENC-VALUE. */
    public OutPoint {
        if (index < 0) {
            throw new MalformedException(Violation.of(Rule.ENC_VALUE).with("index", Integer.toUnsignedString(index)));
        }
    }

    static OutPoint read(ByteReader reader) {
        return new OutPoint(new Txid(reader.hash()), reader.u31("index"));
    }

    void write(ByteWriter writer) {
        writer.hash(txid.hash()).u32(index);
    }

    @Override
    public int compareTo(OutPoint other) {
        int order = txid.compareTo(other.txid);
        return order == 0 ? Integer.compare(index, other.index) : order;
    }

    @Override
    public String toString() {
        return txid + ":" + index;
    }
}
