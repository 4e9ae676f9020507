package org.cheesecoin.chain.node;

import java.util.Optional;
import java.util.OptionalLong;

import org.cheesecoin.chain.wire.GossipUrl;
import org.cheesecoin.chain.wire.NodeId;

/**
 * A peer as it is now, for people and counters.
 *
 * @param nodeId who
 * @param remoteAddress the other end's IP address
 * @param dialled the URL, where this end dialled
 * @param connectedMillis since when it is a peer, by the machine's clock
 * @param roundTripMillis of the last ping, 0 before it
 * @param clockOffsetMillis how far its clock is ahead of ours, none before it answered a ping
 * @param bestHeight the highest header that it told of, 0 for none
 * @param points what it has broken so far
 */
public record PeerStatus(
        NodeId nodeId,
        String remoteAddress,
        Optional<GossipUrl> dialled,
        long connectedMillis,
        long roundTripMillis,
        OptionalLong clockOffsetMillis,
        int bestHeight,
        int points) {}
