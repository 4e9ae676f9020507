package org.cheesecoin.chain.wallet;

import org.cheesecoin.chain.cheese.FeeRate;
import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.cheese.Witness;

/** What this wallet is willing to pay to miners. Local policy, not consensus. */
public final class FeePolicy {

    /** The most that a payment made here pays: above it a slip of the finger is likelier than a wish. */
    public static final FeeRate MAX_RATE = FeeRate.ofCrumbsPerByte(10_000);

    /** Largest payment that members relay, in bytes (POL-SIZE). */
    public static final int MAX_PAYMENT_BYTES = 100_000;

    /** What spending one more coin of an owner of its own adds to a payment, in bytes. */
    public static final int SPENDING_BYTES = OutPoint.BYTES + Witness.BYTES;

    private FeePolicy() {}

    /** The rate, or WLT-FEE if it is above the most. */
    public static Outcome<FeeRate> checked(FeeRate rate) {
        return rate.compareTo(MAX_RATE) > 0
                ? Outcome.refused(Violation.of(Rule.WLT_FEE)
                        .with("crumbsPerByte", rate.crumbsPerByte())
                        .with("mostCrumbsPerByte", MAX_RATE.crumbsPerByte()))
                : Outcome.passed(rate);
    }

    /**
     * Whether an output of so many crumbs would cost at least as much to spend as it holds.
     *
     * @param rate at which it would be spent
     */
    public static boolean isDust(long amountCrumbs, FeeRate rate) {
        return amountCrumbs <= rate.feeFor(SPENDING_BYTES).crumbs();
    }
}
