package org.cheesecoin.simulator;

import java.util.random.RandomGenerator;

/** A member that lies. */
final class Liar {
    private final Cluster cluster;
    private final SimulatedMember member;
    private final RandomGenerator random;

    Liar(Cluster cluster, SimulatedMember member, RandomGenerator random) {
        this.cluster = cluster;
        this.member = member;
        this.random = random;
    }

    void start() {}

    void stop() {}
}
