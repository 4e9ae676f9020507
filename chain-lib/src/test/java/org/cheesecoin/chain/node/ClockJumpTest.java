package org.cheesecoin.chain.node;

import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.mempool.MempoolLimits;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestWorld;
import org.cheesecoin.chain.wire.GossipUrl;
import org.cheesecoin.chain.wire.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The machine's clock is set back or forward while the node runs: nothing that waits stands still or is over at once. */
class ClockJumpTest {

    private static final long BACK = -3_600_000;
    private static final long FORWARD = 3_600_000;
    private static final GossipUrl URL = new GossipUrl("ws://other:9000/gossip");

    private final TestWorld world = TestWorld.rich(3);
    private final NodeBench bench = NodeBench.in(world);
    private final NodeLimits limits = NodeLimits.defaults();

    @ParameterizedTest
    @ValueSource(longs = {BACK, FORWARD})
    void aHandshakeHasItsTimeAndNoMore(long jumpMillis) {
        TestPeer stranger = bench.stranger(1);
        stranger.open();
        bench.clockAheadMillis = jumpMillis;

        assertThat(NodeBench.closed(bench.pass(limits.handshakeMillis()), stranger.link)).isEmpty();
        assertThat(NodeBench.closed(bench.pass(1), stranger.link)).containsExactly(Rule.NET_TIMEOUT);
    }

    @ParameterizedTest
    @ValueSource(longs = {BACK, FORWARD})
    void aSilentPeerIsPingedAndLetGoInTime(long jumpMillis) {
        TestPeer peer = bench.peer(1);
        bench.clockAheadMillis = jumpMillis;

        assertThat(peer.heard(bench.pass(limits.pingMillis()), Message.Ping.class)).isEmpty();
        assertThat(peer.heard(bench.pass(1), Message.Ping.class)).hasSize(1);
        bench.clockAheadMillis = 0;
        assertThat(NodeBench.closed(bench.pass(limits.pongMillis()), peer.link)).isEmpty();
        assertThat(NodeBench.closed(bench.pass(1), peer.link)).containsExactly(Rule.NET_TIMEOUT);
    }

    @ParameterizedTest
    @ValueSource(longs = {BACK, FORWARD})
    void whatIsOwedIsWaitedForAsLongAsEver(long jumpMillis) {
        TestWorld taller = world.copy().mineEmpty(20);
        TestPeer peer = bench.stranger(1);
        peer.height = taller.tip().height();
        peer.work = taller.tip().totalWork().hashes();
        peer.join();
        bench.clockAheadMillis = jumpMillis;

        assertThat(NodeBench.closed(bench.pass(limits.requestMillis()), peer.link)).isEmpty();
        assertThat(NodeBench.closed(bench.pass(1), peer.link)).as("no headers").containsExactly(Rule.NET_TIMEOUT);
    }

    /** Trackers and peers refuse a record from the future. */
    @Test
    void signsItsOwnRecordAnewWhereTheClockIsSetBackBehindIt() {
        long before = bench.node.status().ownRecord().orElseThrow().issuedAtMillis();
        bench.clockAheadMillis = BACK;
        bench.pass(1);

        assertThat(bench.node.status().ownRecord().orElseThrow().issuedAtMillis()).isLessThan(before + BACK / 2);
    }

    @ParameterizedTest
    @ValueSource(longs = {BACK, FORWARD})
    void dialsAgainAfterItsPauseAndNotBefore(long jumpMillis) {
        bench.handle(new Input.PeerAdded(URL));
        assertThat(NodeBench.only(bench.pass(1), Output.Dial.class)).hasSize(1);
        bench.handle(new Input.DialFailed(URL, "nothing answers there"));
        bench.clockAheadMillis = jumpMillis;

        assertThat(NodeBench.only(bench.pass(1), Output.Dial.class)).isEmpty();
        assertThat(NodeBench.only(bench.pass(2 * limits.redialMillis()), Output.Dial.class)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {BACK, FORWARD})
    void aBanLastsAsLongAsEver(long jumpMillis) {
        TestPeer liar = bench.peer(1);
        bench.frame(liar.link, new byte[]{(byte) 0xee});
        bench.clockAheadMillis = jumpMillis;

        bench.pass(limits.banMillis() - 1);
        TestPeer again = bench.stranger(1);
        again.open();
        assertThat(NodeBench.closed(again.hello(), again.link)).containsExactly(Rule.NET_BANNED);
        bench.pass(1);
        assertThat(bench.peer(1).isReady()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {BACK, FORWARD})
    void aBanFromBeforeTheStartLastsNoLongerThanABan(long jumpMillis) {
        Ban stored = new Ban(new TestPeer(bench, TestKeys.key(1)).id().toHex(), "10.1.1.1",
                NodeBench.START_MILLIS + limits.banMillis() - jumpMillis, "NET-SLOW");
        NodeBench fresh = NodeBench.of(world.network(), limits, new Memory(List.of(), List.of(), List.of(stored)));

        fresh.pass(limits.banMillis());

        assertThat(fresh.peer(1).isReady()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {100 * BACK, 100 * FORWARD})
    void aPaymentWaitsAsLongAsEver(long jumpMillis) {
        Payment payment = world.pay(world.allocation(1), TestKeys.key(5), 1_000, 500);
        bench.handle(new Input.TransactionSubmitted(new SubmissionId(1), payment));
        assertThat(bench.node.mempool().count()).isEqualTo(1);
        bench.clockAheadMillis = jumpMillis;

        bench.pass(MempoolLimits.DEFAULT.paymentMillis() - 1);
        assertThat(bench.node.mempool().count()).isEqualTo(1);
        bench.pass(1);
        assertThat(bench.node.mempool().count()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {BACK, FORWARD})
    void anAllowanceComesBackAtItsRate(long jumpMillis) {
        TestPeer peer = bench.peer(1);
        List<Rule> refused = floodOf(peer);
        assertThat(refused).containsOnly(Rule.NET_RATE);
        bench.clockAheadMillis = jumpMillis;

        assertThat(peer.rejects(peer.say(new Message.Have(List.of())))).as("nothing came back yet")
                .containsExactly(Rule.NET_RATE);
        bench.pass(1_000);
        assertThat(peer.rejects(peer.say(new Message.Have(List.of())))).isEmpty();
    }

    private static List<Rule> floodOf(TestPeer peer) {
        while (true) {
            List<Rule> rejects = peer.rejects(peer.say(new Message.Have(List.of())));
            if (!rejects.isEmpty()) {
                return rejects;
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {BACK, FORWARD})
    void measuresAPeersClockByItsOwnClockOfNow(long jumpMillis) {
        TestPeer peer = bench.peer(1);
        Message.Ping ping = peer.heard(bench.pass(limits.pingMillis() + 1), Message.Ping.class).getFirst();
        bench.nowMillis += 200;
        peer.say(new Message.Pong(ping.nonce(), bench.nowMillis - 100));
        assertThat(bench.node.status().clockOffsetMillis()).isZero();

        bench.clockAheadMillis = jumpMillis;
        bench.handle(new Input.Tick());

        assertThat(bench.node.status().clockOffsetMillis()).isEqualTo(-jumpMillis);
        assertThat(bench.node.status().peers().getFirst().clockOffsetMillis()).hasValue(-jumpMillis);
        assertThat(bench.node.status().peers().getFirst().roundTripMillis()).isEqualTo(200);
    }

    @Test
    void ofAnEvenNumberOfPeersNeitherHalfsWordIsTakenAgainstItsOwnClock() {
        assertThat(offsetWith(0, FORWARD)).isZero();
        assertThat(offsetWith(BACK, 0)).isZero();
        assertThat(offsetWith(0, 10, FORWARD, FORWARD)).isEqualTo(10);
        assertThat(offsetWith(FORWARD, FORWARD)).isEqualTo(FORWARD);
        assertThat(offsetWith(0, FORWARD, FORWARD)).isEqualTo(FORWARD);
    }

    private long offsetWith(long... offsetsMillis) {
        NodeBench fresh = NodeBench.in(world);
        List<TestPeer> peers = LongStream.range(0, offsetsMillis.length).mapToObj(i -> fresh.peer((int) i + 1))
                .toList();
        List<Output> outputs = fresh.pass(limits.pingMillis() + 1);
        for (int i = 0; i < offsetsMillis.length; i++) {
            Message.Ping ping = peers.get(i).heard(outputs, Message.Ping.class).getFirst();
            peers.get(i).say(new Message.Pong(ping.nonce(), fresh.nowMillis + offsetsMillis[i]));
        }
        return fresh.node.status().clockOffsetMillis();
    }

    @ParameterizedTest
    @ValueSource(longs = {BACK, FORWARD})
    void signsAndShowsTimesOfTheMachinesClock(long jumpMillis) {
        bench.clockAheadMillis = jumpMillis;
        TestPeer peer = bench.peer(1);
        long clockMillis = bench.nowMillis + jumpMillis;

        assertThat(peer.heard(peer.say(new Message.Ping(5)))).containsExactly(new Message.Pong(5, clockMillis));
        assertThat(bench.node.status().peers().getFirst().connectedMillis()).isEqualTo(clockMillis);
        Payment payment = world.pay(world.allocation(1), TestKeys.key(5), 1_000, 500);
        bench.handle(new Input.TransactionSubmitted(new SubmissionId(1), payment));
        assertThat(bench.node.mempool().entries().iterator().next().arrivedMillis()).isEqualTo(clockMillis);
    }

    @ParameterizedTest
    @ValueSource(longs = {30_001, 120_001})
    void saysOfACheeseOfOursThatItIsTooEarlyAndWhy(long aheadMillis) {
        Cheese early = world.next(bench.nowMillis + aheadMillis);

        List<Output> outputs = bench.handle(new Input.CheeseMined(early));

        assertThat(NodeBench.only(outputs, Output.Refused.class)).singleElement().satisfies(refused -> {
            assertThat(refused.link()).isEqualTo(Optional.empty());
            assertThat(refused.violation().rule()).isEqualTo(Rule.HDR_TIME_EARLY);
            assertThat(refused.violation().values())
                    .containsEntry("timeMillis", Long.toString(early.header().timeMillis()))
                    .containsEntry("clockMillis", Long.toString(bench.nowMillis))
                    .containsEntry("parentTimeMillis", Long.toString(world.tip().header().timeMillis()));
        });
    }
}
