package org.cheesecoin.chain.crypto;

import fr.acinq.secp256k1.Secp256k1;
import fr.acinq.secp256k1.Secp256k1Exception;

/** The scheme in libsecp256k1, Bitcoin Core's library, through JNI. Its constructor fails where that does not load. */
final class LibSecp256k1Scheme implements SignatureScheme {

    private final Secp256k1 library = Secp256k1.get();

    @Override
    public String name() {
        return "libsecp256k1";
    }

    @Override
    public PublicKey publicKey(PrivateKey key) {
        return PublicKey.of(library.pubKeyCompress(library.pubkeyCreate(key.sharedBytes())));
    }

    @Override
    public Signature sign(PrivateKey key, Hash256 digest) {
        return Signature.of(library.sign(digest.toBytes(), key.sharedBytes(), null));
    }

    @Override
    public boolean verify(PublicKey key, Hash256 digest, Signature signature) {
        try {
            // The library takes the 64 bytes as they are, only reads the arrays, and refuses a high s itself.
            return library.verify(signature.sharedBytes(), digest.toBytes(), key.sharedBytes());
        } catch (Secp256k1Exception e) {
            // An r or s beyond the group order, or a key that is no point of the curve.
            return false;
        }
    }
}
