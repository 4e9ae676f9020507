package org.cheesecoin.member.wallet;

import java.util.concurrent.CompletableFuture;

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
     * @param payment what was made
     * @param answer the mempool's word; a refusal has given the coins back
     */
    record HandedIn(MadePayment payment, CompletableFuture<Outcome<Txid>> answer) implements PaymentAttempt {}

    /**
     * It was made before under the same key.
     *
     * @param payment what was made then
     */
    record MadeBefore(MadePayment payment) implements PaymentAttempt {}
}
