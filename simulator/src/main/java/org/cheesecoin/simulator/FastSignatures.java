package org.cheesecoin.simulator;

import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.crypto.PrivateKey;
import org.cheesecoin.chain.crypto.PublicKey;
import org.cheesecoin.chain.crypto.Sha256;
import org.cheesecoin.chain.crypto.Signature;
import org.cheesecoin.chain.crypto.SignatureScheme;

/**
 * Hashes in place of signatures, since thousands of simulated days would else be spent on curves. A signature is a hash
 * of the public key and the digest: anybody could forge one, but a flipped bit is found.
 */
public final class FastSignatures implements SignatureScheme {

    private static final Sha256 PUBLIC = Sha256.tagged("CheeseCoin/simulator/public");
    private static final Sha256 SIGNATURE = Sha256.tagged("CheeseCoin/simulator/signature");
    private static final int LOW = 0x3f;

    @Override
    public String name() {
        return "hashes, for the simulator only";
    }

    @Override
    public PublicKey publicKey(PrivateKey key) {
        byte[] encoded = new byte[PublicKey.BYTES];
        encoded[0] = 2;
        PUBLIC.of(key.toBytes()).copyTo(encoded, 1);
        return PublicKey.of(encoded);
    }

    @Override
    public Signature sign(PrivateKey key, Hash256 digest) {
        return signature(publicKey(key), digest);
    }

    @Override
    public boolean verify(PublicKey key, Hash256 digest, Signature signature) {
        return signature.equals(signature(key, digest));
    }

    private static Signature signature(PublicKey key, Hash256 digest) {
        byte[] encoded = new byte[Signature.BYTES];
        Hash256 hash = SIGNATURE.of(key.toBytes(), digest.toBytes());
        hash.copyTo(encoded, 0);
        hash.copyTo(encoded, Hash256.BYTES);
        encoded[Hash256.BYTES] &= LOW;
        return Signature.of(encoded);
    }
}
