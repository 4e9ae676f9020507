package org.cheesecoin.chain.node;

import java.util.List;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestWorld;
import org.cheesecoin.chain.wire.CompactCheeses;
import org.cheesecoin.chain.wire.Message;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Which peer is asked for which cheese. */
class DownloadTest {

    private final TestWorld world = TestWorld.rich(2).mineEmpty(200);

    private static List<Smell> asked(TestPeer peer, List<Output> outputs) {
        return peer.heard(outputs, Message.GetCheeses.class).stream()
                .flatMap(question -> question.smells().stream())
                .toList();
    }

    @Test
    void aPeerThatStallsHoldsFewCheesesAndOthersAreAskedForThemSoon() {
        NodeBench bench = NodeBench.on(world.network());
        ServingPeer staller = new ServingPeer(bench, 1, world);
        staller.servesCheeses = false;
        ServingPeer honest = new ServingPeer(bench, 2, world);

        staller.join();
        honest.join();
        honest.answer(bench.pass(2_100));

        assertThat(bench.store.tip()).isEqualTo(world.tip());
        assertThat(asked(staller.peer, bench.outputs)).hasSize(OwedCheeses.FIRST_WINDOW);
        assertThat(staller.peer.isReady()).isTrue();
    }

    @Test
    void whatComesLateAfterAllIsNoFault() {
        NodeBench bench = NodeBench.on(world.network());
        ServingPeer slow = new ServingPeer(bench, 1, world);
        slow.servesCheeses = false;
        ServingPeer other = new ServingPeer(bench, 2, world);
        slow.join();
        other.join();
        other.answer(bench.pass(2_100));

        for (Smell smell : asked(slow.peer, bench.outputs)) {
            Cheese cheese = world.cheeses().stream().filter(it -> it.smell().equals(smell)).findFirst().orElseThrow();
            slow.peer.say(new Message.CheeseBody(cheese));
        }
        bench.pass(30_000);

        assertThat(slow.peer.rejects(bench.outputs)).isEmpty();
        assertThat(NodeBench.closed(bench.outputs, slow.peer.link)).isEmpty();
    }

    @Test
    void endsALinkThatNeverSendsWhatAnotherHasSentInItsPlace() {
        NodeBench bench = NodeBench.on(world.network());
        ServingPeer staller = new ServingPeer(bench, 1, world);
        staller.servesCheeses = false;
        ServingPeer honest = new ServingPeer(bench, 2, world);
        staller.join();
        honest.join();
        honest.answer(bench.pass(2_100));

        bench.pass(NodeLimits.defaults().requestMillis());

        assertThat(staller.peer.isReady()).isFalse();
        assertThat(honest.peer.isReady()).isTrue();
    }

    @Test
    void asksAPeerForMoreAtOnceTheMoreItDelivers() {
        NodeBench bench = NodeBench.on(world.network());
        ServingPeer peer = new ServingPeer(bench, 1, world);
        peer.servesCheeses = false;
        List<Output> outputs = peer.join();
        List<Smell> first = asked(peer.peer, outputs);
        assertThat(first).hasSize(OwedCheeses.FIRST_WINDOW);

        first.forEach(smell -> peer.peer.say(new Message.CheeseBody(
                world.cheese(1 + first.indexOf(smell)))));

        assertThat(asked(peer.peer, bench.outputs)).hasSize(3 * OwedCheeses.FIRST_WINDOW);
    }

    @Test
    void asksAPeerOnASiblingForWhatItSharesWithThePath() {
        TestWorld sibling = world.copy();
        world.mineEmpty(3);
        sibling.minedBy(TestKeys.key(8)).mine();
        NodeBench bench = NodeBench.on(world.network());
        ServingPeer best = new ServingPeer(bench, 1, world);
        best.servesCheeses = false;
        TestWorld theirs = sibling.minedBy(TestKeys.key(8)).mineEmpty(1);
        ServingPeer other = new ServingPeer(bench, 2, theirs);
        other.servesCheeses = false;
        best.join();

        List<Output> outputs = other.join();

        assertThat(asked(other.peer, outputs)).hasSize(OwedCheeses.FIRST_WINDOW)
                .allMatch(smell -> world.cheeses().stream().anyMatch(cheese -> cheese.smell().equals(smell)));
    }

    @Test
    void aLateAnswerToACompactCheeseThatCameFromAnotherIsNoFault() {
        TestWorld small = TestWorld.rich(2).mineEmpty(3);
        NodeBench bench = NodeBench.in(small);
        Payment payment = small.pay(small.allocation(1), TestKeys.key(5), 1_000, 500);
        Cheese cheese = small.mine(payment);
        TestPeer slow = bench.peer(1);
        TestPeer other = bench.peer(2);
        slow.say(CompactCheeses.of(cheese, 77).orElseThrow());
        other.say(new Message.Headers(List.of(cheese.header())));

        assertThat(asked(other, bench.pass(2_100))).containsExactly(cheese.smell());
        other.say(new Message.CheeseBody(cheese));
        bench.pass(500);
        slow.say(new Message.CheeseTransactions(cheese.smell(), List.of(payment)));

        assertThat(bench.store.tip().smell()).isEqualTo(cheese.smell());
        assertThat(slow.rejects(bench.outputs)).isEmpty();
        assertThat(NodeBench.closed(bench.pass(25_000), slow.link)).isEmpty();
    }
}
