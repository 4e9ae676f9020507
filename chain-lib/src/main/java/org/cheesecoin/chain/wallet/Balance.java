package org.cheesecoin.chain.wallet;

import java.util.OptionalInt;

import org.cheesecoin.chain.cheese.Amount;

/**
 * What a wallet has, each crumb in one place. In the stack it owns spendable + pending out + immature; when all that is
 * pending is confirmed, it will own spendable + pending in + immature.
 *
 * @param spendable in the stack, mature, and promised to nobody
 * @param pendingIn outputs to the wallet of payments that wait for a cheese, its own change among them
 * @param pendingOut coins that a waiting payment spends or that are reserved for one that is being made, in full
 * @param immature from own cheeses that are too young
 * @param nextMaturesAtHeight when the tip has this height, more is spendable; empty if nothing is immature
 */
public record Balance(
        Amount spendable, Amount pendingIn, Amount pendingOut, Amount immature, OptionalInt nextMaturesAtHeight) {}
