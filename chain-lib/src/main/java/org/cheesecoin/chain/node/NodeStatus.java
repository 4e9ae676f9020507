package org.cheesecoin.chain.node;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.cheesecoin.chain.consensus.StackedHeader;
import org.cheesecoin.chain.wire.GossipUrl;
import org.cheesecoin.chain.wire.NodeId;
import org.cheesecoin.chain.wire.PeerRecord;

/**
 * A node as it is now, for people and counters.
 *
 * @param nodeId who it is
 * @param tip its tip
 * @param goal the better header that it is on the way to; none where it has all that it knows of
 * @param lastTipChangeMillis when its tip last changed in this run, by the steady clock; 0 for never
 * @param clockOffsetMillis median of the peers' clocks, against ours
 * @param peers whose handshake is complete
 * @param knownPeers that could be dialled
 * @param failedDials of those, by URL, whose last dial came to nothing
 * @param ownRecord its own signed record, if it can be dialled
 */
public record NodeStatus(
        NodeId nodeId,
        StackedHeader tip,
        Optional<StackedHeader> goal,
        long lastTipChangeMillis,
        long clockOffsetMillis,
        List<PeerStatus> peers,
        List<KnownPeer> knownPeers,
        Map<GossipUrl, FailedDials> failedDials,
        Optional<PeerRecord> ownRecord) {

    public NodeStatus {
        peers = List.copyOf(peers);
        knownPeers = List.copyOf(knownPeers);
        failedDials = Map.copyOf(failedDials);
    }
}
