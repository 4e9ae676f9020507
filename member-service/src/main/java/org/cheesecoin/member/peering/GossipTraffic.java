package org.cheesecoin.member.peering;

import java.util.concurrent.atomic.LongAdder;

/** How many bytes went over all of this member's gossip connections, in messages whole or broken, since its start. */
public final class GossipTraffic {

    private final LongAdder received = new LongAdder();
    private final LongAdder sent = new LongAdder();

    void received(int bytes) {
        received.add(bytes);
    }

    void sent(int bytes) {
        sent.add(bytes);
    }

    /** Bytes that others sent. */
    public long receivedBytes() {
        return received.sum();
    }

    /** Bytes that this member sent. */
    public long sentBytes() {
        return sent.sum();
    }
}
