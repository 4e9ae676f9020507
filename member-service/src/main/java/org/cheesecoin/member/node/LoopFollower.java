package org.cheesecoin.member.node;

import java.util.List;

import org.cheesecoin.chain.node.Change;
import org.cheesecoin.chain.node.Output;

/**
 * Somebody who follows the node: the wallet, gossip, the checks, the miner, the event stream. Called on the loop, so it
 * must not wait; what it writes through {@link LoopAccess#write} is part of the same commit.
 */
public interface LoopFollower {

    /** The loop starts, or starts again from the store after a failure: whatever was not committed is forgotten. */
    default void started(LoopAccess access) {}

    /** The node changed; this is not durable yet. */
    default void changed(List<Change> changes, LoopAccess access) {}

    /** All that was changed is durable in the database, and nobody was told of it yet. A failure here is one of the commit. */
    default void committed() {}

    /** What the node wants done. All that led to it is durable, unless it promises nobody anything: {@link Urgency}. */
    default void released(List<Output> outputs) {}

    /** A turn ended: for measurements, and for what waits until nothing is on its way. It changes nothing itself. */
    default void turned(LoopTimes times, LoopAccess access) {}
}
