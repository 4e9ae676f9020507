package org.cheesecoin.chain.wallet;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.crypto.PrivateKey;
import org.cheesecoin.chain.crypto.PublicKey;
import org.cheesecoin.chain.crypto.SignatureScheme;

/**
 * All keys of a wallet from its seed (BIP-32), at the paths of BIP-44 with coin type 1 and one account. The nodes of
 * both branches are derived once, so that a key costs one step. Its text form is hidden, so it cannot reach a log.
 */
public final class KeyChain {

    /** Where the account stands. */
    public static final String ACCOUNT_PATH = "m/44'/1'/0'";

    /**
     * How many addresses after the last used one a restore looks at, and how many may be handed out unused. BIP-44 has
     * 20, since others ask a server about each; here a restore reads the own stack, and 1,000 more keys take 0.1 s once.
     */
    public static final int GAP_LIMIT = 1_000;

    private final SignatureScheme signatures;
    private final ExtendedKey receive;
    private final ExtendedKey change;

    private KeyChain(ExtendedKey account, SignatureScheme signatures) {
        this.signatures = signatures;
        this.receive = account.child(Branch.RECEIVE.number(), signatures);
        this.change = account.child(Branch.CHANGE.number(), signatures);
    }

    /**
     * The key chain of a seed.
     *
     * @param seed 16 to 64 bytes, as {@link Mnemonic#toSeed} gives
     */
    public static KeyChain ofSeed(byte[] seed, SignatureScheme signatures) {
        if (seed.length < 16 || seed.length > 64) {
            throw new IllegalArgumentException("a seed has 16 to 64 bytes, not " + seed.length);
        }
        ExtendedKey account = ExtendedKey.master(seed)
                .child(ExtendedKey.HARDENED + 44, signatures)
                .child(ExtendedKey.HARDENED + 1, signatures)
                .child(ExtendedKey.HARDENED, signatures);
        return new KeyChain(account, signatures);
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
        ExtendedKey line = switch (branch) {
            case RECEIVE -> receive;
            case CHANGE -> change;
        };
        PrivateKey privateKey = line.child(index, signatures).key();
        PublicKey publicKey = signatures.publicKey(privateKey);
        return new WalletKey(branch, index, privateKey, publicKey, Address.of(publicKey));
    }

    @Override
    public String toString() {
        return "KeyChain[hidden]";
    }
}
