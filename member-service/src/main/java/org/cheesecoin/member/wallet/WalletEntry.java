package org.cheesecoin.member.wallet;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.Txid;

/**
 * A transaction that touched the wallet, as its history tells it.
 *
 * @param txid its name
 * @param kind what it was to the wallet
 * @param state what became of it
 * @param height of the cheese that it stands in, if it is confirmed
 * @param firstSeenMillis when the wallet first saw it: its arrival, or the time of its cheese
 * @param creditedCrumbs what it gives the wallet, change included
 * @param debitedCrumbs what it takes from the wallet, change included
 * @param feeCrumbs what the miner gets, if the wallet paid it
 * @param counterparties who was paid, or who paid; of many the first ten
 * @param other which payment took its place, where one did and it is known
 */
public record WalletEntry(
        Txid txid,
        Kind kind,
        State state,
        OptionalInt height,
        long firstSeenMillis,
        long creditedCrumbs,
        long debitedCrumbs,
        OptionalLong feeCrumbs,
        List<Address> counterparties,
        Optional<Txid> other) {

    /** What a transaction was to the wallet. */
    public enum Kind {
        /** Somebody else paid the wallet. */
        RECEIVED,
        /** The wallet paid somebody. */
        SENT,
        /** The wallet's own cheese. */
        MINED,
        /** The wallet paid itself. */
        SELF
    }

    /** What became of a transaction. */
    public enum State {
        /** It waits for a cheese. */
        PENDING,
        /** It stands in a cheese of the best branch. */
        CONFIRMED,
        /** Another that pays more took its place. */
        REPLACED,
        /** A cheese of the best branch spends one of its inputs otherwise. */
        CONFLICTED,
        /** The mempool let it go: there was no more room, or it waited too long. */
        EVICTED,
        /** It breaks a rule since a reorganisation. */
        INVALID,
        /** The cheese that held it left the best branch, and it does not wait either. */
        REVERTED
    }

    public WalletEntry {
        counterparties = List.copyOf(counterparties);
    }
}
