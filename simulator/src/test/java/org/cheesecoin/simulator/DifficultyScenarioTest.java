package org.cheesecoin.simulator;

import java.util.ArrayList;
import java.util.List;

import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.consensus.NetworkParameters;
import org.cheesecoin.chain.consensus.StackedHeader;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The difficulty rule over whole members that mine, gossip and reorganise, in virtual time. */
class DifficultyScenarioTest {

    private static final long MINUTE = 60_000;
    private static final int MEMBERS = 4;
    /** Meets 1,024 hashes a cheese at first, so that the easiest target is about one hash. */
    private static final int FIRST_TARGET = 0x1f3f_ffff;
    private static final double STEADY_EACH = 102.4 / MEMBERS;

    private static Cluster running(long seed) {
        NetworkParameters test = NetworkParameters.test();
        Network network = Network.of(new NetworkParameters(
                "retargets",
                test.blueTimeMillis(),
                FIRST_TARGET,
                NetworkParameters.Retargeting.STEPWISE,
                test.spacingMillis(),
                test.halfLifeMillis(),
                1_024,
                test.onDemandMining(),
                test.coinbaseMaturity(),
                test.firstSubsidyCrumbs(),
                test.halvingInterval(),
                List.of()));
        Cluster cluster = new Cluster(ClusterSettings.of(seed, MEMBERS, network, new FastSignatures()));
        cluster.startAll();
        cluster.runFor(5_000);
        cluster.mineAt(STEADY_EACH);
        return cluster;
    }

    private static StackedHeader tip(Cluster cluster) {
        return cluster.member(0).node().stack().tip();
    }

    /** Spacings of the best branch above this height. */
    private static List<Long> spacings(Cluster cluster, int aboveHeight) {
        List<Long> spacings = new ArrayList<>();
        for (int height = aboveHeight + 1; height <= tip(cluster).height(); height++) {
            StackedHeader header = cluster.member(0).node().stack().headerAt(height).orElseThrow();
            spacings.add(header.header().timeMillis() - header.parentTimeMillis());
        }
        return spacings;
    }

    private static double mean(List<Long> values) {
        return values.stream().mapToLong(value -> value).average().orElseThrow();
    }

    @Test
    void settlesAtTenSeconds() {
        Cluster cluster = running(1);
        cluster.runFor(20 * MINUTE);
        int settled = tip(cluster).height();

        cluster.runFor(200 * MINUTE);

        assertThat(mean(spacings(cluster, settled))).isBetween(9_300.0, 10_700.0);
    }

    @Test
    void theTenCheesesAfterANightComeAsUsual() {
        List<Long> after = new ArrayList<>();
        for (long seed = 1; seed <= 12; seed++) {
            Cluster cluster = running(seed);
            cluster.runFor(20 * MINUTE);
            cluster.mineAt(0);
            cluster.members().forEach(SimulatedMember::crash);
            cluster.runFor(8 * 60 * MINUTE);
            cluster.startAll();
            cluster.runFor(5_000);
            cluster.mineAt(STEADY_EACH);
            int before = tip(cluster).height();
            cluster.runFor(20 * MINUTE);
            // The first one ends the night.
            after.addAll(spacings(cluster, before + 1).subList(0, 10));
        }

        assertThat(mean(after)).isBetween(6_000.0, 10_000.0);
    }

    @Test
    void noWaitExceedsTenMinutesAfterAFallToAHundredth() {
        for (long seed = 1; seed <= 8; seed++) {
            Cluster cluster = running(seed);
            cluster.runFor(20 * MINUTE);
            int before = tip(cluster).height();
            cluster.mineAt(STEADY_EACH / 100);
            cluster.runFor(120 * MINUTE);

            assertThat(spacings(cluster, before)).isNotEmpty().allMatch(spacing -> spacing < 10 * MINUTE);
        }
    }
}
