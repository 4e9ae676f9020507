package org.cheesecoin.member.wallet;

import java.util.Optional;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.FeeRate;

/**
 * What an owner wants paid.
 *
 * @param to the receiver
 * @param amount what the receiver gets
 * @param feeRate what the miner gets for each byte; else what the next cheese takes
 */
public record PaymentOrder(Address to, Amount amount, Optional<FeeRate> feeRate) {}
