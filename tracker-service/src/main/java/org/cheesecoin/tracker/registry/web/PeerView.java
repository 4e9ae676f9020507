package org.cheesecoin.tracker.registry.web;

import org.cheesecoin.chain.wire.PeerRecord;

import io.swagger.v3.oas.annotations.media.Schema;

/** A member as others are told of it: its own signed word, to be checked by whoever reads it. */
@Schema(name = "Peer", description = "A member's own signed word for where it listens")
record PeerView(
        @Schema(description = "Who it is: its public key", example = Examples.NODE_ID) String nodeId,
        @Schema(description = "Smell of the Blue Cheese of its network",
                example = Examples.NETWORK_ID) String networkId,
        @Schema(description = "Where it listens", example = Examples.GOSSIP_URL) String gossipUrl,
        @Schema(description = "When the member signed it", example = Examples.TIME) long issuedAtMillis,
        @Schema(description = "Of the node key over the peer record", example = Examples.SIGNATURE) String signature) {

    static PeerView of(PeerRecord peer) {
        return new PeerView(
                peer.nodeId().toHex(),
                peer.networkId().toHex(),
                peer.url().text(),
                peer.issuedAtMillis(),
                peer.signature().toHex());
    }
}
