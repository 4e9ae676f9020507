package org.cheesecoin.tracker.registry.web;

import java.util.List;

import org.cheesecoin.chain.wire.PeerRecord;

import io.swagger.v3.oas.annotations.media.Schema;

/** The answer to {@code GET /peers}. */
@Schema(name = "Peers", description = "A random sample of a network's listed members")
record PeersView(@Schema(description = "In no order") List<PeerView> peers) {

    static PeersView of(List<PeerRecord> peers) {
        return new PeersView(peers.stream().map(PeerView::of).toList());
    }
}
