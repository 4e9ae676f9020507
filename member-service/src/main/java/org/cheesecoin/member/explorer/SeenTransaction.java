package org.cheesecoin.member.explorer;

import java.util.List;
import java.util.Optional;

import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.Transaction;
import org.cheesecoin.chain.cheese.Txid;
import org.cheesecoin.chain.consensus.Coin;
import org.cheesecoin.member.explorer.CheeseBrowser.Seen;

/** A transaction as this member sees it. */
public sealed interface SeenTransaction {

    /** It. */
    Transaction transaction();

    /** What it pays the miner; none for a coinbase. */
    Optional<Amount> fee();

    /** What its inputs spend, one for each, where it is known here; no list at all where nobody looked. */
    List<Optional<Coin>> spent();

    /**
     * It waits for a cheese.
     *
     * @param transaction it
     * @param fee what it pays the miner
     * @param spent what its inputs spend; none where only a list was asked for
     * @param arrivedMillis when it came
     */
    record Pending(Transaction transaction, Optional<Amount> fee, List<Optional<Coin>> spent, long arrivedMillis)
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
    record Confirmed(
            Transaction transaction, Optional<Amount> fee, List<Optional<Coin>> spent, Seen cheese, int position)
            implements SeenTransaction {

        /** Keeps its own list. */
        public Confirmed {
            spent = List.copyOf(spent);
        }
    }

    /** What became of a payment that is neither confirmed nor waits. */
    enum Fate {
        /** A replacement that pays more took its place in the mempool. */
        REPLACED,
        /** Another payment spends what it spends. */
        CONFLICTED,
        /** It had to go; it may come again. */
        EVICTED,
        /** It breaks a rule now. */
        INVALID
    }

    /**
     * It waited, or was confirmed once, and is neither any more.
     *
     * @param transaction it
     * @param spent what its inputs spend, where that is known
     * @param fate what became of it
     * @param rival the payment that took its place, where there is one
     * @param reason for people
     * @param leftMillis when it left the mempool or the best branch
     */
    record Left(
            Transaction transaction,
            List<Optional<Coin>> spent,
            Fate fate,
            Optional<Txid> rival,
            String reason,
            long leftMillis) implements SeenTransaction {

        /** Keeps its own list. */
        public Left {
            spent = List.copyOf(spent);
        }

        @Override
        public Optional<Amount> fee() {
            if (spent.stream().anyMatch(Optional::isEmpty)) {
                return Optional.empty();
            }
            long inputCrumbs = spent.stream().mapToLong(it -> it.orElseThrow().amount().crumbs()).sum();
            return Optional.of(new Amount(inputCrumbs - transaction.outputSum().crumbs()));
        }
    }
}
