package org.cheesecoin.chain.node;

import java.util.List;

import org.cheesecoin.chain.cheese.Payment;

/**
 * What a member remembers from before its start, beside the stack.
 *
 * @param pending payments of the mempool, in the order of their arrival, already checked once
 * @param peers known peers
 * @param bans those that are not over
 */
public record Memory(List<Payment> pending, List<KnownPeer> peers, List<Ban> bans) {

    /** Nothing, at a first start. */
    public static final Memory EMPTY = new Memory(List.of(), List.of(), List.of());

    public Memory {
        pending = List.copyOf(pending);
        peers = List.copyOf(peers);
        bans = List.copyOf(bans);
    }
}
