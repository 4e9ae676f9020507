package org.cheesecoin.member.wallet;

import java.util.concurrent.CompletableFuture;

import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.FeeRate;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Txid;
import org.cheesecoin.chain.cheese.Violation;

/** What came of an order. */
public sealed interface PaymentAttempt {

    /**
     * Nothing was made, and no coin is kept for it.
     *
     * @param violation why
     */
    record Refused(Violation violation) implements PaymentAttempt {}

    /**
     * It is signed and handed in; its coins are kept for it.
     *
     * @param txid its name
     * @param fee what the miner gets
     * @param change what comes back, zero for nothing
     * @param feeRate the fee for each byte
     * @param answer the mempool's word; a refusal has given the coins back
     */
    record HandedIn(Txid txid, Amount fee, Amount change, FeeRate feeRate, CompletableFuture<Outcome<Txid>> answer)
            implements
            PaymentAttempt {}
}
