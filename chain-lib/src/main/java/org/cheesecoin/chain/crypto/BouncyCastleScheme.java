package org.cheesecoin.chain.crypto;

import java.math.BigInteger;

import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;

/** The scheme in plain Java, which is there on every machine. */
final class BouncyCastleScheme implements SignatureScheme {

    private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256k1");
    private static final ECDomainParameters DOMAIN = new ECDomainParameters(CURVE);
    private static final int NUMBER_BYTES = 32;

    @Override
    public String name() {
        return "Bouncy Castle";
    }

    @Override
    public PublicKey publicKey(PrivateKey key) {
        ECPoint point = new FixedPointCombMultiplier().multiply(DOMAIN.getG(), number(key));
        return PublicKey.of(point.getEncoded(true));
    }

    @Override
    public Signature sign(PrivateKey key, Hash256 digest) {
        ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
        signer.init(true, new ECPrivateKeyParameters(number(key), DOMAIN));
        BigInteger[] numbers = signer.generateSignature(digest.toBytes());
        BigInteger s = numbers[1].min(PrivateKey.GROUP_ORDER.subtract(numbers[1]));
        byte[] encoded = new byte[Signature.BYTES];
        BigIntegers.asUnsignedByteArray(numbers[0], encoded, 0, NUMBER_BYTES);
        BigIntegers.asUnsignedByteArray(s, encoded, NUMBER_BYTES, NUMBER_BYTES);
        return Signature.of(encoded);
    }

    @Override
    public boolean verify(PublicKey key, Hash256 digest, Signature signature) {
        if (!signature.hasLowS()) {
            return false;
        }
        try {
            ECPoint point = DOMAIN.getCurve().decodePoint(key.sharedBytes());
            ECDSASigner signer = new ECDSASigner();
            signer.init(false, new ECPublicKeyParameters(point, DOMAIN));
            return signer.verifySignature(digest.toBytes(), signature.r(), signature.s());
        } catch (IllegalArgumentException e) {
            // No point of the curve has this x: only found by looking for its y.
            return false;
        }
    }

    private static BigInteger number(PrivateKey key) {
        return new BigInteger(1, key.sharedBytes());
    }
}
