package org.cheesecoin.chain.cheese;

import java.util.List;

import org.cheesecoin.chain.crypto.PublicKey;
import org.cheesecoin.chain.crypto.Sha256;

/**
 * A payment with the witnesses of its owners. Well-formed, which says nothing yet about its signatures or its coins.
 */
public final class Payment implements Transaction {

    /** Most witnesses of one payment. */
    public static final int MAX_WITNESSES = 65_535;

    private final PaymentBody body;
    private final List<Witness> witnesses;
    private final byte[] encoded;
    private final Txid txid;
    private final FullId fullId;

    /**
     * Checks TRX-WITNESS-EMPTY and TRX-WITNESS-ORDER.
     *
     * @throws MalformedException with the rule that is broken
     */
    public Payment(PaymentBody body, List<Witness> witnesses) {
        this(body, witnesses, encode(body, witnesses));
    }

    private Payment(PaymentBody body, List<Witness> witnesses, byte[] encoded) {
        refuseDisorder(witnesses);
        this.body = body;
        this.witnesses = List.copyOf(witnesses);
        this.encoded = encoded;
        this.txid = PaymentBody.txid(encoded, encoded.length - 2 - witnesses.size() * Witness.BYTES);
        this.fullId = new FullId(Sha256.hash(encoded));
    }

    static Payment readBody(ByteReader reader, int start) {
        PaymentBody body = PaymentBody.read(reader);
        int count = reader.count("witnesses", reader.u16(), MAX_WITNESSES, Witness.BYTES);
        List<Witness> witnesses = reader.list(count, Witness::read);
        return new Payment(body, witnesses, reader.since(start));
    }

    /** What the owners signed. */
    public PaymentBody body() {
        return body;
    }

    /** What it spends. */
    public List<OutPoint> inputs() {
        return body.inputs();
    }

    /** The owners' words, strictly ascending by public key. */
    public List<Witness> witnesses() {
        return witnesses;
    }

    @Override
    public List<TransactionOutput> outputs() {
        return body.outputs();
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

    /** Length of a payment's encoding with so many inputs, outputs and owners, in bytes; for estimating a fee. */
    public static int sizeBytes(int inputs, int outputs, int witnesses) {
        return 8 + inputs * OutPoint.BYTES + outputs * TransactionOutput.BYTES + witnesses * Witness.BYTES;
    }

    private static byte[] encode(PaymentBody body, List<Witness> witnesses) {
        ByteWriter writer = new ByteWriter(sizeBytes(body.inputs().size(), body.outputs().size(), witnesses.size()));
        body.write(writer);
        writer.u16(witnesses.size());
        witnesses.forEach(witness -> witness.write(writer));
        return writer.toBytes();
    }

    private static void refuseDisorder(List<Witness> witnesses) {
        if (witnesses.isEmpty()) {
            throw new MalformedException(Violation.of(Rule.TRX_WITNESS_EMPTY));
        }
        if (witnesses.size() > MAX_WITNESSES) {
            throw new MalformedException(
                    Violation.of(Rule.ENC_LIMIT).with("list", "witnesses").with("count", witnesses.size()));
        }
        PublicKey previous = witnesses.getFirst().publicKey();
        for (Witness witness : witnesses.subList(1, witnesses.size())) {
            if (previous.compareTo(witness.publicKey()) >= 0) {
                throw new MalformedException(
                        Violation.of(Rule.TRX_WITNESS_ORDER).with("publicKey", witness.publicKey()));
            }
            previous = witness.publicKey();
        }
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof Payment other && fullId.equals(other.fullId);
    }

    @Override
    public int hashCode() {
        return fullId.hashCode();
    }

    @Override
    public String toString() {
        return "Payment[" + txid + "]";
    }
}
