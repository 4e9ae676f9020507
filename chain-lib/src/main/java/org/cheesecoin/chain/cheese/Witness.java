package org.cheesecoin.chain.cheese;

import org.cheesecoin.chain.crypto.PublicKey;
import org.cheesecoin.chain.crypto.Signature;

/**
 * An owner's word for a payment.
 *
 * @param publicKey whose
 * @param signature over the payment's digest on this network
 */
public record Witness(PublicKey publicKey, Signature signature) {

    /** Length of the encoded form, in bytes. */
    public static final int BYTES = PublicKey.BYTES + Signature.BYTES;

    static Witness read(ByteReader reader) {
        byte[] key = reader.raw(PublicKey.BYTES);
        if (key[0] != 2 && key[0] != 3) {
            throw new MalformedException(Violation.of(Rule.TRX_PUBLIC_KEY).with("firstByte", key[0]));
        }
        return new Witness(PublicKey.of(key), Signature.of(reader.raw(Signature.BYTES)));
    }

    void write(ByteWriter writer) {
        writer.raw(publicKey.toBytes()).raw(signature.toBytes());
    }
}
