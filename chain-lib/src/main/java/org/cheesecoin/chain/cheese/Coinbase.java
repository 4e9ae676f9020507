package org.cheesecoin.chain.cheese;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.cheesecoin.chain.crypto.Sha256;

/**
 * The first transaction of a cheese: makes new money and pays the fees out. In the Blue Cheese it makes the
 * allocations. It has no outputs when there is nothing to pay.
 */
public final class Coinbase implements Transaction {

    /** Longest miner's text, in bytes. */
    public static final int MAX_TEXT_BYTES = 64;

    private final int height;
    private final byte[] text;
    private final List<TransactionOutput> outputs;
    private final byte[] encoded;
    private final Txid txid;
    private final FullId fullId;

    /**
     * Checks TRX-TEXT-LENGTH, TRX-AMOUNT-SUM and the height's range.
     *
     * @param height the height of the cheese it stands in
     * @param text whatever the miner wants to say, at most 64 bytes
     * @param outputs whom it pays
     * @throws MalformedException with the rule that is broken
     */
    public Coinbase(int height, byte[] text, List<TransactionOutput> outputs) {
        if (height < 0) {
            throw new MalformedException(Violation.of(Rule.ENC_VALUE).with("height", Integer.toUnsignedString(height)));
        }
        if (text.length > MAX_TEXT_BYTES) {
            throw new MalformedException(Violation.of(Rule.TRX_TEXT_LENGTH).with("textBytes", text.length));
        }
        this.height = height;
        this.text = text.clone();
        this.outputs = Outputs.checked(outputs);
        this.encoded = encode();
        this.txid = PaymentBody.txid(encoded, encoded.length);
        this.fullId = new FullId(Sha256.hash(encoded));
    }

    static Coinbase readBody(ByteReader reader) {
        int height = reader.u31("height");
        byte[] text = reader.raw(reader.u8());
        return new Coinbase(height, text, Outputs.read(reader));
    }

    /** The height of the cheese it stands in. */
    public int height() {
        return height;
    }

    /** The miner's bytes, in a new array. */
    public byte[] text() {
        return text.clone();
    }

    /** The miner's bytes read as UTF-8, for people. */
    public String textForPeople() {
        return new String(text, StandardCharsets.UTF_8);
    }

    @Override
    public List<TransactionOutput> outputs() {
        return outputs;
    }

    @Override
    public Txid txid() {
        return txid;
    }

    @Override
    public FullId fullId() {
        return fullId;
    }

    @Override
    public int sizeBytes() {
        return encoded.length;
    }

    @Override
    public byte[] toBytes() {
        return encoded.clone();
    }

    @Override
    public void write(ByteWriter writer) {
        writer.raw(encoded);
    }

    private byte[] encode() {
        ByteWriter writer = new ByteWriter(9 + text.length + outputs.size() * TransactionOutput.BYTES);
        writer.u8(VERSION).u8(KIND_COINBASE).u32(height).u8(text.length).raw(text);
        Outputs.write(writer, outputs);
        return writer.toBytes();
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof Coinbase other && fullId.equals(other.fullId);
    }

    @Override
    public int hashCode() {
        return fullId.hashCode();
    }

    @Override
    public String toString() {
        return "Coinbase[" + height + ", " + txid + "]";
    }
}
