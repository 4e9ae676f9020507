package org.cheesecoin.simulator;

import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.crypto.SignatureScheme;
import org.cheesecoin.chain.node.NodeLimits;

/**
 * What a cluster is made of.
 *
 * @param seed gives the whole history
 * @param members how many, of which the last ones may lie
 * @param network whose targets are easy: nonces are searched for real
 * @param signatures how everybody signs
 * @param limits of every node
 * @param tickMillis pause between two ticks
 * @param minLatencyMillis least time that a frame takes
 * @param maxLatencyMillis most time that it takes, but for what waits before it on its link
 */
public record ClusterSettings(
        long seed,
        int members,
        Network network,
        SignatureScheme signatures,
        NodeLimits limits,
        long tickMillis,
        long minLatencyMillis,
        long maxLatencyMillis) {

    private static final int OUTBOUND_LINKS = 3;
    private static final long TICK_MILLIS = 500;

    /** Members on a network of this kind: few links each, so that news takes several hops. */
    public static ClusterSettings of(long seed, int members, Network network, SignatureScheme signatures) {
        return new ClusterSettings(
                seed, members, network, signatures, NodeLimits.defaults().withOutboundLinks(OUTBOUND_LINKS),
                TICK_MILLIS, 5, 400);
    }

    /** The same with other limits. */
    public ClusterSettings withLimits(NodeLimits newLimits) {
        return new ClusterSettings(
                seed, members, network, signatures, newLimits, tickMillis, minLatencyMillis, maxLatencyMillis);
    }
}
