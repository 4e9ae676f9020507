package org.cheesecoin.member.node;

import java.util.concurrent.CompletableFuture;

import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Transaction;
import org.cheesecoin.chain.cheese.Txid;
import org.cheesecoin.chain.node.Node;

/** What somebody may do who is on the loop. It holds for the time of the call only. */
public interface LoopAccess {

    /** The node, for reading. */
    Node node();

    /** The time that all of this call goes by. */
    long nowMillis();

    /**
     * Submits a transaction in the same commit as all else that this call does.
     *
     * @return completed, after the commit, with the transaction's name or why it was refused
     */
    CompletableFuture<Outcome<Txid>> submit(Transaction transaction);

    /** Writes rows in the same commit as all else that this call does. */
    void write(LoopWrite write);
}
