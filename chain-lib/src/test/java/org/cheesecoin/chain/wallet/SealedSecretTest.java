package org.cheesecoin.chain.wallet;

import java.util.Arrays;

import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Rule;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SealedSecretTest {

    private static final SealedSecret.Cost CHEAP = new SealedSecret.Cost(8, 1, 1);
    private static final byte[] SECRET = "twelve words".getBytes(UTF_8);
    private static final byte[] CONTEXT = "wallet".getBytes(UTF_8);
    private static final byte[] SALT = "sixteen bytes ok".getBytes(UTF_8);
    private static final byte[] NONCE = "twelve bytes".getBytes(UTF_8);

    private final byte[] stored = SealedSecret.seal(SECRET, "Käse", CONTEXT, SALT, NONCE, CHEAP).toBytes();

    @Test
    void opensWithItsPassphrase() {
        assertThat(open(stored, "Käse", CONTEXT).orElseThrow()).isEqualTo(SECRET);
        assertThat(open(stored, "Ka\u0308se", CONTEXT).orElseThrow())
                .as("the same letters, composed otherwise")
                .isEqualTo(SECRET);
    }

    @Test
    void opensAtTheCostThatMembersUse() {
        SealedSecret sealed = SealedSecret.seal(SECRET, "x", CONTEXT, SALT, NONCE, SealedSecret.Cost.DEFAULT);
        assertThat(open(sealed.toBytes(), "x", CONTEXT).orElseThrow()).isEqualTo(SECRET);
    }

    @Test
    void staysShutForAnotherPassphraseOrContext() {
        assertRefused(open(stored, "käse", CONTEXT), Rule.WLT_PASSPHRASE);
        assertRefused(open(stored, "", CONTEXT), Rule.WLT_PASSPHRASE);
        assertRefused(open(stored, "Käse", "purse".getBytes(UTF_8)), Rule.WLT_PASSPHRASE);
    }

    @Test
    void noticesEveryFlippedBit() {
        for (int bit = 0; bit < 8 * stored.length; bit++) {
            byte[] tampered = stored.clone();
            tampered[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(open(tampered, "Käse", CONTEXT)).as("bit %d", bit).isInstanceOf(Outcome.Refused.class);
        }
    }

    @Test
    void refusesBytesThatEndEarlyOrLate() {
        for (int length = 0; length < stored.length; length++) {
            assertRefused(SealedSecret.decode(Arrays.copyOf(stored, length)), Rule.ENC_TRUNCATED);
        }
        assertRefused(SealedSecret.decode(Arrays.copyOf(stored, stored.length + 1)), Rule.ENC_TRAILING);
    }

    @Test
    void refusesACostThatWouldTakeAllMemory() {
        byte[] dear = stored.clone();
        dear[1] = 0x7f;
        assertRefused(SealedSecret.decode(dear), Rule.ENC_VALUE);
        assertThatThrownBy(() -> new SealedSecret.Cost(65_537, 1, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void hidesTheSecret() {
        assertThat(new String(stored, UTF_8)).doesNotContain("twelve words");
        assertThat(SealedSecret.decode(stored).orElseThrow().toString()).doesNotContain("twelve");
    }

    private static Outcome<byte[]> open(byte[] bytes, String passphrase, byte[] context) {
        return SealedSecret.decode(bytes).then(sealed -> sealed.open(passphrase, context));
    }

    private static void assertRefused(Outcome<?> outcome, Rule rule) {
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Refused.class,
                refused -> assertThat(refused.violation().rule()).isEqualTo(rule));
    }
}
