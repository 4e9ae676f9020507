package org.cheesecoin.member.wallet;

import java.util.Optional;

import org.cheesecoin.chain.wallet.KeyChain;
import org.cheesecoin.chain.wallet.WalletAddress;

/**
 * A receiving address that was handed out.
 *
 * @param address it, with its place
 * @param state whether the stack has seen it
 * @param label what the owner calls it
 */
public record GivenAddress(WalletAddress address, State state, Optional<String> label) {

    /** Longest label, in characters. */
    public static final int MAX_LABEL_CHARS = 100;

    /** Most addresses that have one. */
    public static final int MAX_LABELS = 1_000;

    /** Whether the stack has seen it. */
    public enum State {
        UNUSED, USED
    }

    /** Where its key stands, as {@code m/44'/1'/0'/0/7}. */
    public String path() {
        return KeyChain.ACCOUNT_PATH + "/" + address.branch().number() + "/" + address.index();
    }
}
