package org.cheesecoin.chain.crypto;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;

/** An ECDSA signature as 64 bytes, r ‖ s, each a big-endian number of 32 bytes. */
public final class Signature {

    /** Length of the encoded form, in bytes. */
    public static final int BYTES = 64;

    private static final int NUMBER_BYTES = BYTES / 2;
    private static final byte[] HALF_ORDER = HexFormat.of()
            .parseHex("7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0");

    private final byte[] encoded;

    private Signature(byte[] encoded) {
        this.encoded = encoded;
    }

    /**
     * Takes a copy of 64 bytes.
     *
     * @throws IllegalArgumentException if the length is another
     */
    public static Signature of(byte[] encoded) {
        if (encoded.length != BYTES) {
            throw new IllegalArgumentException("a signature has 64 bytes, not " + encoded.length);
        }
        return new Signature(encoded.clone());
    }

    /** The 64 bytes, in a new array. */
    public byte[] toBytes() {
        return encoded.clone();
    }

    /** The bytes themselves, not a copy: nobody outside this room may see an array that could be changed. */
    byte[] sharedBytes() {
        return encoded;
    }

    /** The number r. */
    public BigInteger r() {
        return new BigInteger(1, encoded, 0, NUMBER_BYTES);
    }

    /** The number s. */
    public BigInteger s() {
        return new BigInteger(1, encoded, NUMBER_BYTES, NUMBER_BYTES);
    }

    /**
     * Whether s is at most half the group order (BIP-62, rule 5). Of the two signatures that anyone can make from one,
     * only this one is valid here, so that nobody can give a transaction a second full id.
     */
    public boolean hasLowS() {
        return Arrays.compareUnsigned(encoded, NUMBER_BYTES, BYTES, HALF_ORDER, 0, NUMBER_BYTES) <= 0;
    }

    /** The 128 lower-case hex digits. */
    public String toHex() {
        return HexFormat.of().formatHex(encoded);
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof Signature other && Arrays.equals(encoded, other.encoded);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encoded);
    }

    @Override
    public String toString() {
        return toHex();
    }
}
