package org.cheesecoin.chain.mempool;

import java.util.LinkedHashMap;
import java.util.Optional;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Transaction;
import org.cheesecoin.chain.cheese.Txid;

/**
 * Which payment of the best branch spent an output, for those that were spent last. The coins only say that an output is
 * not there; this tells a double spend from a payment whose parent is still on its way. When it is full the oldest is
 * forgotten.
 */
final class SpentLately {

    private final int limit;
    private final LinkedHashMap<OutPoint, Txid> spenders = new LinkedHashMap<>();

    SpentLately(int limit) {
        this.limit = limit;
    }

    /** This cheese came onto the best branch. */
    void connected(Cheese cheese) {
        for (Transaction transaction : cheese.transactions()) {
            if (transaction instanceof Payment payment) {
                payment.inputs().forEach(input -> spenders.putLast(input, payment.txid()));
            }
        }
        while (spenders.size() > limit) {
            spenders.pollFirstEntry();
        }
    }

    /** This cheese left it: what it spent may be spent again. */
    void disconnected(Cheese cheese) {
        for (Transaction transaction : cheese.transactions()) {
            if (transaction instanceof Payment payment) {
                payment.inputs().forEach(spenders::remove);
            }
        }
    }

    /** The payment that spent this output, if that is remembered. */
    Optional<Txid> spender(OutPoint outPoint) {
        return Optional.ofNullable(spenders.get(outPoint));
    }
}
