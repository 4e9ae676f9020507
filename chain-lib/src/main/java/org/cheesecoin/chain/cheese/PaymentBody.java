package org.cheesecoin.chain.cheese;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.crypto.Sha256;

/**
 * What a payment says, before anybody has signed it: it has a name and a digest to sign, and no witnesses.
 *
 * @param inputs what it spends, each once
 * @param outputs what it makes
 */
public record PaymentBody(List<OutPoint> inputs, List<TransactionOutput> outputs) {

    /** Most inputs of one payment. */
    public static final int MAX_INPUTS = 65_535;

    private static final Sha256 TXID = Sha256.tagged("CheeseCoin/txid");
    private static final Sha256 SIGN = Sha256.tagged("CheeseCoin/sign");

    /**
     * Checks TRX-INPUTS-EMPTY, TRX-OUTPUTS-EMPTY, TRX-INPUT-DUPLICATE, TRX-AMOUNT-SUM and the limits of the lists.
     *
     * @throws MalformedException with the rule that is broken
     */
    public PaymentBody {
        inputs = List.copyOf(inputs);
        outputs = Outputs.checked(outputs);
        if (inputs.isEmpty()) {
            throw new MalformedException(Violation.of(Rule.TRX_INPUTS_EMPTY));
        }
        if (outputs.isEmpty()) {
            throw new MalformedException(Violation.of(Rule.TRX_OUTPUTS_EMPTY));
        }
        if (inputs.size() > MAX_INPUTS) {
            throw new MalformedException(
                    Violation.of(Rule.ENC_LIMIT).with("list", "inputs").with("count", inputs.size()));
        }
        refuseDuplicates(inputs);
    }

    /** The name of the payment, whoever signs it. */
    public Txid txid() {
        byte[] bytes = toBytes();
        return txid(bytes, bytes.length);
    }

    /**
     * What every owner signs: tagged(network id ‖ txid). It needs no look-up, and is another one on every network.
     */
    public static Hash256 digest(Smell networkId, Txid txid) {
        return SIGN.of(networkId.hash().toBytes(), txid.hash().toBytes());
    }

    /** The encoding without witnesses, in a new array. */
    public byte[] toBytes() {
        ByteWriter writer = new ByteWriter(
                6 + inputs.size() * OutPoint.BYTES + outputs.size() * TransactionOutput.BYTES);
        write(writer);
        return writer.toBytes();
    }

    /** Decodes what {@link #toBytes} gives. */
    public static Outcome<PaymentBody> decode(byte[] bytes) {
        return ByteReader.decode(bytes, reader -> {
            int version = reader.u8();
            int kind = reader.u8();
            if (version != Transaction.VERSION || kind != Transaction.KIND_PAYMENT) {
                throw new MalformedException(
                        Violation.of(Rule.ENC_VERSION).with("version", version).with("kind", kind));
            }
            return read(reader);
        });
    }

    void write(ByteWriter writer) {
        writer.u8(Transaction.VERSION).u8(Transaction.KIND_PAYMENT).u16(inputs.size());
        inputs.forEach(input -> input.write(writer));
        Outputs.write(writer, outputs);
    }

    /** Reads what follows the version and the kind. */
    static PaymentBody read(ByteReader reader) {
        int inputCount = reader.count("inputs", reader.u16(), MAX_INPUTS, OutPoint.BYTES);
        List<OutPoint> inputs = reader.list(inputCount, OutPoint::read);
        return new PaymentBody(inputs, Outputs.read(reader));
    }

    static Txid txid(byte[] encoded, int bodyBytes) {
        return new Txid(TXID.of(encoded, 0, bodyBytes));
    }

    private static void refuseDuplicates(List<OutPoint> inputs) {
        if (inputs.size() == 1) {
            return;
        }
        Set<OutPoint> seen = HashSet.newHashSet(inputs.size());
        for (OutPoint input : inputs) {
            if (!seen.add(input)) {
                throw new MalformedException(Violation.of(Rule.TRX_INPUT_DUPLICATE).with("input", input));
            }
        }
    }
}
