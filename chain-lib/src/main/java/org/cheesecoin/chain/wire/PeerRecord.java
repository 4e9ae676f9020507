package org.cheesecoin.chain.wire;

import org.cheesecoin.chain.cheese.MalformedException;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.crypto.Signature;

/**
 * A member's own word for where it listens, which others may pass on.
 *
 * @param networkId of its network
 * @param nodeId whose word it is
 * @param url where it listens
 * @param issuedAtMillis when it said so, by its own clock; a later word replaces an earlier one
 * @param signature of its node key over {@link Proofs#peerRecordDigest}
 */
public record PeerRecord(Smell networkId, NodeId nodeId, GossipUrl url, long issuedAtMillis, Signature signature)
        implements PeerWord {

    /**
     * Checks ENC-VALUE.
     *
     * @throws MalformedException if the time is not from 0 to 2^53 - 1
     */
    public PeerRecord {
        WireFields.requireTime("issuedAtMillis", issuedAtMillis);
    }
}
