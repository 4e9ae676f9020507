package org.cheesecoin.tracker.registry.web;

import java.util.List;
import java.util.Optional;

import org.cheesecoin.tracker.registry.LeaseGrant;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.swagger.v3.oas.annotations.media.Schema;

/** The answer to {@code PUT /peers/{nodeId}}. */
@Schema(name = "Lease", description = "A lease, and some others of the network")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record LeaseView(
        @Schema(description = "How long the lease holds", example = "30000") long leaseMillis,
        @Schema(description = "When it ends, by the tracker's clock", example = Examples.TIME) long expiresAtMillis,
        @Schema(description = "Whether a dial has proved the id at its URL; until then nobody is told of it") boolean listed,
        @Schema(description = "Why the tracker's last dial did not prove it: left out where it is listed, and before the "
                + "first dial", example = "the name laptop-7 leads nowhere") Optional<String> reason,
        @Schema(description = "A random sample of others, never the caller") List<PeerView> peers) {

    static LeaseView of(LeaseGrant lease) {
        return new LeaseView(
                lease.leaseMillis(),
                lease.expiresAtMillis(),
                lease.listed(),
                lease.reason(),
                lease.peers().stream().map(PeerView::of).toList());
    }
}
