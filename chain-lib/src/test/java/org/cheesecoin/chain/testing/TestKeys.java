package org.cheesecoin.chain.testing;

import java.nio.ByteBuffer;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.crypto.PrivateKey;
import org.cheesecoin.chain.crypto.PublicKey;
import org.cheesecoin.chain.crypto.Sha256;
import org.cheesecoin.chain.crypto.SignatureScheme;
import org.cheesecoin.chain.crypto.SignatureSchemes;

/** Keys that are the same in every run. */
public final class TestKeys {

    /** What tests sign and check with, where they do not compare the two. */
    public static final SignatureScheme SCHEME = SignatureSchemes.fastest().scheme();

    private static final Sha256 TAG = Sha256.tagged("CheeseCoin/test-key");

    private TestKeys() {}

    /** A key with all that follows from it. */
    public record TestKey(PrivateKey privateKey, PublicKey publicKey, Address address) {}

    /** The key with this number. */
    public static TestKey key(int number) {
        return of(PrivateKey.of(
                TAG.of(ByteBuffer.allocate(4).putInt(number).array()).toBytes()));
    }

    /** This private key with all that follows from it. */
    public static TestKey of(PrivateKey privateKey) {
        PublicKey publicKey = SCHEME.publicKey(privateKey);
        return new TestKey(privateKey, publicKey, Address.of(publicKey));
    }
}
