package org.cheesecoin.tracker.liveness;

import org.cheesecoin.chain.crypto.PrivateKey;
import org.cheesecoin.chain.crypto.SignatureScheme;
import org.cheesecoin.chain.wire.NodeId;

/**
 * As whom the tracker dials.
 *
 * @param nodeId its id
 * @param key the key that proves it
 */
public record TrackerIdentity(NodeId nodeId, PrivateKey key) {

    /** The identity of this key. */
    public static TrackerIdentity of(PrivateKey key, SignatureScheme signatures) {
        return new TrackerIdentity(new NodeId(signatures.publicKey(key)), key);
    }
}
