package org.cheesecoin.chain.crypto;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * A private key of secp256k1: a number from 1 to the group order minus 1, in 32 bytes. Its text form never shows the
 * number, so that a key cannot reach a log by accident.
 */
public final class PrivateKey {

    /** Length of the encoded form, in bytes. */
    public static final int BYTES = 32;

    /** The order of the group (SEC 2, 2.4.1). */
    public static final BigInteger GROUP_ORDER = new BigInteger(
            "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);

    private final byte[] encoded;

    private PrivateKey(byte[] encoded) {
        this.encoded = encoded;
    }

    /**
     * Takes a copy of 32 bytes.
     *
     * @throws IllegalArgumentException if the length is another or the number is not in the range
     */
    public static PrivateKey of(byte[] encoded) {
        if (!isValid(encoded)) {
            throw new IllegalArgumentException("a private key has 32 bytes and is from 1 to the group order minus 1");
        }
        return new PrivateKey(encoded.clone());
    }

    /** Whether these bytes are a private key; random bytes are, but for a chance of 2^-128. */
    public static boolean isValid(byte[] encoded) {
        BigInteger number = new BigInteger(1, encoded);
        return encoded.length == BYTES && number.signum() > 0 && number.compareTo(GROUP_ORDER) < 0;
    }

    /** The 32 bytes, in a new array. */
    public byte[] toBytes() {
        return encoded.clone();
    }

    /** The bytes themselves, not a copy: only for the schemes of this room. */
    byte[] sharedBytes() {
        return encoded;
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof PrivateKey other && Arrays.equals(encoded, other.encoded);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encoded);
    }

    @Override
    public String toString() {
        return "PrivateKey[hidden]";
    }
}
