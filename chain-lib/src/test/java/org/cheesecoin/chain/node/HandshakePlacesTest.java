package org.cheesecoin.chain.node;

import java.util.ArrayList;
import java.util.List;

import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.testing.TestWorld;
import org.cheesecoin.chain.wire.Message;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What those may take who have not proved who they are. */
class HandshakePlacesTest {

    private static final int PLACES = NodeLimits.defaults().openHandshakes();

    private final NodeBench bench = NodeBench.on(TestWorld.fresh().network());
    private int lastKey;

    private TestPeer open(String address) {
        TestPeer peer = bench.stranger(++lastKey);
        peer.address = address;
        peer.open();
        return peer;
    }

    private List<TestPeer> open(String address, int count) {
        List<TestPeer> peers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            peers.add(open(address));
        }
        return peers;
    }

    private boolean isOpen(TestPeer peer) {
        return NodeBench.closed(bench.outputs, peer.link).isEmpty();
    }

    @Test
    void newcomersJoinThroughAFloodOfSilentConnectionsFromTheirOwnAddress() {
        for (int second = 0; second < 58; second++) {
            open("10.1.1.1", 31);
            TestPeer newcomer = open("10.1.1.1");
            open("10.1.1.1", 16);
            newcomer.hello();
            open("10.1.1.1", 16);
            newcomer.proof();
            bench.pass(1_000);

            assertThat(newcomer.isReady()).isTrue();
            newcomer.leave();
        }
    }

    @Test
    void theOldestSilentOneOfTheMostCrowdedAddressGivesWay() {
        TestPeer lonely = open("10.2.2.2");
        List<TestPeer> crowd = open("10.1.1.1", PLACES - 1);
        crowd.getFirst().hello();

        TestPeer newcomer = open("10.3.3.3");

        assertThat(NodeBench.closed(bench.outputs, crowd.get(1).link)).containsExactly(Rule.NET_SLOTS);
        assertThat(List.of(lonely, crowd.getFirst(), crowd.getLast(), newcomer)).allMatch(this::isOpen);
    }

    @Test
    void whoHasSaidHelloGivesWayWhereAllOfTheCrowdHave() {
        TestPeer lonely = open("10.2.2.2");
        List<TestPeer> crowd = open("10.1.1.1", PLACES - 4);
        crowd.subList(0, 59).forEach(TestPeer::hello);
        open("10.4.4.4", PLACES - 1 - crowd.size());
        crowd.subList(59, crowd.size()).forEach(TestPeer::hello);

        open("10.3.3.3");

        assertThat(NodeBench.closed(bench.outputs, crowd.getFirst().link)).containsExactly(Rule.NET_SLOTS);
        assertThat(isOpen(lonely)).isTrue();
    }

    @Test
    void theAddressesOfOneIpv6CustomerCountAsOne() {
        TestPeer lonely = open("2001:db8:0:2:0:0:0:1");
        for (int i = 0; i < PLACES; i++) {
            open("2001:db8:0:1:0:0:0:" + i);
        }
        open("2001:db8:0:3:0:0:0:1");

        assertThat(isOpen(lonely)).isTrue();
    }

    @Test
    void thosePlacesAreNotForLinksThatAreClosing() {
        List<TestPeer> silent = open("10.1.1.1", PLACES);
        bench.pass(NodeLimits.defaults().handshakeMillis() + 1);
        assertThat(silent).noneMatch(this::isOpen);

        List<TestPeer> others = open("10.1.1.1", PLACES);

        assertThat(others).allMatch(this::isOpen);
    }

    @Test
    void oneAddressBeginsSoManyHandshakesAndOthersGoOn() {
        List<Rule> closed = new ArrayList<>();
        for (int i = 0; i <= HandshakePlaces.ADDRESS_BURST; i++) {
            TestPeer peer = open("10.1.1.1");
            closed.addAll(NodeBench.closed(peer.hello(), peer.link));
            peer.leave();
        }
        assertThat(closed).containsExactly(Rule.NET_RATE);
        TestPeer other = open("10.2.2.2");
        assertThat(NodeBench.closed(other.hello(), other.link)).isEmpty();

        bench.nowMillis += 1_000;

        TestPeer again = open("10.1.1.1");
        assertThat(NodeBench.closed(again.hello(), again.link)).isEmpty();
    }

    @Test
    void allAddressesTogetherBeginSoManyHandshakes() {
        List<Rule> closed = new ArrayList<>();
        for (int i = 0; i <= HandshakePlaces.ALL_BURST; i++) {
            TestPeer peer = open("10.1." + i / 200 + "." + i % 200);
            closed.addAll(NodeBench.closed(peer.hello(), peer.link));
            peer.leave();
        }

        assertThat(closed).containsExactly(Rule.NET_RATE);
    }

    @Test
    void anIdThatIsOnlyClaimedIsBlamedForNothing() {
        for (int i = 0; i < 20; i++) {
            TestPeer claims = bench.stranger(1);
            claims.open();
            claims.hello();
            bench.frame(claims.link, new byte[]{(byte) 0xee});
            TestPeer asks = bench.stranger(1);
            asks.open();
            asks.hello();
            asks.say(new Message.GetPeers());
        }

        assertThat(NodeBench.only(bench.outputs, Output.Banned.class)).isEmpty();
        assertThat(bench.peer(1).isReady()).isTrue();
    }

    @Test
    void theTimeOfAHandshakeIsUpWhateverArrives() {
        TestPeer talks = open("10.1.1.1");
        talks.hello();
        for (int i = 0; i < 101 && isOpen(talks); i++) {
            bench.pass(100);
        }

        assertThat(NodeBench.closed(bench.outputs, talks.link)).containsExactly(Rule.NET_TIMEOUT);
    }
}
