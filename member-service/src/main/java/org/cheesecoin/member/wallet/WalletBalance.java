package org.cheesecoin.member.wallet;

import org.cheesecoin.chain.wallet.Balance;

/**
 * What the wallet has.
 *
 * @param balance each crumb in one place
 * @param height up to where the wallet has read the stack
 * @param tipHeight the stack's height; more than {@code height} only while the wallet reads an older stack
 */
public record WalletBalance(Balance balance, int height, int tipHeight) {}
