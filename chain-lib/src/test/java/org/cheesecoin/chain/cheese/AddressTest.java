package org.cheesecoin.chain.cheese;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

import org.cheesecoin.chain.crypto.PublicKey;
import org.cheesecoin.chain.testing.TestKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import fr.acinq.bitcoin.Bech32;

import static org.assertj.core.api.Assertions.assertThat;

class AddressTest {

    private static final Address ADDRESS = TestKeys.key(1).address();

    @Test
    void isTheHashThatBitcoinTakesOfAKey() {
        // The generator point: its HASH160 is known from BIP-173's example addresses.
        PublicKey generator = PublicKey.fromHex("0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798");
        assertThat(Address.of(generator).keyHash())
                .asHexString()
                .isEqualToIgnoringCase("751e76e8199196d454941c45d1b3a323f1433bd6");
    }

    @Test
    void isReadBackFromItsText() {
        for (int i = 0; i < 100; i++) {
            Address address = TestKeys.key(i).address();
            String text = address.toString();
            assertThat(text).startsWith("cheese1").hasSize(Address.TEXT_CHARS);
            assertThat(Address.parse(text)).isEqualTo(Outcome.passed(address));
            assertThat(Address.parse(text.toUpperCase(Locale.ROOT))).isEqualTo(Outcome.passed(address));
        }
    }

    @Test
    void isReadAsItWasCopied() {
        for (String copied : List.of(" %s", "%s \r\n", "\uFEFF%s", "\u00A0%s\u200B")) {
            assertThat(Address.parse(copied.formatted(ADDRESS))).as(copied).isEqualTo(Outcome.passed(ADDRESS));
        }
        assertRefused(ADDRESS.toString().replace("1", "1 "));
        assertRefused(ADDRESS + " " + ADDRESS);
    }

    @Test
    void refusesEveryMistypedCharacter() {
        String text = ADDRESS.toString();
        for (int i = 0; i < text.length(); i++) {
            for (char typed : "qpzry9x8gf2tvdw0s3jn54khce6mua7lb1 ".toCharArray()) {
                if (typed != text.charAt(i)) {
                    assertRefused(text.substring(0, i) + typed + text.substring(i + 1));
                }
            }
            assertRefused(text.substring(0, i) + text.substring(i + 1));
        }
    }

    @Test
    void refusesMixedCase() {
        String text = ADDRESS.toString();
        assertRefused("C" + text.substring(1));
        assertRefused(text.substring(0, 10) + text.substring(10).toUpperCase(Locale.ROOT));
    }

    @Test
    void refusesTheOlderChecksumOtherPrefixesVersionsAndLengths() {
        byte[] data = new byte[21];
        System.arraycopy(ADDRESS.keyHash(), 0, data, 1, 20);
        assertThat(Address.parse(Bech32.encodeBytes("cheese", data, Bech32.Encoding.Bech32m)))
                .isEqualTo(Outcome.passed(ADDRESS));
        assertRefused(Bech32.encodeBytes("cheese", data, Bech32.Encoding.Bech32));
        assertRefused(Bech32.encodeBytes("bc", data, Bech32.Encoding.Bech32m));
        assertRefused(Bech32.encodeBytes("cheese", Arrays.copyOf(data, 20), Bech32.Encoding.Bech32m));
        assertRefused(Bech32.encodeBytes("cheese", Arrays.copyOf(data, 22), Bech32.Encoding.Bech32m));
        assertRefused(Bech32.encodeBytes("cheese", new byte[0], Bech32.Encoding.Bech32m));
        data[0] = 1;
        assertRefused(Bech32.encodeBytes("cheese", data, Bech32.Encoding.Bech32m));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                    "", "1", "cheese", "cheese1", "1cheese", "cheese1q", " ", "ch\u00e9ese1qqqqqqqq",
                    "cheese1\u0130qqqqqqqq",
                    "\uD83E\uDDC0", "cheese1\u0000\u0000\u0000\u0000\u0000\u0000\u0000"
            })
    void refusesWhatIsNoAddressWithoutThrowing(String text) {
        assertRefused(text);
    }

    @Test
    void refusesRandomTextWithoutThrowing() {
        Random random = new Random(350);
        List<String> alphabets = List.of("qpzry9x8gf2tvdw0s3jn54khce6mua7l1", " !~1cheese\u0080\u20ac");
        for (int i = 0; i < 5_000; i++) {
            String alphabet = alphabets.get(i % 2);
            StringBuilder text = new StringBuilder(i % 3 == 0 ? "cheese1" : "");
            int length = random.nextInt(120);
            for (int j = 0; j < length; j++) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertRefused(text.toString());
        }
    }

    private static void assertRefused(String text) {
        Outcome<Address> outcome = Address.parse(text);
        assertThat(outcome).as("'%s'", text).isInstanceOfSatisfying(
                Outcome.Refused.class, refused -> assertThat(refused.violation().rule()).isEqualTo(Rule.ENC_VALUE));
    }
}
