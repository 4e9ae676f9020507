package org.cheesecoin.simulator;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.consensus.NetworkParameters;
import org.cheesecoin.chain.node.Input;
import org.cheesecoin.chain.node.Output;
import org.cheesecoin.chain.node.PeerStatus;
import org.cheesecoin.chain.node.Question;
import org.cheesecoin.chain.wire.Message;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.data.Offset.offset;

/** Named histories over whole members. Whatever else a test says, every invariant is checked after every event. */
class ScenarioTest {

    private static final FastSignatures SIGNATURES = new FastSignatures();
    private static final long MINUTE = 60_000;
    /** Hashes a second of all together that make a cheese every ten seconds on the test network. */
    private static final double STEADY = 0.2;

    private static Cluster cluster(long seed, int members) {
        Network network = Cluster.richNetwork(NetworkParameters.test(), SIGNATURES, members);
        return new Cluster(ClusterSettings.of(seed, members, network, SIGNATURES));
    }

    private static Cluster running(long seed, int members) {
        Cluster cluster = cluster(seed, members);
        cluster.startAll();
        cluster.runFor(10_000);
        return cluster;
    }

    private static void payForAWhile(Cluster cluster, int payments) {
        SplittableRandom random = cluster.newRandom();
        for (int i = 0; i < payments; i++) {
            cluster.pay(random.nextInt(cluster.members().size()), random.nextInt(cluster.members().size()));
            cluster.runFor(2_000);
        }
    }

    private static int heightOf(Cluster cluster, int member) {
        return cluster.member(member).node().stack().tip().height();
    }

    @Test
    void twoGroupsThatWereCutEndOnOneTipAndLoseNoPayment() {
        Cluster cluster = running(1, 6);
        cluster.mineAt(STEADY / 6);
        payForAWhile(cluster, 20);
        cluster.network().cut(new int[]{0, 0, 0, 0, 1, 1});
        payForAWhile(cluster, 90);
        int before = cluster.reorganisations();
        assertThat(cluster.member(0).node().stack().tip()).isNotEqualTo(cluster.member(5).node().stack().tip());

        cluster.network().heal();
        cluster.runFor(5 * MINUTE);
        cluster.mineAt(0);
        Settlement settlement = new Settlement(cluster);
        settlement.reach();

        assertThat(cluster.reorganisations()).isGreaterThan(before);
        assertThat(cluster.acknowledged().size()).isGreaterThan(80);
        assertThat(settlement.confirmed()).isGreaterThanOrEqualTo(cluster.acknowledged().size() - 1);
    }

    @Test
    void allMembersRestartAndGoOnFromTheSameTip() {
        Cluster cluster = running(2, 5);
        cluster.mineAt(STEADY / 5);
        payForAWhile(cluster, 60);
        cluster.mineAt(0);
        new Settlement(cluster).reach();
        var tip = cluster.member(0).node().stack().tip();
        cluster.pay(0, 1);
        cluster.runFor(5_000);
        int pending = cluster.member(3).node().mempool().count();
        assertThat(pending).isPositive();

        cluster.setTrackerUp(false);
        cluster.members().forEach(SimulatedMember::crash);
        cluster.runFor(MINUTE);
        cluster.startAll();
        cluster.runFor(MINUTE);

        assertThat(cluster.members()).allSatisfy(member -> {
            assertThat(member.node().stack().tip()).isEqualTo(tip);
            assertThat(member.node().mempool().count()).isEqualTo(pending);
            assertThat(member.node().status().peers()).isNotEmpty();
        });
        cluster.miner(2).mine();
        new Settlement(cluster).reach();
        assertThat(heightOf(cluster, 0)).isEqualTo(tip.height() + 1);
    }

    @Test
    void membersFindEachOtherByGossipWhenTheTrackerIsGone() {
        Cluster cluster = cluster(3, 6);
        cluster.setTrackerUp(false);
        cluster.startAll();
        cluster.runFor(2_000);
        IntStream.range(1, 6).forEach(i -> cluster.member(i).handle(
                new Input.PeerAdded(SimulatedNetwork.urlOf(0))));

        cluster.runFor(5 * MINUTE);
        cluster.member(0).crash();
        cluster.runFor(MINUTE);
        cluster.miner(1).mine();
        cluster.runFor(MINUTE);

        assertThat(IntStream.range(2, 6)).allSatisfy(i -> assertThat(heightOf(cluster, i)).isEqualTo(1));
    }

    @Test
    void aMemberWhoseClockIsSetKeepsItsLinksAndFindsNewOnes() {
        for (long jumpMillis : List.of(-60 * MINUTE, 60 * MINUTE)) {
            Cluster cluster = cluster(7, 5);
            cluster.startAll();
            cluster.runFor(2 * MINUTE);
            SimulatedMember jumper = cluster.member(4);
            List<Long> linksBefore = connectedSince(jumper);
            assertThat(linksBefore).isNotEmpty();

            jumper.clockOffsetMillis = jumpMillis;
            cluster.runFor(5 * MINUTE);
            assertThat(connectedSince(jumper)).as("a jump of %d ms", jumpMillis).isEqualTo(linksBefore);
            jumper.clockOffsetMillis = 0;
            cluster.runFor(5 * MINUTE);
            assertThat(connectedSince(jumper)).as("a jump of %d ms back", jumpMillis).isEqualTo(linksBefore);

            jumper.clockOffsetMillis = jumpMillis;
            cluster.setTrackerUp(false);
            IntStream.range(0, 4).forEach(i -> cluster.member(i).crash());
            cluster.runFor(MINUTE);
            assertThat(jumper.node().status().peers()).isEmpty();
            IntStream.range(0, 4).forEach(i -> cluster.member(i).start());
            cluster.runFor(3 * MINUTE);
            assertThat(jumper.node().status().peers()).as("it dials on").hasSize(4);
        }
    }

    private static List<Long> connectedSince(SimulatedMember member) {
        return member.node().status().peers().stream().map(PeerStatus::connectedMillis).toList();
    }

    @Test
    void aClockFiveMinutesOffDoesNotStopTheOthers() {
        for (long offsetMillis : List.of(-5 * MINUTE, 5 * MINUTE)) {
            Cluster cluster = cluster(4, 5);
            cluster.member(4).clockOffsetMillis = offsetMillis;
            cluster.startAll();
            cluster.runFor(10_000);
            cluster.mineAt(STEADY / 5);
            cluster.runFor(20 * MINUTE);
            cluster.mineAt(0);
            cluster.runFor(10 * MINUTE);
            cluster.miner(0).mine();
            cluster.runFor(MINUTE);

            assertThat(heightOf(cluster, 0)).isGreaterThan(70);
            assertThat(IntStream.range(1, 4)).allSatisfy(
                    i -> assertThat(heightOf(cluster, i)).isEqualTo(heightOf(cluster, 0)));
            // A slow clock sees the newest cheeses as far ahead: it follows, as late as it is slow.
            var tip = cluster.member(4).node().stack().tip();
            assertThat(tip.height()).isGreaterThanOrEqualTo(heightOf(cluster, 0) - 1);
            assertThat(cluster.member(0).node().stack().isOnBestBranch(tip.smell())).isTrue();
            assertThat(cluster.member(4).node().status().clockOffsetMillis())
                    .isCloseTo(-offsetMillis, offset(1_000L));
        }
    }

    @Test
    void aNewMemberSyncsFiveThousandCheesesThoughOnePeerStallsAndOneLies() {
        Cluster cluster = cluster(5, 5);
        cluster.setLiars(1);
        cluster.member(0).start();
        cluster.runFor(1_000);
        for (int i = 0; i < 5_000; i++) {
            cluster.miner(0).mine();
            cluster.runFor(100);
        }
        assertThat(heightOf(cluster, 0)).isEqualTo(5_000);
        List.of(1, 2, 4).forEach(i -> cluster.member(i).start());
        cluster.runFor(2 * MINUTE);
        assertThat(List.of(1, 2, 4)).allSatisfy(i -> assertThat(heightOf(cluster, i)).isEqualTo(5_000));
        cluster.member(2).passes = output -> !(output instanceof Output.Serve(var _, Question.Cheeses _));
        Liar liar = new Liar(cluster, cluster.member(4), cluster.newRandom());
        liar.start();

        cluster.member(3).start();
        cluster.runFor(4 * MINUTE);

        assertThat(heightOf(cluster, 3)).isEqualTo(5_000);
        assertThat(cluster.bans()).isPositive();
    }

    @Test
    void aLiarIsBannedAndNobodyElse() {
        Cluster cluster = cluster(6, 6);
        cluster.setLiars(1);
        Liar liar = new Liar(cluster, cluster.member(5), cluster.newRandom());
        cluster.startAll();
        cluster.runFor(10_000);
        cluster.mineAt(STEADY / 6);
        liar.start();

        // An honest member that blames an honest one breaks an invariant.
        assertThatCode(() -> cluster.runFor(10 * MINUTE)).doesNotThrowAnyException();

        assertThat(cluster.bans()).isGreaterThan(5);
        assertThat(heightOf(cluster, 0)).isGreaterThan(20);
    }

    @Test
    void theSilentPeerIsAskedOnceAndTheOthersServe() {
        Cluster cluster = running(7, 4);
        cluster.member(1).passes = output -> !(output instanceof Output.Answer(var _, Message.Transactions _));
        for (int i = 0; i < 10; i++) {
            cluster.pay(2, 3);
            cluster.runFor(3_000);
        }
        cluster.runFor(MINUTE);

        assertThat(cluster.members()).allSatisfy(
                member -> assertThat(member.node().mempool().count()).isEqualTo(10));
    }
}
