package org.cheesecoin.chain.node;

import java.util.random.RandomGenerator;

import org.cheesecoin.chain.wire.NodeId;

/** What the parts of a node share. */
record Parts(
        NodeId self,
        Links links,
        Discipline discipline,
        Strangers strangers,
        Outbox outbox,
        RandomGenerator random) {}
