package org.cheesecoin.chain.crypto;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * SHA-256 (FIPS 180-4), plain or under a tag. A tagged hash is SHA-256(SHA-256(tag) ‖ SHA-256(tag) ‖ data), as in
 * BIP-340: the same data under two tags never has the same hash. Instances are immutable and safe to share.
 */
public final class Sha256 {

    private static final Sha256 PLAIN = new Sha256(newDigest());

    private final MessageDigest start;

    private Sha256(MessageDigest start) {
        this.start = start;
    }

    /** The hash of the parts, one after the other. */
    public static Hash256 hash(byte[]... parts) {
        return PLAIN.of(parts);
    }

    /** The hash of {@code length} bytes from {@code offset} on. */
    public static Hash256 hash(byte[] bytes, int offset, int length) {
        return PLAIN.of(bytes, offset, length);
    }

    /** The hash function for this tag. */
    public static Sha256 tagged(String tag) {
        byte[] tagHash = hash(tag.getBytes(StandardCharsets.UTF_8)).toBytes();
        MessageDigest digest = newDigest();
        digest.update(tagHash);
        digest.update(tagHash);
        return new Sha256(digest);
    }

    /** The hash function whose input begins with these bytes, for prefixes that are hashed again and again. */
    public static Sha256 startingWith(byte... prefix) {
        MessageDigest digest = newDigest();
        digest.update(prefix);
        return new Sha256(digest);
    }

    /** This function's hash of the parts, one after the other. */
    public Hash256 of(byte[]... parts) {
        MessageDigest digest = copy();
        for (byte[] part : parts) {
            digest.update(part);
        }
        return Hash256.of(digest.digest());
    }

    /** This function's hash of {@code length} bytes from {@code offset} on. */
    public Hash256 of(byte[] bytes, int offset, int length) {
        MessageDigest digest = copy();
        digest.update(bytes, offset, length);
        return Hash256.of(digest.digest());
    }

    private MessageDigest copy() {
        try {
            return (MessageDigest) start.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("this JDK's SHA-256 cannot be cloned", e);
        }
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
