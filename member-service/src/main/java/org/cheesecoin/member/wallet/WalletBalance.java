package org.cheesecoin.member.wallet;

import org.cheesecoin.chain.wallet.Balance;

/**
 * What the wallet has.
 *
 * @param balance each crumb in one place
 * @param height up to where the wallet has read the stack
 * @param tipHeight the stack's height; more than {@code height} only while the wallet reads an older stack
 * @param goalHeight the height that the member is on the way to; the stack's where it has all that it knows of
 */
public record WalletBalance(Balance balance, int height, int tipHeight, int goalHeight) {

    /** Whether more than this is known to be there to read. */
    public boolean isRestoring() {
        return height < goalHeight;
    }
}
