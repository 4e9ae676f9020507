package org.cheesecoin.member.peering;

import java.util.Optional;

import org.cheesecoin.chain.wire.MessageType;
import org.cheesecoin.member.node.FairBytes;

/** The memory for messages that are longer than a link's own room, shared by all links. */
final class IncomingPools {

    private final int smallBytes;
    private final FairBytes small;
    private final FairBytes asked;
    private final FairBytes unasked;

    IncomingPools(GossipLimits limits) {
        this.smallBytes = limits.smallBytes();
        this.small = new FairBytes(limits.smallFrameBytes());
        this.asked = new FairBytes(limits.askedBytes());
        this.unasked = new FairBytes(limits.unaskedBytes());
    }

    /** Where a message of this type and length finds room; nowhere if it is long and nobody asked for it. */
    Optional<FairBytes> of(MessageType type, int messageBytes, Asked due) {
        if (messageBytes <= smallBytes) {
            return Optional.of(small);
        }
        if (due.isDue(type)) {
            return Optional.of(asked);
        }
        return switch (type) {
            // Compact cheeses are news, and nobody asks for them.
            case COMPACT_CHEESE -> Optional.of(unasked);
            default -> Optional.empty();
        };
    }

    /** What is given out in all. */
    long takenBytes() {
        return small.takenBytes() + asked.takenBytes() + unasked.takenBytes();
    }

    void wake() {
        small.wake();
        asked.wake();
        unasked.wake();
    }
}
