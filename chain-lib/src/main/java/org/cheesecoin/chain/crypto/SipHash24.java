package org.cheesecoin.chain.crypto;

import org.bouncycastle.crypto.macs.SipHash;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.util.Pack;

/** SipHash-2-4 (Aumasson and Bernstein, 2012): short, fast, and without the key nobody finds two inputs of one hash. */
public final class SipHash24 {

    private SipHash24() {}

    /**
     * The 64-bit hash of the data.
     *
     * @param k0 first half of the key; its bytes count from the lowest, as in the paper
     * @param k1 second half
     */
    public static long hash(long k0, long k1, byte[] data) {
        byte[] key = new byte[16];
        Pack.longToLittleEndian(k0, key, 0);
        Pack.longToLittleEndian(k1, key, 8);
        SipHash mac = new SipHash();
        mac.init(new KeyParameter(key));
        mac.update(data, 0, data.length);
        return mac.doFinal();
    }
}
