package org.cheesecoin.chain.node;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestWorld;
import org.cheesecoin.chain.wire.GossipUrl;
import org.cheesecoin.chain.wire.Message;
import org.cheesecoin.chain.wire.MessageCodec;
import org.cheesecoin.chain.wire.Role;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HandshakeTest {

    private static final Network NETWORK = TestWorld.fresh().network();
    private static final GossipUrl URL = new GossipUrl("ws://other:9000/gossip");

    private final NodeBench bench = NodeBench.on(NETWORK);

    @Test
    void makesAPeerOfOneWhoProvesItsId() {
        TestPeer peer = bench.peer(1);

        assertThat(peer.isReady()).isTrue();
        assertThat(NodeBench.only(bench.outputs, Output.PeerJoined.class))
                .containsExactly(new Output.PeerJoined(peer.link, peer.id()));
    }

    @Test
    void makesAPeerOfOneWhomItDialled() {
        TestPeer peer = bench.stranger(1);
        peer.dialled = Optional.of(URL);

        peer.open();
        List<Output> answer = peer.hello();
        peer.proof();

        assertThat(peer.heard(answer)).hasOnlyElementsOfType(Message.Proof.class);
        assertThat(peer.isReady()).isTrue();
    }

    @Test
    void refusesAnotherNetwork() {
        TestPeer peer = bench.stranger(1);
        peer.networkId = new Smell(Hash256.ZERO);
        peer.open();

        assertThat(NodeBench.closed(peer.hello(), peer.link)).containsExactly(Rule.NET_NETWORK);
    }

    @Test
    void refusesAProofOfAnotherKeyWithoutABan() {
        TestPeer peer = bench.stranger(1);
        peer.open();
        peer.hello();

        assertThat(NodeBench.closed(peer.proofBy(TestKeys.key(2)), peer.link)).containsExactly(Rule.NET_PROOF);
        assertThat(bench.peer(1).isReady()).isTrue();
    }

    @Test
    void noticesThatItDialledItself() {
        bench.handle(new Input.PeerAdded(URL));
        TestPeer self = new TestPeer(bench, TestKeys.key(9_000));
        self.dialled = Optional.of(URL);
        self.open();

        assertThat(NodeBench.closed(self.hello(), self.link)).containsExactly(Rule.NET_SELF);
        assertThat(bench.node.status().knownPeers()).isEmpty();
    }

    @Test
    void sendsATrackerAwayAfterItsProof() {
        TestPeer tracker = bench.stranger(1);
        tracker.role = Role.TRACKER;

        assertThat(NodeBench.closed(tracker.join(), tracker.link)).containsExactly(Rule.NET_ROLE);
        assertThat(bench.node.status().peers()).isEmpty();
    }

    @Test
    void takesNothingBeforeTheProof() {
        TestPeer peer = bench.stranger(1);
        peer.open();
        peer.hello();

        assertThat(NodeBench.closed(peer.say(new Message.GetPeers()), peer.link)).containsExactly(Rule.NET_HANDSHAKE);
    }

    @Test
    void givesUpAHandshakeThatTakesTooLong() {
        TestPeer peer = bench.stranger(1);
        peer.open();

        bench.pass(NodeLimits.defaults().handshakeMillis());
        assertThat(NodeBench.closed(bench.outputs, peer.link)).isEmpty();
        bench.pass(1);
        assertThat(NodeBench.closed(bench.outputs, peer.link)).containsExactly(Rule.NET_TIMEOUT);
    }

    @Test
    void keepsABannedPairAwayForAnHourAndItsAddressWelcome() {
        TestPeer liar = bench.peer(1);
        bench.frame(liar.link, new byte[]{(byte) 0xee});
        liar.leave();
        TestPeer again = bench.stranger(1);
        again.open();
        assertThat(NodeBench.closed(again.hello(), again.link)).containsExactly(Rule.NET_BANNED);
        assertThat(bench.peer(2).isReady()).isTrue();

        bench.pass(NodeLimits.defaults().banMillis());

        assertThat(bench.peer(1).isReady()).isTrue();
    }

    @Test
    void remembersBansOverARestart() {
        TestPeer liar = bench.peer(1);
        bench.frame(liar.link, new byte[]{(byte) 0xee});
        List<Ban> bans = NodeBench.only(bench.changes, Change.BanKept.class).stream()
                .map(Change.BanKept::ban)
                .toList();

        NodeBench restarted = NodeBench.of(
                NETWORK, NodeLimits.defaults(), new Memory(List.of(), List.of(), bans));

        TestPeer again = restarted.stranger(1);
        again.open();
        assertThat(NodeBench.closed(again.hello(), again.link)).containsExactly(Rule.NET_BANNED);
    }

    @Test
    void keepsTheFirstOfTwoLinksWhileItLives() {
        TestPeer first = bench.peer(1);
        TestPeer second = bench.stranger(1);
        Message.Ping ping = first.heard(second.join(), Message.Ping.class).getFirst();

        List<Output> outputs = first.say(new Message.Pong(ping.nonce(), bench.nowMillis));

        assertThat(NodeBench.closed(outputs, second.link)).containsExactly(Rule.NET_DUPLICATE);
        assertThat(first.isReady()).isTrue();
    }

    @Test
    void takesTheSecondOfTwoLinksWhenTheFirstMissesAPing() {
        TestPeer first = bench.peer(1);
        TestPeer second = bench.stranger(1);
        second.join();

        bench.pass(NodeLimits.defaults().pongMillis() + 1);
        assertThat(NodeBench.closed(bench.outputs, first.link)).containsExactly(Rule.NET_TIMEOUT);
        first.leave();

        assertThat(bench.node.status().peers()).hasSize(1);
        assertThat(second.say(new Message.Ping(7))).isNotEmpty();
    }

    @Test
    void bothEndsKeepTheSameOneOfTwoLinksDialledAtOnce() {
        for (boolean firstDialFirst : List.of(true, false)) {
            NodeBench other = NodeBench.keyed(NETWORK, TestKeys.key(77));
            Wires wires = new Wires(bench, other);
            wires.open(firstDialFirst);
            wires.open(!firstDialFirst);

            wires.deliver();

            assertThat(wires.closed).hasSize(1);
            assertThat(bench.node.status().peers()).filteredOn(peer -> peer.nodeId().equals(other.id())).hasSize(1);
            assertThat(other.node.status().peers()).hasSize(1);
            bench.handle(new Input.LinkClosed(wires.open.getFirst()));
        }
    }

    /** Two nodes with links of equal numbers at both ends. */
    private static final class Wires {
        private record Frame(NodeBench to, LinkId link, byte[] bytes) {}

        private final NodeBench one;
        private final NodeBench two;
        private final Deque<Frame> frames = new ArrayDeque<>();
        private final Deque<LinkId> open = new ArrayDeque<>();
        private final Deque<LinkId> closed = new ArrayDeque<>();
        private long lastLink = 1_000;

        private Wires(NodeBench one, NodeBench two) {
            this.one = one;
            this.two = two;
        }

        private void open(boolean firstDials) {
            LinkId link = new LinkId(++lastLink);
            open.add(link);
            NodeBench dialler = firstDials ? one : two;
            NodeBench listener = firstDials ? two : one;
            release(listener, listener.handle(new Input.LinkOpened(link, "10.0.0.1", Optional.empty())));
            release(dialler, dialler.handle(new Input.LinkOpened(link, "10.0.0.2", Optional.of(URL))));
        }

        private void release(NodeBench from, List<Output> outputs) {
            NodeBench to = from == one ? two : one;
            for (Output output : outputs) {
                if (output instanceof Output.Send(LinkId link, Message message)) {
                    frames.add(new Frame(to, link, MessageCodec.encode(message)));
                } else if (output instanceof Output.Disconnect(LinkId link, var _) && open.remove(link)) {
                    closed.add(link);
                    release(from, from.handle(new Input.LinkClosed(link)));
                    release(to, to.handle(new Input.LinkClosed(link)));
                }
            }
        }

        private void deliver() {
            while (!frames.isEmpty()) {
                Frame frame = frames.remove();
                release(frame.to(), frame.to().frame(frame.link(), frame.bytes()));
            }
        }
    }
}
