package org.cheesecoin.chain.crypto;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HashesTest {

    @Test
    void plainSha256GivesTheAnswersOfTheStandard() {
        assertThat(Sha256.hash(ascii("abc")).toHex())
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(Sha256.hash().toHex())
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void partsAreHashedAsOneText() {
        assertThat(Sha256.hash(ascii("a"), ascii(""), ascii("bc"))).isEqualTo(Sha256.hash(ascii("abc")));
        assertThat(Sha256.hash(ascii("-abc-"), 1, 3)).isEqualTo(Sha256.hash(ascii("abc")));
        assertThat(Sha256.startingWith(ascii("ab")).of(ascii("c"))).isEqualTo(Sha256.hash(ascii("abc")));
    }

    @Test
    void aTaggedHashIsTheOneOfBip340() {
        // The midstate of the tag is given by BIP-340's test vectors only through whole signatures, so this follows
        // its text: SHA-256(SHA-256(tag) ‖ SHA-256(tag) ‖ data).
        byte[] tagHash = HexFormat.of().parseHex("7bb52d7a9fef58323eb1bf7a407db382d2f3f2d81bb1224f49fe518f6d48d37c");
        assertThat(Sha256.hash(ascii("BIP0340/challenge")).toBytes()).isEqualTo(tagHash);
        assertThat(Sha256.tagged("BIP0340/challenge").of(ascii("data")))
                .isEqualTo(Sha256.hash(tagHash, tagHash, ascii("data")));
    }

    @Test
    void twoTagsNeverShareAHash() {
        assertThat(Sha256.tagged("a").of(ascii("data")))
                .isNotEqualTo(Sha256.tagged("b").of(ascii("data")))
                .isNotEqualTo(Sha256.hash(ascii("data")));
    }

    @Test
    void aHashIsComparedAndShownAsABigEndianNumber() {
        Random random = new Random(1);
        for (int i = 0; i < 1_000; i++) {
            Hash256 one = random(random, i % 32);
            Hash256 other = random(random, i % 32);
            assertThat(Integer.signum(one.compareTo(other)))
                    .isEqualTo(one.toNumber().compareTo(other.toNumber()));
            assertThat(one.toNumber()).isEqualTo(new BigInteger(one.toHex(), 16));
            assertThat(Hash256.fromHex(one.toHex())).isEqualTo(one).hasSameHashCodeAs(one);
            assertThat(Hash256.of(one.toBytes())).isEqualByComparingTo(one);
        }
    }

    @Test
    void refusesWhatIsNoHash() {
        assertThatThrownBy(() -> Hash256.of(new byte[31])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Hash256.fromHex("0".repeat(63))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Hash256.fromHex("g".repeat(64))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPrivateKeyIsANumberOfTheGroupAndStaysHidden() {
        byte[] order = HexFormat.of().parseHex("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141");
        assertThat(PrivateKey.isValid(order)).isFalse();
        assertThat(PrivateKey.isValid(new byte[32])).isFalse();
        assertThat(PrivateKey.isValid(new byte[33])).isFalse();
        order[31]--;
        assertThat(PrivateKey.isValid(order)).isTrue();
        assertThat(PrivateKey.of(order).toString()).doesNotContainIgnoringCase("d0364140");
    }

    /** Two of these often share their first bytes, so that the later ones decide. */
    private static Hash256 random(Random random, int equalBytes) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        Arrays.fill(bytes, 0, equalBytes, (byte) 0x80);
        return Hash256.of(bytes);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
