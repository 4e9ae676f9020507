package org.cheesecoin.chain.node;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.testing.Records;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestWorld;
import org.cheesecoin.chain.wire.GossipUrl;
import org.cheesecoin.chain.wire.Message;
import org.cheesecoin.chain.wire.MessageCodec;
import org.cheesecoin.chain.wire.PeerRecord;
import org.cheesecoin.chain.wire.Proofs;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PeersTest {

    private static final TestWorld RICH = TestWorld.rich(200);
    private static final Network NETWORK = RICH.network();

    private final NodeBench bench = NodeBench.on(NETWORK);

    private static GossipUrl url(int number) {
        return new GossipUrl("ws://peer-" + number + ":9000/gossip");
    }

    private static PeerRecord record(int key) {
        return Proofs.signPeerRecord(
                TestKeys.SCHEME, TestKeys.key(key).privateKey(), NETWORK.id(), url(key), NodeBench.START_MILLIS);
    }

    private List<PeerRecord> records(int from, int to) {
        List<PeerRecord> records = new ArrayList<>();
        for (int i = from; i < to; i++) {
            records.add(record(i));
        }
        return records;
    }

    @Test
    void dialsWhatItLearnedUpToItsSlots() {
        bench.handle(new Input.PeersLearned(records(1, 20), "http://tracker:8080"));

        assertThat(NodeBench.only(bench.pass(100), Output.Dial.class))
                .hasSize(NodeLimits.defaults().outboundLinks())
                .doesNotHaveDuplicates();
    }

    @Test
    void oneSourceFillsOnlyItsBucket() {
        for (int i = 0; i < 5; i++) {
            bench.nowMillis += 10_000;
            bench.handle(new Input.PeersLearned(records(1 + 100 * i, 101 + 100 * i), "10.0.0.1"));
        }
        assertThat(bench.node.status().knownPeers()).hasSize(NodeLimits.defaults().peersPerSource());

        bench.nowMillis += 10_000;
        bench.handle(new Input.PeersLearned(records(1_000, 1_010), "10.0.0.2"));
        assertThat(bench.node.status().knownPeers()).hasSize(NodeLimits.defaults().peersPerSource() + 10);
    }

    private static NodeBench smallBook() {
        return NodeBench.with(NETWORK, Records.with(Records.with(Records.with(
                NodeLimits.defaults(), "knownPeers", 20), "peersPerSource", 5), "outboundLinks", 1));
    }

    private void tell(NodeBench small, int from, int to, String source) {
        small.nowMillis += 10_000;
        small.handle(new Input.PeersLearned(records(from, to), source));
    }

    @Test
    void namesThatStrangersTellDoNotPushOutThoseOfAQuieterSource() {
        NodeBench small = smallBook();
        tell(small, 1, 4, "http://tracker:8080");
        for (int stranger = 1; stranger <= 5; stranger++) {
            tell(small, 100 * stranger, 100 * stranger + 5, "10.0.0." + stranger);
        }

        assertThat(small.node.status().knownPeers()).hasSize(20)
                .extracting(KnownPeer::url).contains(url(1), url(2), url(3));
    }

    @Test
    void aBookFullOfStrangersThatWereReachedOnceTakesInOthersStill() {
        List<KnownPeer> reached = IntStream.range(0, 20)
                .mapToObj(number -> new KnownPeer(url(number), Optional.empty(), Optional.empty(),
                        "10.0.0." + number / 5, NodeBench.START_MILLIS - 1_000 + number))
                .toList();
        NodeBench small = NodeBench.of(NETWORK, Records.with(NodeLimits.defaults(), "knownPeers", 20),
                new Memory(List.of(), reached, List.of()));

        tell(small, 100, 101, "http://tracker:8080");

        assertThat(small.node.status().knownPeers()).hasSize(20)
                .extracting(KnownPeer::url).contains(url(100)).doesNotContain(url(0));
    }

    @Test
    void blamesAForgedRecord() {
        TestPeer peer = bench.peer(1);
        PeerRecord honest = record(1);
        PeerRecord forged = new PeerRecord(
                NETWORK.id(), honest.nodeId(), url(2), honest.issuedAtMillis(), honest.signature());

        assertThat(peer.rejects(peer.say(new Message.Peers(List.of(forged))))).containsExactly(Rule.NET_PEER_RECORD);
        assertThat(bench.node.status().knownPeers()).isEmpty();
    }

    /** As a member of an earlier version would tell of these, to whom {@code peer_2} is a host. */
    private static byte[] oldWord(int... keys) {
        List<PeerRecord> told = Arrays.stream(keys).mapToObj(PeersTest::record).toList();
        String frame = new String(MessageCodec.encode(Message.Peers.of(told)), StandardCharsets.ISO_8859_1);
        return frame.replace("//peer-2:", "//peer_2:").getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void blamesNobodyForAnothersAddressThatCannotBeDialled() {
        TestPeer peer = bench.peer(1);

        assertThat(peer.rejects(bench.frame(peer.link, oldWord(2, 3)))).isEmpty();
        assertThat(peer.isReady()).isTrue();
        assertThat(bench.node.status().knownPeers()).extracting(KnownPeer::url).containsExactly(url(3));
    }

    @Test
    void addressesThatCannotBeDialledCountAsAnAnswerToo() {
        TestPeer peer = bench.peer(1);

        assertThat(peer.rejects(bench.frame(peer.link, oldWord(2, 2)))).as("was asked for").isEmpty();
        assertThat(peer.rejects(bench.frame(peer.link, oldWord(2)))).containsExactly(Rule.NET_UNSOLICITED);
    }

    @Test
    void blamesAPeerForItsOwnAddressThatCannotBeDialled() {
        TestPeer peer = bench.peer(2);

        assertThat(peer.rejects(bench.frame(peer.link, oldWord(2)))).containsExactly(Rule.ENC_VALUE);
        assertThat(peer.isReady()).isFalse();
    }

    @Test
    void passesOnThoseWhoDialledItAndProvedTheirId() {
        TestPeer first = bench.peer(1);
        first.say(new Message.Peers(List.of(record(1))));
        TestPeer second = bench.peer(2);

        assertThat(second.heard(second.say(new Message.GetPeers())))
                .containsExactly(new Message.Peers(List.of(record(1))));
    }

    @Test
    void pausesGrowAndJitterAndGoOnForEver() {
        bench.handle(new Input.PeerAdded(url(1)));
        List<Long> pauses = new ArrayList<>();
        long last = bench.nowMillis;
        for (int i = 0; i < 20; i++) {
            while (NodeBench.only(bench.pass(100), Output.Dial.class).isEmpty()) {
                assertThat(bench.nowMillis - last).isLessThan(61_000);
            }
            pauses.add(bench.nowMillis - last);
            last = bench.nowMillis;
            bench.handle(new Input.DialFailed(url(1), "nothing answers there"));
        }

        assertThat(pauses.get(2)).isLessThan(5_000);
        assertThat(pauses.subList(10, 20)).allMatch(pause -> pause >= 30_000 && pause <= 60_100);
        assertThat(pauses.subList(10, 20).stream().distinct().count()).isGreaterThan(3);
    }

    @Test
    void doesNotDialAnOwnersPeerThatDialledIt() {
        bench.handle(new Input.PeerAdded(url(1)));
        TestPeer peer = bench.peer(1);
        peer.say(new Message.Peers(List.of(record(1))));

        assertThat(NodeBench.only(bench.pass(100), Output.Dial.class)).isEmpty();
        peer.leave();
        assertThat(NodeBench.only(bench.pass(100), Output.Dial.class)).containsExactly(new Output.Dial(url(1)));
    }

    @Test
    void forgetsAPeerThatWasNeverReached() {
        bench.handle(new Input.PeersLearned(List.of(record(1)), "http://tracker:8080"));
        for (int i = 0; i < 8; i++) {
            bench.handle(new Input.DialFailed(url(1), "nothing answers there"));
        }

        assertThat(bench.node.status().knownPeers()).isEmpty();
        assertThat(bench.changes).contains(new Change.PeerForgotten(url(1)));
    }

    @Test
    void givesUpTheLeastUsefulOfTheMostCrowdedAddress() {
        NodeLimits limits = NodeLimits.defaults();
        TestPeer lonely = bench.stranger(500);
        lonely.address = "10.9.9.9";
        lonely.join();
        List<TestPeer> crowd = new ArrayList<>();
        for (int i = 1; i <= limits.inboundLinks(); i++) {
            bench.nowMillis += 1_000;
            crowd.add(bench.peer(i));
        }

        assertThat(bench.node.status().peers()).hasSize(limits.inboundLinks());
        assertThat(lonely.isReady()).isTrue();
        assertThat(crowd.getFirst().isReady()).isTrue();
        assertThat(NodeBench.closed(bench.outputs, crowd.getLast().link)).containsExactly(Rule.NET_SLOTS);
    }

    @Test
    void answersAPingAndMeasuresThePeersClock() {
        TestPeer peer = bench.peer(1);
        assertThat(peer.heard(peer.say(new Message.Ping(5))))
                .containsExactly(new Message.Pong(5, bench.nowMillis));

        Message.Ping ping = peer.heard(bench.pass(30_001), Message.Ping.class).getFirst();
        bench.nowMillis += 200;
        peer.say(new Message.Pong(ping.nonce(), bench.nowMillis + 4_900));

        assertThat(bench.node.status().clockOffsetMillis()).isEqualTo(5_000);
    }

    @Test
    void endsALinkThatMissesAPong() {
        TestPeer peer = bench.peer(1);
        bench.pass(NodeLimits.defaults().pingMillis() + 1);

        assertThat(NodeBench.closed(bench.pass(NodeLimits.defaults().pongMillis() + 1), peer.link))
                .containsExactly(Rule.NET_TIMEOUT);
    }

    @Test
    void blamesTooManyMessages() {
        TestPeer peer = bench.peer(1);
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < 5_001; i++) {
            rules.addAll(peer.rejects(peer.say(new Message.Have(List.of()))));
        }

        assertThat(rules).containsOnly(Rule.NET_RATE);
    }

    private TestPeer from(String address, int key) {
        TestPeer peer = bench.stranger(key);
        peer.address = address;
        return peer;
    }

    @Test
    void aCrowdOfOneAddressDoesNotPushOutWhoCameFirstOrFromElsewhere() {
        int inbound = NodeLimits.defaults().inboundLinks();
        TestPeer first = bench.peer(1_000);
        TestPeer lonely = from("10.9.9.9", 500);
        for (int i = 1; i <= 2 * inbound; i++) {
            bench.nowMillis += 1_000;
            TestPeer crowding = bench.peer(i);
            Payment payment = RICH.pay(RICH.allocation(i), TestKeys.key(5), 1_000, 500);
            crowding.say(new Message.Have(List.of(payment.fullId())));
            crowding.say(new Message.Transactions(List.of(payment)));
            if (i == inbound / 2) {
                lonely.join();
            }
        }

        assertThat(first.isReady()).isTrue();
        assertThat(lonely.isReady()).isTrue();
        assertThat(bench.node.status().peers()).hasSize(inbound);
    }

    @Test
    void forgetsAPeerAtItsOwnersWord() {
        TestPeer peer = bench.stranger(1);
        peer.dialled = Optional.of(url(1));
        bench.handle(new Input.PeerAdded(url(1)));
        peer.join();

        List<Output> outputs = bench.handle(new Input.PeerRemoved(peer.id()));

        assertThat(NodeBench.closed(outputs, peer.link)).isNotEmpty();
        assertThat(bench.node.status().knownPeers()).isEmpty();
    }

    @Test
    void forgetsAUrlAtItsOwnersWordWhoeverListensThere() {
        bench.handle(new Input.PeerAdded(url(1)));
        TestPeer peer = bench.stranger(1);
        peer.dialled = Optional.of(url(1));
        peer.join();
        bench.handle(new Input.PeerAdded(url(2)));

        bench.handle(new Input.PeerUrlRemoved(url(2)));
        assertThat(bench.node.status().knownPeers()).extracting(KnownPeer::url).containsExactly(url(1));
        assertThat(peer.isReady()).isTrue();

        List<Output> outputs = bench.handle(new Input.PeerUrlRemoved(url(1)));
        assertThat(NodeBench.closed(outputs, peer.link)).isNotEmpty();
        assertThat(bench.node.status().knownPeers()).isEmpty();
        assertThat(bench.changes).contains(new Change.PeerForgotten(url(1)), new Change.PeerForgotten(url(2)));
    }

    @Test
    void countsFailingDialsWithTheirLastReasonUntilOneIsReached() {
        bench.handle(new Input.PeerAdded(url(1)));
        bench.handle(new Input.DialFailed(url(1), "its name cannot be resolved"));
        bench.handle(new Input.DialFailed(url(1), "nothing\nanswers " + "x".repeat(1_000)));

        FailedDials failed = bench.node.status().failedDials().get(url(1));
        assertThat(failed.count()).isEqualTo(2);
        assertThat(failed.lastReason()).startsWith("nothing?answers xxx").hasSize(FailedDials.MAX_REASON_CHARS);

        TestPeer peer = bench.stranger(1);
        peer.dialled = Optional.of(url(1));
        peer.join();
        assertThat(bench.node.status().failedDials()).isEmpty();
    }

    /** What is shown of a dial that led to a link which ended so, before the handshake was done. */
    private String failureOf(LinkEnd end) {
        bench.handle(new Input.PeerAdded(url(1)));
        TestPeer peer = dialled();
        peer.open();
        bench.handle(new Input.LinkClosed(peer.link, end));
        return bench.node.status().failedDials().get(url(1)).lastReason();
    }

    private TestPeer dialled() {
        TestPeer peer = bench.stranger(1);
        peer.dialled = Optional.of(url(1));
        return peer;
    }

    @Test
    void saysOfALinkThatEndedWithoutAWordThatItHungUp() {
        assertThat(failureOf(new LinkEnd.Unsaid())).isEqualTo("It hung up before the handshake was done");
    }

    @Test
    void marksWhatTheOtherEndSaidAsItsWordsAndShowsNoMoreThanACloseFrameHolds() {
        assertThat(failureOf(new LinkEnd.Told(1008, "NET-BANNED: A banned\u001b peer stays away for an hour.")))
                .isEqualTo("It closed the connection before the handshake was done (1008), and says: "
                        + "\"NET-BANNED: A banned? peer stays away for an hour.\"");
        assertThat(failureOf(new LinkEnd.Told(4000, "x".repeat(1_000)))).endsWith(": \"" + "x".repeat(123) + '"');
        assertThat(failureOf(new LinkEnd.Told(1001, "")))
                .isEqualTo("It closed the connection before the handshake was done (1001)");
    }

    @Test
    void namesTheOwnRuleThatEndedALinkBeforeItsHandshakeWhateverTheOtherEndSays() {
        assertThat(failureOf(new LinkEnd.Ours(Violation.of(Rule.NET_SLOW)))).startsWith("NET-SLOW: ");
        assertThat(failureOf(new LinkEnd.NoFrames("a reserved bit is set")))
                .isEqualTo("What it sent is no frame of WebSocket: a reserved bit is set");

        TestPeer elsewhere = dialled();
        elsewhere.networkId = TestWorld.fresh().network().id();
        elsewhere.open();
        elsewhere.hello();
        bench.handle(new Input.LinkClosed(elsewhere.link, new LinkEnd.Told(1000, "bye")));
        assertThat(bench.node.status().failedDials().get(url(1)).lastReason()).startsWith("NET-NETWORK: ");
    }

    @Test
    void aLinkThatEndsForALateAnswerCountsOnceWhoeverNoticesFirst() {
        TestPeer late = bench.peer(1);
        LinkEnd.Ours timeOut = new LinkEnd.Ours(Violation.of(Rule.NET_TIMEOUT));
        assertThat(refusals(bench.handle(new Input.LinkClosed(late.link, timeOut)))).containsExactly(Rule.NET_TIMEOUT);

        TestPeer silent = bench.stranger(2);
        silent.open();
        List<Output> outputs = bench.pass(NodeLimits.defaults().handshakeMillis() + 1);
        assertThat(NodeBench.closed(outputs, silent.link)).containsExactly(Rule.NET_TIMEOUT);
        assertThat(refusals(bench.handle(new Input.LinkClosed(silent.link, timeOut)))).isEmpty();
    }

    private static List<Rule> refusals(List<Output> outputs) {
        return NodeBench.only(outputs, Output.Refused.class).stream().map(it -> it.violation().rule()).toList();
    }
}
