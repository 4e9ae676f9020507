package org.cheesecoin.member.peering;

import java.util.concurrent.atomic.LongAdder;

/** Counts what goes over the WebSockets. */
public final class Traffic {

    private final LongAdder sentBytes = new LongAdder();
    private final LongAdder receivedBytes = new LongAdder();

    void sent(int bytes) {
        sentBytes.add(bytes);
    }

    void received(int bytes) {
        receivedBytes.add(bytes);
    }

    /** Bytes of frames handed to the send queues since the start. */
    public long sentBytes() {
        return sentBytes.sum();
    }

    /** Bytes of frames received since the start. */
    public long receivedBytes() {
        return receivedBytes.sum();
    }
}
