package org.cheesecoin.tracker.registry;

import java.util.List;
import java.util.Optional;

import org.cheesecoin.chain.wire.PeerRecord;

/**
 * A lease, new or renewed.
 *
 * @param leaseMillis how long it holds from now on
 * @param expiresAtMillis when it ends, by the tracker's clock
 * @param listed whether a dial has proved the id at its URL, so that others hear of it
 * @param reason why the last dial did not prove it, where it is not listed and was dialled
 * @param peers some others of the network, never the caller
 */
public record LeaseGrant(long leaseMillis, long expiresAtMillis, boolean listed, Optional<String> reason,
        List<PeerRecord> peers) {
    public LeaseGrant {
        peers = List.copyOf(peers);
    }
}
