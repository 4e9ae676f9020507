package org.cheesecoin.chain.mempool;

import java.util.Optional;

import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.FullId;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Txid;

/** One change of the mempool. */
public sealed interface MempoolStep {

    /**
     * A payment waits for a cheese.
     *
     * @param payment it
     * @param fee what it pays the miner
     * @param arrivedMillis when it came
     */
    record Admitted(Payment payment, Amount fee, long arrivedMillis) implements MempoolStep {}

    /**
     * A payment waits no more.
     *
     * @param payment it
     * @param reason why
     * @param rival the payment that took its place, or that of one which it built on: the replacement, or the one that
     *            the cheese holds; none for other reasons
     */
    record Removed(Payment payment, Reason reason, Optional<Txid> rival) implements MempoolStep {

        /** Its full id. */
        public FullId fullId() {
            return payment.fullId();
        }

        /** Its name. */
        public Txid txid() {
            return payment.txid();
        }
    }

    /** Why a payment waits no more. */
    enum Reason {
        /** It stands in a cheese of the best branch, itself or with other witnesses. */
        CONFIRMED,
        /** A cheese of the best branch spends one of its inputs otherwise. */
        CONFLICTED,
        /** A replacement that pays more took its place. */
        REPLACED,
        /** There was no more room, or it waited too long. */
        EVICTED,
        /** After a reorganisation it breaks a rule, or spends what is no more. */
        INVALID
    }
}
