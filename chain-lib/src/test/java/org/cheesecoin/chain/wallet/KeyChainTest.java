package org.cheesecoin.chain.wallet;

import java.util.HexFormat;

import org.cheesecoin.chain.crypto.SignatureSchemes;
import org.cheesecoin.chain.testing.TestKeys;
import org.junit.jupiter.api.Test;

import fr.acinq.bitcoin.DeterministicWallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class KeyChainTest {

    private static final byte[] SEED = Mnemonic.ofEntropy(new byte[16]).toSeed("");

    private final KeyChain chain = KeyChain.ofSeed(SEED, TestKeys.SCHEME);

    @Test
    void keysStandAtThePathsOfBip44() {
        for (Branch branch : Branch.values()) {
            for (int index : new int[]{0, 1, 77, Integer.MAX_VALUE}) {
                WalletKey key = chain.key(branch, index);
                assertThat(key.path()).isEqualTo("m/44'/1'/0'/" + branch.number() + "/" + index);
                assertThat(key.privateKey().toBytes())
                        .isEqualTo(DeterministicWallet.generate(SEED).derivePrivateKey(key.path()).secretkeybytes
                                .toByteArray());
            }
        }
    }

    @Test
    void oneSeedIsOneWalletWhicheverSchemeIsThere() {
        KeyChain other = KeyChain.ofSeed(SEED, SignatureSchemes.bouncyCastle());
        assertThat(other.key(Branch.CHANGE, 3)).isEqualTo(chain.key(Branch.CHANGE, 3));
        assertThat(chain.key(Branch.CHANGE, 3).address()).isNotEqualTo(chain.key(Branch.RECEIVE, 3).address());
    }

    @Test
    void refusesAnIndexThatWouldBeHardened() {
        assertThatThrownBy(() -> chain.key(Branch.RECEIVE, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void neverShowsAKey() {
        WalletKey key = chain.key(Branch.RECEIVE, 0);
        String secret = HexFormat.of().formatHex(key.privateKey().toBytes());
        assertThat(key.toString()).contains("hidden").doesNotContain(secret);
        assertThat(chain.toString()).isEqualTo("KeyChain[hidden]");
        assertThat(ExtendedKey.master(SEED).toString()).isEqualTo("ExtendedKey[hidden]");
    }
}
