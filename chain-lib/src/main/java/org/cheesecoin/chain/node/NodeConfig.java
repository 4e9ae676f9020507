package org.cheesecoin.chain.node;

import java.util.List;
import java.util.Optional;

import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.crypto.PrivateKey;
import org.cheesecoin.chain.crypto.SignatureScheme;
import org.cheesecoin.chain.mempool.MempoolLimits;
import org.cheesecoin.chain.stack.StackLimits;
import org.cheesecoin.chain.wire.GossipUrl;

/**
 * What a node is given at its start and never changes.
 *
 * @param network its network
 * @param signatures how it signs its handshakes and checks those of others
 * @param nodeKey who it is, never a wallet's key
 * @param listenUrl where others can dial it, if they can
 * @param alwaysDial peers that the owner wants links to
 * @param limits of the node
 * @param mempoolLimits of the mempool
 * @param stackLimits of the stack's caches
 */
public record NodeConfig(
        Network network,
        SignatureScheme signatures,
        PrivateKey nodeKey,
        Optional<GossipUrl> listenUrl,
        List<GossipUrl> alwaysDial,
        NodeLimits limits,
        MempoolLimits mempoolLimits,
        StackLimits stackLimits) {

    public NodeConfig {
        alwaysDial = List.copyOf(alwaysDial);
    }
}
