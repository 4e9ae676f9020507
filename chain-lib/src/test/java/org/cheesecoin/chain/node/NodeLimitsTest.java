package org.cheesecoin.chain.node;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.testing.Records;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestWorld;
import org.cheesecoin.chain.wire.GossipUrl;
import org.cheesecoin.chain.wire.Message;
import org.cheesecoin.chain.wire.NodeId;
import org.cheesecoin.chain.wire.Proofs;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Limits of a node that have no home in another test. Those of the way of a payment are in {@link RelayLimitsTest}. */
class NodeLimitsTest {

    private final TestWorld world = TestWorld.fresh().mineEmpty(10);

    private static NodeLimits limits(String limit, Object value) {
        return Records.with(NodeLimits.defaults(), limit, value);
    }

    private static Message headers(Stream<Cheese> cheeses) {
        return new Message.Headers(cheeses.map(Cheese::header).toList());
    }

    private static Ban ban(int key) {
        String nodeIdHex = new NodeId(TestKeys.key(key).publicKey()).toHex();
        return new Ban(nodeIdHex, "10.1.1.1", NodeBench.START_MILLIS + 1_000_000, Rule.ENC_VALUE.id());
    }

    @Test
    void soManyBansAreKeptAndTheOldestEnds() {
        Memory memory = new Memory(List.of(), List.of(), List.of(ban(1), ban(2), ban(1), ban(3)));
        NodeBench bench = NodeBench.of(world.network(), limits("bans", 2), memory);
        bench.pass(100);
        List<Integer> letIn = new ArrayList<>();
        for (int key = 1; key <= 3; key++) {
            TestPeer peer = bench.stranger(key);
            peer.open();
            if (NodeBench.closed(peer.hello(), peer.link).isEmpty()) {
                letIn.add(key);
            }
        }

        assertThat(letIn).containsExactly(2);
    }

    @Test
    void soManyEarlyHeadersWaitForTheirTime() {
        NodeBench bench = NodeBench.in(world, limits("earlyHeaders", 1));
        TestPeer one = bench.peer(1);
        TestPeer other = bench.peer(2);
        one.say(headers(Stream.of(world.next(bench.nowMillis + 60_000))));
        other.say(headers(Stream.of(world.next(bench.nowMillis + 60_001))));

        List<Output> outputs = bench.pass(31_000);

        assertThat(one.heard(outputs, Message.GetCheeses.class)).hasSize(1);
        assertThat(other.heard(outputs, Message.GetCheeses.class)).isEmpty();
    }

    @Test
    void soManyPeersAreKeptAndTheOldestThatWasNeverReachedGoes() {
        NodeBench bench = NodeBench.with(world.network(), limits("knownPeers", 2));
        List<GossipUrl> urls = new ArrayList<>();
        for (int key = 1; key <= 3; key++) {
            urls.add(new GossipUrl("ws://peer-" + key + ":9000/gossip"));
            bench.handle(new Input.PeersLearned(List.of(Proofs.signPeerRecord(TestKeys.SCHEME,
                    TestKeys.key(key).privateKey(), world.network().id(), urls.getLast(),
                    NodeBench.START_MILLIS)), "10.0.0." + key));
        }

        assertThat(bench.node.status().knownPeers()).extracting(KnownPeer::url)
                .containsExactlyElementsOf(urls.subList(1, 3));
    }

    @Test
    void asksOnForHeadersOnlyWhileThereIsRoomForMore() {
        TestWorld tall = TestWorld.fresh().mineEmpty(2_010);
        NodeBench bench = NodeBench.with(tall.network(), limits("headersAhead", 4_000));
        TestPeer peer = bench.stranger(1);
        peer.work = tall.tip().totalWork().hashes();
        peer.height = tall.tip().height();
        peer.join();

        List<Output> outputs = peer.say(headers(tall.cheeses().subList(1, 2_001).stream()));

        assertThat(peer.heard(outputs, Message.GetHeaders.class)).isEmpty();
    }

    @Test
    void asksOnForHeadersOnceThereIsRoomWhateverThePeersHelloClaimed() {
        TestWorld tall = TestWorld.fresh().mineEmpty(2_010);
        NodeBench bench = NodeBench.with(tall.network(), limits("headersAhead", 4_000));
        ServingPeer peer = new ServingPeer(bench, 1, tall);
        peer.peer.work = BigInteger.ZERO;
        peer.peer.height = 0;
        peer.join();

        peer.announce(List.of(tall.cheeses().getLast()));
        peer.answer(bench.pass(5_000));

        assertThat(bench.node.stack().tip().height()).isEqualTo(2_010);
    }
}
