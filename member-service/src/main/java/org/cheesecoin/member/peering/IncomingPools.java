package org.cheesecoin.member.peering;

import java.util.Optional;

import org.cheesecoin.chain.wire.MessageType;
import org.cheesecoin.member.node.FairBytes;

/** The memory for messages that are longer than a link's own room, shared by all links. */
final class IncomingPools {

    private final FairBytes asked;
    private final FairBytes unasked;

    IncomingPools(GossipLimits limits) {
        this.asked = new FairBytes(limits.askedBytes());
        this.unasked = new FairBytes(limits.unaskedBytes());
    }

    /** Where a long message of this type finds room; nowhere if nobody asked for it. */
    Optional<FairBytes> of(MessageType type, Asked due) {
        if (due.isDue(type)) {
            return Optional.of(asked);
        }
        return switch (type) {
            // Compact cheeses are news, and nobody asks for them.
            case COMPACT_CHEESE -> Optional.of(unasked);
            default -> Optional.empty();
        };
    }

    /** Whether others wait for it. */
    GossipLimits.Supply supply() {
        return asked.isShort() || unasked.isShort() ? GossipLimits.Supply.SHORT : GossipLimits.Supply.AMPLE;
    }

    /** What is given out of what was asked for. */
    long askedBytes() {
        return asked.takenBytes();
    }

    void wake() {
        asked.wake();
        unasked.wake();
    }
}
