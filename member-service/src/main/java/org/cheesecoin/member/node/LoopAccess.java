package org.cheesecoin.member.node;

import java.util.concurrent.CompletableFuture;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Transaction;
import org.cheesecoin.chain.cheese.Txid;
import org.cheesecoin.chain.node.Node;

/** What somebody may do who is on the loop. It holds for the time of the call only. */
public interface LoopAccess {

    /** The node, for reading. */
    Node node();

    /** What the machine's clock shows: for times that are kept or shown. It may be set at any time. */
    long clockMillis();

    /** The steady clock's time, by which the node and its mempool go: for all that lasts. */
    long steadyMillis();

    /**
     * Submits a transaction in the same commit as all else that this call does.
     *
     * @return completed, after the commit, with the transaction's name or why it was refused
     */
    CompletableFuture<Outcome<Txid>> submit(Transaction transaction);

    /** Hands the node a cheese of this member's own; what comes of it is told to those who follow. */
    void mined(Cheese cheese);

    /** Writes rows in the same commit as all else that this call does. */
    void write(LoopWrite write);
}
