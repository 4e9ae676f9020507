package org.cheesecoin.member.persistence;

import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.Payment;

/**
 * A payment of the committed mempool.
 *
 * @param payment it
 * @param fee what it pays the miner
 * @param arrivedMillis when it came
 */
public record PendingPayment(Payment payment, Amount fee, long arrivedMillis) {}
