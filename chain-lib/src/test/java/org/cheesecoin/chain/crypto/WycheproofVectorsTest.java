package org.cheesecoin.chain.crypto;

import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

import org.cheesecoin.chain.testing.VectorsFolder;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** C2SP/wycheproof: signatures of 64 bytes r ‖ s over SHA-256 on secp256k1. */
class WycheproofVectorsTest {

    private static final HexFormat HEX = HexFormat.of();

    @Test
    void bothSchemesAcceptWhatIsValidAndLowAndNothingElse() {
        int accepted = 0;
        for (Path file : VectorsFolder.files("", "wycheproof_ecdsa_secp256k1_sha256_p1363*.json")) {
            for (JsonNode group : VectorsFolder.json(file).get("testGroups")) {
                PublicKey key = compressed(group.get("publicKey").get("uncompressed").stringValue());
                for (JsonNode test : group.get("tests")) {
                    // Wycheproof calls a high s valid; here BIP-62 refuses it.
                    boolean low = test.get("result").stringValue().equals("valid") && hasLowS(test);
                    String as = file.getFileName() + " " + test.get("tcId");
                    for (SignatureScheme scheme : schemes()) {
                        assertThat(accepts(scheme, key, test)).as(scheme.name() + ": " + as).isEqualTo(low);
                    }
                    accepted += low ? 1 : 0;
                }
            }
        }
        // A reader that finds no vectors in a file would show nothing.
        assertThat(accepted).isPositive();
    }

    private static boolean accepts(SignatureScheme scheme, PublicKey key, JsonNode test) {
        byte[] signature = HEX.parseHex(test.get("sig").stringValue());
        if (signature.length != Signature.BYTES) {
            return false;
        }
        Hash256 digest = Sha256.hash(HEX.parseHex(test.get("msg").stringValue()));
        return scheme.verify(key, digest, Signature.of(signature));
    }

    private static boolean hasLowS(JsonNode test) {
        return Signature.of(HEX.parseHex(test.get("sig").stringValue())).hasLowS();
    }

    private static PublicKey compressed(String uncompressed) {
        byte[] both = HEX.parseHex(uncompressed);
        byte[] key = new byte[PublicKey.BYTES];
        key[0] = (byte) (2 + (both[64] & 1));
        System.arraycopy(both, 1, key, 1, 32);
        return PublicKey.of(key);
    }

    private static List<SignatureScheme> schemes() {
        return List.of(
                SignatureSchemes.bouncyCastle(), SignatureSchemes.fastest().scheme());
    }
}
