package org.cheesecoin.tracker.registry;

import java.util.List;

import org.cheesecoin.chain.wire.PeerRecord;

/**
 * A lease, new or renewed.
 *
 * @param leaseMillis how long it holds from now on
 * @param expiresAtMillis when it ends, by the tracker's clock
 * @param listed whether a dial has proved the id at its URL, so that others hear of it
 * @param peers some others of the network, never the caller
 */
public record LeaseGrant(long leaseMillis, long expiresAtMillis, boolean listed, List<PeerRecord> peers) {
    public LeaseGrant {
        peers = List.copyOf(peers);
    }
}
