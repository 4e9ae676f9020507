package org.cheesecoin.chain.cheese;

import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.crypto.Sha256;

/**
 * The 92 bytes that are mined. Their hash is the smell.
 *
 * @param version 1 (HDR-VERSION, checked stand-alone)
 * @param height how many cheeses lie below
 * @param parentSmell the cheese below; in the Blue Cheese the hash of the network's parameters
 * @param merkleRoot RFC 6962 root over the full encoded transactions
 * @param timeMillis milliseconds since 1970, as the miner says
 * @param compactTarget the target in Bitcoin's compact form (nBits)
 * @param nonce what was searched for
 */
public record CheeseHeader(
        int version,
        int height,
        Smell parentSmell,
        Hash256 merkleRoot,
        long timeMillis,
        int compactTarget,
        long nonce) {

    /** The one version there is. */
    public static final int VERSION = 1;

    /** Length of the encoded form, in bytes. */
    public static final int BYTES = 92;

    /** Where the nonce begins in the encoded form; it is the last field. */
    public static final int NONCE_OFFSET = BYTES - 8;

    /** Checks the height's range (ENC-VALUE). */
    public CheeseHeader {
        if (height < 0) {
            throw new MalformedException(Violation.of(Rule.ENC_VALUE).with("height", Integer.toUnsignedString(height)));
        }
    }

    /** Decodes exactly 92 bytes. */
    public static Outcome<CheeseHeader> decode(byte[] bytes) {
        return ByteReader.decode(bytes, CheeseHeader::read);
    }

    /**
     * Reads the next header.
     *
     * @throws MalformedException with the rule that the bytes break
     */
    public static CheeseHeader read(ByteReader reader) {
        return new CheeseHeader(
                reader.u32(),
                reader.u31("height"),
                new Smell(reader.hash()),
                reader.hash(),
                reader.u64(),
                reader.u32(),
                reader.u64());
    }

    /** Writes the encoding. */
    public void write(ByteWriter writer) {
        writer.u32(version).u32(height).hash(parentSmell.hash()).hash(merkleRoot);
        writer.u64(timeMillis).u32(compactTarget).u64(nonce);
    }

    /** The encoding, in a new array. */
    public byte[] toBytes() {
        ByteWriter writer = new ByteWriter(BYTES);
        write(writer);
        return writer.toBytes();
    }

    /** SHA-256 of the encoding. Computed anew at each call: whoever needs it often keeps it. */
    public Smell smell() {
        return new Smell(Sha256.hash(toBytes()));
    }

    /** The same header with another nonce. */
    public CheeseHeader withNonce(long newNonce) {
        return new CheeseHeader(version, height, parentSmell, merkleRoot, timeMillis, compactTarget, newNonce);
    }
}
