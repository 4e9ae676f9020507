package org.cheesecoin.chain.wallet;

import fr.acinq.bitcoin.DeterministicWallet;
import fr.acinq.bitcoin.DeterministicWallet.ExtendedPrivateKey;
import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.crypto.PrivateKey;
import org.cheesecoin.chain.crypto.PublicKey;

/**
 * All keys of a wallet from its seed (BIP-32), at the paths of BIP-44 with coin type 1 and one account. The nodes of
 * both branches are derived once, so that a key costs one step. It has no text form, so it cannot reach a log.
 */
public final class KeyChain {

    /** Where the account stands. */
    public static final String ACCOUNT_PATH = "m/44'/1'/0'";

    /**
     * How many addresses after the last used one a restore looks at, and how many may be handed out unused (BIP-44).
     */
    public static final int GAP_LIMIT = 20;

    private final ExtendedPrivateKey receive;
    private final ExtendedPrivateKey change;

    private KeyChain(ExtendedPrivateKey account) {
        this.receive = account.derivePrivateKey(Branch.RECEIVE.number());
        this.change = account.derivePrivateKey(Branch.CHANGE.number());
    }

    /**
     * The key chain of a seed.
     *
     * @param seed 16 to 64 bytes, as {@link Mnemonic#toSeed} gives
     */
    public static KeyChain ofSeed(byte[] seed) {
        if (seed.length < 16 || seed.length > 64) {
            throw new IllegalArgumentException("a seed has 16 to 64 bytes, not " + seed.length);
        }
        return new KeyChain(DeterministicWallet.generate(seed).derivePrivateKey(ACCOUNT_PATH));
    }

    /**
     * One key.
     *
     * @param index from 0 to 2^31 - 1
     */
    public WalletKey key(Branch branch, int index) {
        if (index < 0) {
            throw new IllegalArgumentException("an index is from 0 to 2^31 - 1, not " + index);
        }
        ExtendedPrivateKey line =
                switch (branch) {
                    case RECEIVE -> receive;
                    case CHANGE -> change;
                };
        ExtendedPrivateKey derived = line.derivePrivateKey(index);
        PublicKey publicKey = PublicKey.of(derived.getPublicKey().value.toByteArray());
        return new WalletKey(
                branch,
                index,
                PrivateKey.of(derived.secretkeybytes.toByteArray()),
                publicKey,
                Address.of(publicKey));
    }

    @Override
    public String toString() {
        return "KeyChain[hidden]";
    }
}
