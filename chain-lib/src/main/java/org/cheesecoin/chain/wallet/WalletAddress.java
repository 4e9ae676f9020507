package org.cheesecoin.chain.wallet;

import org.cheesecoin.chain.cheese.Address;

/**
 * An address of a wallet with its place: what the store keeps, for it holds no secret.
 *
 * @param branch which line of addresses
 * @param index which of the line, from 0
 * @param address the address there
 */
public record WalletAddress(Branch branch, int index, Address address) {}
