package org.cheesecoin.chain.crypto;

/**
 * ECDSA over secp256k1 on a 32-byte digest. Two implementations agree bit for bit: Bouncy Castle, which is always
 * there, and libsecp256k1, which is four times as fast where its native library loads. Both are safe to share between
 * threads.
 */
public interface SignatureScheme {

    /** Name for the start log and the benchmarks. */
    String name();

    /** The public key that belongs to a private one. */
    PublicKey publicKey(PrivateKey key);

    /** Signs with the nonce of RFC 6979, so that one key and digest give one signature, and with a low s. */
    Signature sign(PrivateKey key, Hash256 digest);

    /**
     * Whether the signature is the key's for this digest. A high s, an r or s outside 1 to the group order minus 1, and
     * a key that is no point of the curve are all answered with {@code false}.
     */
    boolean verify(PublicKey key, Hash256 digest, Signature signature);
}
