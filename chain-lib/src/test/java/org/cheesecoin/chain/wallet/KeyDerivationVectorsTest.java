package org.cheesecoin.chain.wallet;

import java.nio.file.Path;
import java.util.HexFormat;

import org.cheesecoin.chain.crypto.SignatureSchemes;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.VectorsFolder;
import org.junit.jupiter.api.Test;

import fr.acinq.bitcoin.DeterministicWallet;
import fr.acinq.bitcoin.DeterministicWallet.ExtendedPrivateKey;
import fr.acinq.bitcoin.KeyPath;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** BIP-39 and BIP-32 by their public vectors. */
class KeyDerivationVectorsTest {

    private static final HexFormat HEX = HexFormat.of();

    @Test
    void wordsAndSeedsAreThoseOfBip39() {
        for (Path file : VectorsFolder.files("", "bip39*.json")) {
            for (JsonNode vector : VectorsFolder.json(file)) {
                String text = vector.get("mnemonic").asString();
                Mnemonic words = Mnemonic.ofEntropy(HEX.parseHex(vector.get("entropy").asString()));
                assertThat(words.toSecretText()).isEqualTo(text);
                assertThat(Mnemonic.parse(text).orElseThrow()).isEqualTo(words);
                byte[] seed = words.toSeed("TREZOR");
                assertThat(HEX.formatHex(seed)).isEqualTo(vector.get("seed").asString());
                assertSame(ExtendedKey.master(seed), vector.get("xprv").asString(), text);
            }
        }
    }

    @Test
    void keysAreThoseOfBip32() {
        for (Path file : VectorsFolder.files("", "bip32*.json")) {
            for (JsonNode vector : VectorsFolder.json(file).get("valid")) {
                byte[] seed = HEX.parseHex(vector.get("seed").asString());
                for (JsonNode chain : vector.get("chains")) {
                    String path = chain.get("path").asString();
                    ExtendedKey key = ExtendedKey.master(seed);
                    for (long index : KeyPath.fromPath(path).path) {
                        key = key.child((int) index, SignatureSchemes.bouncyCastle());
                    }
                    assertSame(key, chain.get("xprv").asString(), path);
                    assertThat(TestKeys.SCHEME.publicKey(key.key()).toBytes())
                            .as(path)
                            .isEqualTo(DeterministicWallet.ExtendedPublicKey
                                    .decode(chain.get("xpub").asString(), KeyPath.fromPath("m"))
                                    .getSecond().publickeybytes.toByteArray());
                }
            }
        }
    }

    private static void assertSame(ExtendedKey key, String xprv, String what) {
        ExtendedPrivateKey expected = ExtendedPrivateKey.decode(xprv, KeyPath.fromPath("m")).getSecond();
        assertThat(key.key().toBytes()).as(what).isEqualTo(expected.secretkeybytes.toByteArray());
        assertThat(key.chainCode()).as(what).isEqualTo(expected.chaincode.toByteArray());
    }
}
