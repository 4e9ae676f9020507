package org.cheesecoin.member.peering;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import org.cheesecoin.chain.cheese.Rule;

/**
 * How many bytes went over all of this member's gossip connections, in messages whole or broken, and how many connections
 * it ended by itself, since its start.
 */
public final class GossipTraffic {

    private final LongAdder received = new LongAdder();
    private final LongAdder sent = new LongAdder();
    private final Map<Rule, LongAdder> ended = new ConcurrentHashMap<>();

    void received(int bytes) {
        received.add(bytes);
    }

    void sent(int bytes) {
        sent.add(bytes);
    }

    /** A connection is ended for this rule, without a word to the node. */
    void endedFor(Rule rule) {
        ended.computeIfAbsent(rule, _ -> new LongAdder()).increment();
    }

    /** How many connections were ended for this rule without the node. */
    public long ended(Rule rule) {
        LongAdder count = ended.get(rule);
        return count == null ? 0 : count.sum();
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
