package org.cheesecoin.chain.mempool;

import java.util.ArrayList;
import java.util.List;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.CheeseHeader;
import org.cheesecoin.chain.cheese.Coinbase;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Transaction;
import org.cheesecoin.chain.cheese.TransactionOutput;
import org.cheesecoin.chain.consensus.Difficulty;
import org.cheesecoin.chain.consensus.NetworkParameters;
import org.cheesecoin.chain.consensus.StackedHeader;

/**
 * What the next cheese can hold: all but the miner's own address, text and clock.
 *
 * @param parent the tip that it stands on
 * @param payments parents before children
 * @param fees what they leave to the miner
 * @param subsidy the new money
 * @param parameters the rules of the network
 */
public record CheeseTemplate(
        StackedHeader parent, List<Payment> payments, Amount fees, Amount subsidy, NetworkParameters parameters) {

    /** Room for payments beside a coinbase with the longest text and one output, in bytes. */
    static final int ROOM_BYTES = Cheese.MAX_PAYMENTS_BYTES - Coinbase.MAX_TEXT_BYTES - TransactionOutput.BYTES;

    public CheeseTemplate {
        payments = List.copyOf(payments);
    }

    /** The height of the cheese. */
    public int height() {
        return parent.height() + 1;
    }

    /**
     * A cheese that lacks only its proof of work. Hashes every payment: call it once, then {@link #refreshed}.
     *
     * @param payTo whom the coinbase pays all fees and the subsidy
     * @param text at most {@link Coinbase#MAX_TEXT_BYTES}
     * @param timeMillis the miner's clock; a clock that is behind the parent's time counts as its next millisecond
     */
    public Cheese cheese(Address payTo, byte[] text, long timeMillis) {
        Amount reward = fees.plus(subsidy);
        List<TransactionOutput> outputs = reward.crumbs() == 0 ? List.of()
                : List.of(new TransactionOutput(reward, payTo));
        List<Transaction> transactions = new ArrayList<>(payments.size() + 1);
        transactions.add(new Coinbase(height(), text, outputs));
        transactions.addAll(payments);
        CheeseHeader header = new CheeseHeader(
                CheeseHeader.VERSION,
                height(),
                parent.smell(),
                Cheese.merkleRoot(transactions),
                parent.header().timeMillis() + 1,
                parent.baseTarget().compact(),
                0);
        return new Cheese(refreshed(header, timeMillis), transactions);
    }

    /** The same header at this time, with the target that follows from it. */
    public CheeseHeader refreshed(CheeseHeader header, long timeMillis) {
        long time = Math.max(timeMillis, parent.header().timeMillis() + 1);
        return new CheeseHeader(
                header.version(),
                header.height(),
                header.parentSmell(),
                header.merkleRoot(),
                time,
                Difficulty.targetAbove(parent, time, parameters).compact(),
                header.nonce());
    }
}
