package org.cheesecoin.chain.crypto;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * A compressed public key of secp256k1 (SEC 1, 2.3.3): 33 bytes, the first 2 or 3. Ordered by its bytes, unsigned.
 * Whether the bytes are a point of the curve is found when a signature is checked, where it costs nothing extra.
 */
public final class PublicKey implements Comparable<PublicKey> {

    /** Length of the encoded form, in bytes. */
    public static final int BYTES = 33;

    private final byte[] encoded;

    private PublicKey(byte[] encoded) {
        this.encoded = encoded;
    }

    /**
     * Takes a copy of 33 bytes.
     *
     * @throws IllegalArgumentException if the length or the first byte is another
     */
    public static PublicKey of(byte[] encoded) {
        if (encoded.length != BYTES || (encoded[0] != 2 && encoded[0] != 3)) {
            throw new IllegalArgumentException("a compressed public key has 33 bytes and begins with 2 or 3");
        }
        return new PublicKey(encoded.clone());
    }

    /**
     * Reads 66 hex digits.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static PublicKey fromHex(String hex) {
        return of(HexFormat.of().parseHex(hex));
    }

    /** The 33 bytes, in a new array. */
    public byte[] toBytes() {
        return encoded.clone();
    }

    /** The bytes themselves, not a copy: nobody outside this room may see an array that could be changed. */
    byte[] sharedBytes() {
        return encoded;
    }

    /** The 66 lower-case hex digits. */
    public String toHex() {
        return HexFormat.of().formatHex(encoded);
    }

    @Override
    public int compareTo(PublicKey other) {
        return Arrays.compareUnsigned(encoded, other.encoded);
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof PublicKey other && Arrays.equals(encoded, other.encoded);
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
