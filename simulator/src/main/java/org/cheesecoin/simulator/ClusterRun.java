package org.cheesecoin.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.consensus.NetworkParameters;
import org.cheesecoin.chain.crypto.SignatureScheme;

/**
 * The history of one seed: twelve members, the last of which lies, mine and pay while connections break, members crash
 * and the network is cut; then all heals, and what must be true is looked at.
 */
public final class ClusterRun {

    /**
     * What came of a seed.
     *
     * @param seed which
     * @param traceHash the history in one number
     * @param events inputs that nodes took
     * @param height of the tip that all agree on
     * @param reorganisations best branches that lost cheeses
     * @param payments confirmed in the end
     * @param bans that members pronounced
     */
    public record Summary(
            long seed, long traceHash, long events, int height, int reorganisations, int payments, int bans) {}

    /** Members of each cluster. */
    public static final int MEMBERS = 12;

    private static final long TROUBLE_MILLIS = 240_000;
    private static final long HEAL_MILLIS = 120_000;
    private static final long PAYMENT_MILLIS = 2_500;
    private static final long FAULT_MILLIS = 9_000;
    private static final long CLOCK_OFF_MILLIS = 20_000;
    private static final double CHEESES_PER_SPACING = 1.5;
    private static final double HASHES_PER_CHEESE = 2;
    private static final int HONEST = MEMBERS - 1;

    private final long seed;
    private final Cluster cluster;
    private final Liar liar;
    private final SplittableRandom random;
    private boolean troubled = true;

    private ClusterRun(long seed, SignatureScheme signatures) {
        this.seed = seed;
        Network network = Cluster.richNetwork(NetworkParameters.test(), signatures, MEMBERS);
        this.cluster = new Cluster(ClusterSettings.of(seed, MEMBERS, network, signatures));
        this.cluster.setLiars(1);
        this.random = cluster.newRandom();
        this.liar = new Liar(cluster, cluster.member(HONEST), cluster.newRandom());
    }

    /**
     * Lives through the history of a seed.
     *
     * @throws InvariantBroken when something happens that must not
     */
    public static Summary of(long seed, SignatureScheme signatures) {
        return new ClusterRun(seed, signatures).run();
    }

    private Summary run() {
        EventQueue queue = cluster.queue();
        for (SimulatedMember member : cluster.members()) {
            member.clockOffsetMillis = random.nextLong(-CLOCK_OFF_MILLIS / 2, CLOCK_OFF_MILLIS / 2 + 1);
        }
        cluster.startAll();
        queue.after(2_000, () -> mine(true));
        queue.after(3_000, this::pay);
        queue.after(5_000, this::trouble);
        queue.after(6_000, liar::start);
        cluster.runFor(TROUBLE_MILLIS);
        heal();
        cluster.runFor(HEAL_MILLIS);
        mine(false);
        Settlement settlement = new Settlement(cluster);
        settlement.reach();
        return new Summary(
                seed,
                cluster.traceHash(),
                cluster.events(),
                settlement.tip().height(),
                cluster.reorganisations(),
                settlement.confirmed(),
                cluster.bans());
    }

    private void mine(boolean on) {
        double each = HASHES_PER_CHEESE * CHEESES_PER_SPACING / (10.0 * MEMBERS);
        cluster.mineAt(on ? each : 0);
    }

    private void pay() {
        if (!troubled) {
            return;
        }
        int from = random.nextInt(HONEST);
        cluster.pay(from, random.nextInt(HONEST));
        cluster.queue().after(random.nextLong(2 * PAYMENT_MILLIS), this::pay);
    }

    private void trouble() {
        if (!troubled) {
            return;
        }
        switch (random.nextInt(6)) {
            case 0, 1 -> cluster.network().breakOne();
            case 2, 3 -> crashOne();
            case 4 -> cluster.network().cut(groups());
            default -> cluster.network().heal();
        }
        cluster.queue().after(random.nextLong(2 * FAULT_MILLIS), this::trouble);
    }

    private void crashOne() {
        SimulatedMember member = cluster.member(random.nextInt(HONEST));
        if (member.isRunning()) {
            member.crash();
            cluster.queue().after(random.nextLong(200, 40_000), member::start);
        }
    }

    private int[] groups() {
        int[] groups = new int[MEMBERS];
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < MEMBERS; i++) {
            order.add(random.nextInt(order.size() + 1), i);
        }
        int size = 1 + random.nextInt(MEMBERS / 2);
        order.subList(0, size).forEach(index -> groups[index] = 1);
        return groups;
    }

    private void heal() {
        troubled = false;
        liar.stop();
        cluster.network().heal();
    }
}
