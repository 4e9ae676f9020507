package org.cheesecoin.chain.mining;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.OptionalLong;

import org.cheesecoin.chain.cheese.CheeseHeader;
import org.cheesecoin.chain.crypto.Hash256;

/**
 * Hashes one header with many nonces. A header is two SHA-256 blocks and the nonce stands in the second, so the first is
 * compressed once. The JDK's digest uses the processor's SHA instructions where it has them.
 */
final class HeaderHasher {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int BLOCK_BYTES = 64;
    private static final int TAIL_BYTES = CheeseHeader.BYTES - BLOCK_BYTES;
    private static final int NONCE_IN_TAIL = CheeseHeader.NONCE_OFFSET - BLOCK_BYTES;

    private final MessageDigest afterFirstBlock;
    private final byte[] tail = new byte[TAIL_BYTES];
    private final byte[] hash = new byte[Hash256.BYTES];

    HeaderHasher(byte[] header) {
        try {
            afterFirstBlock = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
        afterFirstBlock.update(header, 0, BLOCK_BYTES);
        System.arraycopy(header, BLOCK_BYTES, tail, 0, TAIL_BYTES);
    }

    OptionalLong firstAtMost(Hash256 bound, long firstNonce, long count) {
        // Almost every hash is refused by its first eight bytes.
        long boundStart = (long) LONGS.get(bound.toBytes(), 0);
        for (long tried = 0; tried < count; tried++) {
            long nonce = firstNonce + tried;
            hash(nonce);
            if (Long.compareUnsigned((long) LONGS.get(hash, 0), boundStart) <= 0
                    && Hash256.of(hash).compareTo(bound) <= 0) {
                return OptionalLong.of(nonce);
            }
        }
        return OptionalLong.empty();
    }

    private void hash(long nonce) {
        LONGS.set(tail, NONCE_IN_TAIL, nonce);
        try {
            MessageDigest digest = (MessageDigest) afterFirstBlock.clone();
            digest.update(tail, 0, TAIL_BYTES);
            digest.digest(hash, 0, Hash256.BYTES);
        } catch (CloneNotSupportedException | DigestException e) {
            throw new IllegalStateException("this JDK's SHA-256 cannot be cloned", e);
        }
    }
}
