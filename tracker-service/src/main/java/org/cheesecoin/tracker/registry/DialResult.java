package org.cheesecoin.tracker.registry;

import org.cheesecoin.chain.wire.NodeId;

/** What came of a dial. */
public sealed interface DialResult {

    /**
     * Somebody answered and proved an id.
     *
     * @param nodeId which, not always the one that was expected
     */
    record Proved(NodeId nodeId) implements DialResult {}

    /**
     * Nobody answered, or not as a member of the network does.
     *
     * @param reason for the log
     * @param told what the member is told: nothing of what stands at an address that it may have no other way to ask
     */
    record Failed(String reason, String told) implements DialResult {

        /** Tells the member what the log says. */
        public Failed(String reason) {
            this(reason, reason);
        }
    }

    /**
     * It was not dialled, since the address behind the name was dialled just now.
     *
     * @param untilMillis when it may be
     */
    record Postponed(long untilMillis) implements DialResult {}
}
