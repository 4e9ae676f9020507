package org.cheesecoin.member.explorer;

import java.util.List;
import java.util.Optional;

import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.Transaction;
import org.cheesecoin.chain.consensus.Coin;
import org.cheesecoin.member.explorer.CheeseBrowser.Seen;

/** A transaction as this member sees it. */
public sealed interface SeenTransaction {

    /** It. */
    Transaction transaction();

    /** What it pays the miner; none for a coinbase. */
    Optional<Amount> fee();

    /** What its inputs spend, in their order; empty for a coinbase, and where it is not known here. */
    List<Coin> spent();

    /**
     * It waits for a cheese.
     *
     * @param transaction it
     * @param fee what it pays the miner
     * @param spent what its inputs spend; none where that is not known here
     * @param arrivedMillis when it came
     */
    record Pending(Transaction transaction, Optional<Amount> fee, List<Coin> spent, long arrivedMillis)
            implements SeenTransaction {

        /** Keeps its own list. */
        public Pending {
            spent = List.copyOf(spent);
        }
    }

    /**
     * It stands on the best branch.
     *
     * @param transaction it
     * @param fee what it pays the miner; none for a coinbase, or where only a list was asked for
     * @param spent what its inputs spend; none where only a list was asked for
     * @param cheese where
     * @param position at which place of its cheese
     */
    record Confirmed(Transaction transaction, Optional<Amount> fee, List<Coin> spent, Seen cheese, int position)
            implements SeenTransaction {

        /** Keeps its own list. */
        public Confirmed {
            spent = List.copyOf(spent);
        }
    }
}
