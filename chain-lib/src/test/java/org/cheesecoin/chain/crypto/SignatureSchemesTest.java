package org.cheesecoin.chain.crypto;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class SignatureSchemesTest {

    private static final SignatureScheme PLAIN = SignatureSchemes.bouncyCastle();
    private static final SignatureScheme NATIVE = SignatureSchemes.fastest().scheme();

    static List<SignatureScheme> schemes() {
        return List.of(PLAIN, NATIVE);
    }

    @Test
    void takesTheNativeLibraryWhereItLoads() {
        assertThat(SignatureSchemes.fastest().scheme().name()).isEqualTo("libsecp256k1");
        assertThat(SignatureSchemes.fastest().reason()).contains("libsecp256k1");
    }

    @ParameterizedTest
    @MethodSource("schemes")
    void signsWithTheNonceOfRfc6979(SignatureScheme scheme) {
        // The RFC has no example on secp256k1; this one is shared by the libraries of Bitcoin.
        Signature signature = scheme.sign(
                PrivateKey.of(number("01")), Sha256.hash("Satoshi Nakamoto".getBytes(StandardCharsets.US_ASCII)));
        assertThat(signature.toHex())
                .isEqualTo("934b1ea10a4b3c1757e2b0c017d0b6143ce3c9a7e6a4a49860d7a6ab210ee3d8"
                        + "2442ce9d2b916064108014783e923ec36b49743e2ffa1c4496f01a512aafd9e5");
    }

    @Test
    void bothSignBitForBitTheSameAndAcceptEachOther() {
        Random random = new Random(256);
        for (int i = 0; i < 300; i++) {
            PrivateKey key = randomKey(random);
            Hash256 digest = randomHash(random);
            PublicKey publicKey = PLAIN.publicKey(key);
            Signature signature = PLAIN.sign(key, digest);
            assertThat(NATIVE.publicKey(key)).isEqualTo(publicKey);
            assertThat(NATIVE.sign(key, digest)).isEqualTo(signature);
            assertThat(signature.hasLowS()).isTrue();
            assertThat(PLAIN.verify(publicKey, digest, signature)).isTrue();
            assertThat(NATIVE.verify(publicKey, digest, signature)).isTrue();
        }
    }

    @Test
    void bothAgreeAtTheEdgesOfTheGroup() {
        PrivateKey one = PrivateKey.of(number("01"));
        PrivateKey last = PrivateKey.of(number("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364140"));
        List<Hash256> digests = List.of(
                Hash256.ZERO,
                Hash256.of(number("01")),
                Hash256.of(number("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364140")),
                Hash256.of(number("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141")),
                Hash256.of(number("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364142")),
                Hash256.of(number("ff".repeat(32))));
        for (PrivateKey key : List.of(one, last)) {
            for (Hash256 digest : digests) {
                Signature signature = PLAIN.sign(key, digest);
                assertThat(NATIVE.sign(key, digest)).as("digest %s", digest).isEqualTo(signature);
                assertThat(PLAIN.verify(PLAIN.publicKey(key), digest, signature)).isTrue();
                assertThat(NATIVE.verify(PLAIN.publicKey(key), digest, signature)).isTrue();
            }
        }
    }

    @Test
    void bothRefuseEveryChangedBit() {
        Random random = new Random(6979);
        for (int i = 0; i < 300; i++) {
            PrivateKey key = randomKey(random);
            Hash256 digest = randomHash(random);
            PublicKey publicKey = PLAIN.publicKey(key);
            byte[] signature = flip(PLAIN.sign(key, digest).toBytes(), random);
            byte[] otherDigest = flip(digest.toBytes(), random);
            for (SignatureScheme scheme : schemes()) {
                assertThat(scheme.verify(publicKey, digest, Signature.of(signature))).isFalse();
                assertThat(scheme.verify(publicKey, Hash256.of(otherDigest), PLAIN.sign(key, digest)))
                        .isFalse();
                assertThat(scheme.verify(PLAIN.publicKey(randomKey(random)), digest, PLAIN.sign(key, digest)))
                        .isFalse();
            }
        }
    }

    @Test
    void bothSayTheSameOfAnyBytes() {
        Random random = new Random(7);
        for (int i = 0; i < 500; i++) {
            byte[] key = new byte[PublicKey.BYTES];
            random.nextBytes(key);
            key[0] = (byte) (2 + random.nextInt(2));
            byte[] signature = new byte[Signature.BYTES];
            random.nextBytes(signature);
            Hash256 digest = randomHash(random);
            assertThat(NATIVE.verify(PublicKey.of(key), digest, Signature.of(signature)))
                    .isEqualTo(PLAIN.verify(PublicKey.of(key), digest, Signature.of(signature)))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("schemes")
    void refusesTheHighTwinOfAValidSignature(SignatureScheme scheme) {
        PrivateKey key = PrivateKey.of(number("2a"));
        Hash256 digest = Sha256.hash(new byte[]{1});
        Signature signature = scheme.sign(key, digest);
        byte[] highS = PrivateKey.GROUP_ORDER.subtract(signature.s()).toByteArray();
        byte[] twin = signature.toBytes();
        System.arraycopy(highS, highS.length - 32, twin, 32, 32);
        assertThat(Signature.of(twin).hasLowS()).isFalse();
        assertThat(scheme.verify(scheme.publicKey(key), digest, Signature.of(twin))).isFalse();
    }

    @ParameterizedTest
    @MethodSource("schemes")
    void refusesNumbersOutsideTheGroupWithoutThrowing(SignatureScheme scheme) {
        PrivateKey key = PrivateKey.of(number("2a"));
        Hash256 digest = Sha256.hash(new byte[]{1});
        byte[] valid = scheme.sign(key, digest).toBytes();
        List<byte[]> outside = List.of(
                new byte[32],
                number("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141"),
                number("ff".repeat(32)));
        for (byte[] number : outside) {
            for (int offset : new int[]{0, 32}) {
                byte[] changed = valid.clone();
                System.arraycopy(number, 0, changed, offset, 32);
                assertThat(scheme.verify(scheme.publicKey(key), digest, Signature.of(changed))).isFalse();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("schemes")
    void refusesAKeyThatIsNoPointWithoutThrowing(SignatureScheme scheme) {
        Hash256 digest = Sha256.hash(new byte[]{1});
        Signature signature = scheme.sign(PrivateKey.of(number("2a")), digest);
        // No point has x = 5 or x = 0, and the field has no number of 32 bytes ff.
        for (String x : List.of("05", "00", "ff".repeat(32))) {
            byte[] key = new byte[PublicKey.BYTES];
            key[0] = 2;
            System.arraycopy(number(x), 0, key, 1, 32);
            assertThat(scheme.verify(PublicKey.of(key), digest, signature)).as("x = %s", x).isFalse();
        }
    }

    @Test
    void lowSEndsAtHalfTheGroupOrder() {
        byte[] half = number("7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0");
        byte[] signature = new byte[64];
        System.arraycopy(half, 0, signature, 32, 32);
        assertThat(Signature.of(signature).s()).isEqualTo(PrivateKey.GROUP_ORDER.shiftRight(1));
        assertThat(Signature.of(signature).hasLowS()).isTrue();
        signature[63]++;
        assertThat(Signature.of(signature).hasLowS()).isFalse();
    }

    private static byte[] flip(byte[] bytes, Random random) {
        byte[] changed = bytes.clone();
        changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
        return changed;
    }

    private static PrivateKey randomKey(Random random) {
        return PrivateKey.of(randomHash(random).toBytes());
    }

    private static Hash256 randomHash(Random random) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return Hash256.of(bytes);
    }

    private static byte[] number(String hex) {
        return HexFormat.of().parseHex("0".repeat(64 - hex.length()) + hex);
    }
}
