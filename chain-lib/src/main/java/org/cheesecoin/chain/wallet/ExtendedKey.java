package org.cheesecoin.chain.wallet;

import java.math.BigInteger;
import java.util.Arrays;

import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;
import org.cheesecoin.chain.cheese.ByteWriter;
import org.cheesecoin.chain.crypto.PrivateKey;
import org.cheesecoin.chain.crypto.SignatureScheme;

/**
 * A private key with its chain code (BIP-32). The step to a child is done here and not by bitcoin-kmp, because that one
 * has no keys where libsecp256k1 does not load, and a wallet must open there too; the BIP's vectors hold them together.
 */
final class ExtendedKey {

    /** Added to an index whose key does not follow from the public key above it. */
    static final int HARDENED = 0x8000_0000;

    private static final byte[] MASTER = {'B', 'i', 't', 'c', 'o', 'i', 'n', ' ', 's', 'e', 'e', 'd'};

    private final PrivateKey key;
    private final byte[] chainCode;

    private ExtendedKey(PrivateKey key, byte[] chainCode) {
        this.key = key;
        this.chainCode = chainCode;
    }

    /** The master key of a seed. */
    static ExtendedKey master(byte[] seed) {
        byte[] mac = hmacSha512(MASTER, seed);
        return new ExtendedKey(PrivateKey.of(Arrays.copyOf(mac, 32)), Arrays.copyOfRange(mac, 32, 64));
    }

    /**
     * The child with this index (CKDpriv). One in 2^127 has none, which ends in an {@link IllegalArgumentException}.
     *
     * @param index from 0, plus {@link #HARDENED} for a hardened one
     */
    ExtendedKey child(int index, SignatureScheme signatures) {
        ByteWriter data = new ByteWriter(37);
        if ((index & HARDENED) == 0) {
            data.raw(signatures.publicKey(key).toBytes());
        } else {
            data.u8(0).raw(key.toBytes());
        }
        byte[] mac = hmacSha512(chainCode, data.u32(index).toBytes());
        BigInteger step = new BigInteger(1, mac, 0, 32);
        if (step.compareTo(PrivateKey.GROUP_ORDER) >= 0) {
            throw new IllegalArgumentException("there is no key with the index " + Integer.toUnsignedString(index));
        }
        BigInteger child = step.add(new BigInteger(1, key.toBytes())).mod(PrivateKey.GROUP_ORDER);
        return new ExtendedKey(PrivateKey.of(inBytes(child)), Arrays.copyOfRange(mac, 32, 64));
    }

    PrivateKey key() {
        return key;
    }

    /** The 32 bytes that make children, in a new array; as secret as the key. */
    byte[] chainCode() {
        return chainCode.clone();
    }

    private static byte[] inBytes(BigInteger number) {
        byte[] signed = number.toByteArray();
        byte[] bytes = new byte[PrivateKey.BYTES];
        int length = Math.min(signed.length, bytes.length);
        System.arraycopy(signed, signed.length - length, bytes, bytes.length - length, length);
        return bytes;
    }

    private static byte[] hmacSha512(byte[] macKey, byte[] data) {
        HMac mac = new HMac(new SHA512Digest());
        mac.init(new KeyParameter(macKey));
        mac.update(data, 0, data.length);
        byte[] result = new byte[mac.getMacSize()];
        mac.doFinal(result, 0);
        return result;
    }

    @Override
    public String toString() {
        return "ExtendedKey[hidden]";
    }
}
