package org.cheesecoin.member.wallet;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.FeeRate;
import org.cheesecoin.chain.cheese.TransactionOutput;
import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.crypto.Sha256;

/** What an owner wants paid. */
public sealed interface PaymentOrder {

    /** What the miner gets for each byte; else what the next cheese takes. */
    Optional<FeeRate> feeRate();

    /** The same for the same order. */
    default Hash256 digest() {
        return Sha256.hash(toString().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * These amounts to these receivers, in one payment.
     *
     * @param receivers 1 to {@link #MAX_RECEIVERS}
     */
    record Pay(List<TransactionOutput> receivers, Optional<FeeRate> feeRate) implements PaymentOrder {

        /** Keeps its own list, checked. */
        public Pay {
            receivers = List.copyOf(receivers);
            if (receivers.isEmpty() || receivers.size() > MAX_RECEIVERS) {
                throw new IllegalArgumentException("1 to 1,000 receivers, not " + receivers.size());
            }
        }
    }

    /** All that can be spent, less the fee, to one receiver: nothing comes back. */
    record SendAll(Address to, Optional<FeeRate> feeRate) implements PaymentOrder {}

    /** Most receivers of one payment. */
    int MAX_RECEIVERS = 1_000;
}
