package org.cheesecoin.chain.cheese;

import java.util.Arrays;

import org.bouncycastle.crypto.digests.RIPEMD160Digest;
import org.cheesecoin.chain.crypto.PublicKey;
import org.cheesecoin.chain.crypto.Sha256;

import fr.acinq.bitcoin.Bech32;
import kotlin.Triple;

/**
 * Who owns an output: RIPEMD160(SHA-256(public key)). People see it as bech32m (BIP-350) with the prefix {@code cheese}
 * and the version byte 0.
 */
public final class Address implements Comparable<Address> {

    /** Length of the key's hash, in bytes. */
    public static final int HASH_BYTES = 20;

    /** Length of the encoded form, in bytes: the version and the hash. */
    public static final int ENCODED_BYTES = 1 + HASH_BYTES;

    /** What the text form begins with. */
    public static final String PREFIX = "cheese";

    /** The one version there is. */
    public static final int VERSION = 0;

    /** The length of every address's text form, in characters. */
    public static final int TEXT_CHARS = 47;

    private final byte[] keyHash;

    private Address(byte[] keyHash) {
        this.keyHash = keyHash;
    }

    /** The address of a public key. */
    public static Address of(PublicKey key) {
        byte[] sha256 = Sha256.hash(key.toBytes()).toBytes();
        RIPEMD160Digest digest = new RIPEMD160Digest();
        digest.update(sha256, 0, sha256.length);
        byte[] keyHash = new byte[HASH_BYTES];
        digest.doFinal(keyHash, 0);
        return new Address(keyHash);
    }

    /**
     * The address with this key hash.
     *
     * @throws IllegalArgumentException if it has not 20 bytes
     */
    public static Address ofKeyHash(byte[] keyHash) {
        if (keyHash.length != HASH_BYTES) {
            throw new IllegalArgumentException("a key hash has 20 bytes, not " + keyHash.length);
        }
        return new Address(keyHash.clone());
    }

    /**
     * Reads the text form, of one case throughout; blanks around it do not count ({@link GivenText#strip}).
     *
     * @return the address, or ENC-VALUE with the reason
     */
    public static Outcome<Address> parse(String text) {
        try {
            Triple<String, byte[], Bech32.Encoding> decoded = Bech32.decodeBytes(GivenText.strip(text), false);
            byte[] data = decoded.getSecond();
            if (!decoded.getFirst().equals(PREFIX) || decoded.getThird() != Bech32.Encoding.Bech32m) {
                return refused(text, "it is not a bech32m text with the prefix " + PREFIX);
            }
            if (data.length != ENCODED_BYTES || data[0] != VERSION) {
                return refused(text, "only version 0 with 20 bytes is known");
            }
            return Outcome.passed(new Address(Arrays.copyOfRange(data, 1, ENCODED_BYTES)));
        } catch (IllegalArgumentException e) {
            return refused(text, "it is not bech32m: a character or the checksum is wrong");
        }
    }

    private static Outcome<Address> refused(String text, String reason) {
        return Outcome.refused(Violation.of(Rule.ENC_VALUE).with("address", text).with("reason", reason));
    }

    /**
     * Reads the next address.
     *
     * @throws MalformedException with the rule that the bytes break
     */
    public static Address read(ByteReader reader) {
        int version = reader.u8();
        if (version != VERSION) {
            throw new MalformedException(Violation.of(Rule.ENC_VERSION).with("addressVersion", version));
        }
        return new Address(reader.raw(HASH_BYTES));
    }

    /** Writes the encoding: the version and the hash. */
    public void write(ByteWriter writer) {
        writer.u8(VERSION).raw(keyHash);
    }

    /** The key's hash, in a new array. */
    public byte[] keyHash() {
        return keyHash.clone();
    }

    @Override
    public int compareTo(Address other) {
        return Arrays.compareUnsigned(keyHash, other.keyHash);
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof Address other && Arrays.equals(keyHash, other.keyHash);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(keyHash);
    }

    /** The text form. */
    @Override
    public String toString() {
        byte[] data = new byte[ENCODED_BYTES];
        System.arraycopy(keyHash, 0, data, 1, HASH_BYTES);
        return Bech32.encodeBytes(PREFIX, data, Bech32.Encoding.Bech32m);
    }
}
