package org.cheesecoin.member.wallet;

import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.FeeRate;
import org.cheesecoin.chain.cheese.Txid;

/**
 * A payment that the wallet made.
 *
 * @param txid its name
 * @param fee what the miner gets
 * @param change what comes back, zero for nothing
 * @param sizeBytes length of its encoding
 */
public record MadePayment(Txid txid, Amount fee, Amount change, int sizeBytes) {

    /** The fee for each byte. */
    public FeeRate feeRate() {
        return new FeeRate(fee.crumbs(), sizeBytes);
    }
}
