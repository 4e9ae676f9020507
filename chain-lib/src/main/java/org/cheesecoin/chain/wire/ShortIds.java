package org.cheesecoin.chain.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import org.cheesecoin.chain.cheese.ByteWriter;
import org.cheesecoin.chain.cheese.CheeseHeader;
import org.cheesecoin.chain.cheese.FullId;
import org.cheesecoin.chain.crypto.Sha256;
import org.cheesecoin.chain.crypto.SipHash24;

/**
 * The short ids of one compact cheese (after BIP-152): the first six bytes of SipHash-2-4 of the full id, under a key
 * that nobody knows before the cheese is mined and that is another one for each sender.
 */
public final class ShortIds {

    private static final int DROPPED_BITS = 8 * (Long.BYTES - WireLimits.SHORT_ID_BYTES);

    private final long k0;
    private final long k1;

    private ShortIds(long k0, long k1) {
        this.k0 = k0;
        this.k1 = k1;
    }

    /**
     * Those of this cheese under this salt. The key is the first sixteen bytes of SHA-256(header ‖ salt, big-endian):
     * eight of k0, then eight of k1, each read little-endian, as the paper and BIP-152 do.
     */
    public static ShortIds of(CheeseHeader header, long salt) {
        ByteWriter writer = new ByteWriter(CheeseHeader.BYTES + Long.BYTES);
        header.write(writer);
        writer.u64(salt);
        ByteBuffer key = ByteBuffer.wrap(Sha256.hash(writer.toBytes()).toBytes()).order(ByteOrder.LITTLE_ENDIAN);
        return new ShortIds(key.getLong(), key.getLong());
    }

    /**
     * The first six of the eight bytes of SipHash-2-4 of the 32 bytes, the hash written little-endian (as the paper
     * prints it), as a number from 0 to 2^48 - 1 that reads those six bytes big-endian (as the wire carries them).
     */
    public long shortId(FullId fullId) {
        return Long.reverseBytes(SipHash24.hash(k0, k1, fullId.hash().toBytes())) >>> DROPPED_BITS;
    }
}
