package org.cheesecoin.member.metrics;

import java.util.List;

import org.cheesecoin.chain.node.Node;
import org.cheesecoin.chain.node.PeerStatus;

/**
 * A node as it was at the end of a turn, so that whoever scrapes need not wait for the loop.
 *
 * @param tipHeight of the best branch
 * @param tipTimeMillis the time that the tip's header carries
 * @param mempoolTransactions how many wait
 * @param mempoolBytes their encodings
 * @param minimumCrumbsPerByte what a payment pays at least to be taken now
 * @param inbound peers that dialled this member
 * @param outbound peers that it dialled
 */
record NodeSample(
        int tipHeight,
        long tipTimeMillis,
        int mempoolTransactions,
        long mempoolBytes,
        double minimumCrumbsPerByte,
        int inbound,
        int outbound) {

    /** Before the first turn. */
    static final NodeSample NONE = new NodeSample(0, 0, 0, 0, 0, 0, 0);

    static NodeSample of(Node node, long steadyMillis) {
        List<PeerStatus> peers = node.status().peers();
        int outbound = (int) peers.stream().filter(it -> it.dialled().isPresent()).count();
        return new NodeSample(
                node.stack().tip().height(),
                node.stack().tip().header().timeMillis(),
                node.mempool().count(),
                node.mempool().sizeBytes(),
                node.mempool().minimumRate(steadyMillis).crumbsPerByte(),
                peers.size() - outbound,
                outbound);
    }
}
