package org.cheesecoin.member.wallet.web;

import org.cheesecoin.member.wallet.MadePayment;
import org.cheesecoin.member.web.Examples;

import io.swagger.v3.oas.annotations.media.Schema;

/** The answer to {@code POST /wallet/payments}. */
@Schema(name = "Payment")
record PaymentView(
        @Schema(description = "Its name", example = Examples.TXID) String txid,
        @Schema(description = "pending: it waits for a cheese, here and soon everywhere; checking: the member has not "
                + "looked at it yet; made-before: it was made under this Idempotency-Key, and GET "
                + "/wallet/transactions/{txid} says what became of it",
                allowableValues = {
                        "pending", "checking", "made-before"},
                example = "pending") String state,
        @Schema(description = "What the miner gets", example = "226") long feeCrumbs,
        @Schema(description = "What comes back to the wallet, 0 for nothing", example = "49999774") long changeCrumbs,
        @Schema(description = "The fee for each byte", example = "1.0") double feeRate){

    static PaymentView of(MadePayment payment, String state) {
        return new PaymentView(payment.txid().toHex(), state, payment.fee().crumbs(), payment.change().crumbs(),
                payment.feeRate().crumbsPerByte());
    }
}
