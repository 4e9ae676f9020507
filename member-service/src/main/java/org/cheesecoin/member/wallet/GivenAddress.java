package org.cheesecoin.member.wallet;

import org.cheesecoin.chain.wallet.KeyChain;
import org.cheesecoin.chain.wallet.WalletAddress;

/**
 * A receiving address that was handed out.
 *
 * @param address it, with its place
 * @param state whether the stack has seen it
 */
public record GivenAddress(WalletAddress address, State state) {

    /** Whether the stack has seen it. */
    public enum State {
        UNUSED, USED
    }

    /** Where its key stands, as {@code m/44'/1'/0'/0/7}. */
    public String path() {
        return KeyChain.ACCOUNT_PATH + "/" + address.branch().number() + "/" + address.index();
    }
}
