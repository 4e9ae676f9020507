package org.cheesecoin.chain.node;

import java.util.Optional;

import org.cheesecoin.chain.wire.GossipUrl;
import org.cheesecoin.chain.wire.NodeId;
import org.cheesecoin.chain.wire.PeerRecord;

/**
 * A member that can be dialled, as it is kept over restarts. One for each URL.
 *
 * @param url where
 * @param nodeId who was last proved there, or says to be
 * @param record its own signed word, if there is one: only such are passed on
 * @param source who told us, as a tracker's URL or a peer's address
 * @param lastConnectedMillis when it last proved its id there, 0 for never
 */
public record KnownPeer(
        GossipUrl url, Optional<NodeId> nodeId, Optional<PeerRecord> record, String source, long lastConnectedMillis) {}
