package org.cheesecoin.tracker.registry;

import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.wire.GossipUrl;
import org.cheesecoin.chain.wire.NodeId;

/**
 * A dial that is due. Whoever takes one hands in its result.
 *
 * @param number distinguishes it from other dials
 * @param nodeId who should answer
 * @param networkId for which network
 * @param url where
 */
public record Dial(long number, NodeId nodeId, Smell networkId, GossipUrl url) {}
