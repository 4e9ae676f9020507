package org.cheesecoin.chain.wire;

/** What a message says of where a member listens: a record that can be dialled, or one that cannot. */
public sealed interface PeerWord permits PeerRecord, UnusableRecord {

    /** Whose word it says it is; the signature may not be checked yet. */
    NodeId nodeId();
}
