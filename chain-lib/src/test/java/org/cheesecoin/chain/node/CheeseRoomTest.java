package org.cheesecoin.chain.node;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.TransactionOutput;
import org.cheesecoin.chain.testing.Payments;
import org.cheesecoin.chain.testing.Records;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestWorld;
import org.cheesecoin.chain.wire.CompactCheeses;
import org.cheesecoin.chain.wire.Message;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What cheeses on their way may hold, whoever sends them. */
class CheeseRoomTest {

    private static final int LARGE = 8;

    private final TestWorld world = TestWorld.rich(LARGE);

    private Payment large(int owner) {
        List<TransactionOutput> outputs = new ArrayList<>(Collections.nCopies(999, Payments.to(TestKeys.key(50), 1)));
        outputs.add(Payments.to(TestKeys.key(50), 99_999_000_000L));
        return Payments.pay(world.network(), List.of(world.allocation(owner)), outputs);
    }

    private static NodeLimits limits(String limit, Object value) {
        return Records.with(NodeLimits.defaults(), limit, value);
    }

    @Test
    void cheesesThatAreLargerThanExpectedAreDroppedAndAskedForInTheirTurn() {
        IntStream.rangeClosed(1, LARGE).forEach(owner -> world.mine(large(owner)));
        NodeBench bench = NodeBench.with(world.network(), limits("waitingCheeseBytes", 40_000L));
        ServingPeer peer = new ServingPeer(bench, 1, world);
        peer.servesCheeses = false;
        List<Output> asked = peer.join();
        assertThat(peer.peer.heard(asked, Message.GetCheeses.class)).singleElement()
                .satisfies(question -> assertThat(question.smells()).hasSize(LARGE));

        List<Output> outputs = new ArrayList<>();
        for (int height = LARGE; height > 1; height--) {
            outputs.addAll(peer.peer.say(new Message.CheeseBody(world.cheese(height))));
        }
        assertThat(NodeBench.only(outputs, Output.CheckCheese.class)).hasSize(1);

        peer.servesCheeses = true;
        peer.answer(peer.peer.say(new Message.CheeseBody(world.cheese(1))));

        assertThat(bench.store.tip()).isEqualTo(world.tip());
        assertThat(peer.peer.rejects(bench.outputs)).isEmpty();
    }

    @Test
    void aCompactCheeseThatItsSenderHasNotIsLookedAtOnce() {
        NodeBench bench = NodeBench.in(world);
        TestPeer peer = bench.peer(1);
        Cheese cheese = world.next(large(1));
        Message compact = CompactCheeses.of(cheese, 7).orElseThrow();
        assertThat(peer.heard(peer.say(compact), Message.GetCheeseTransactions.class)).hasSize(1);
        peer.say(new Message.NotFound(List.of(cheese.smell().hash())));

        assertThat(peer.heard(peer.say(compact), Message.GetCheeseTransactions.class)).isEmpty();
    }

    @Test
    void onePeerHasOneCompactCheesePutTogetherAtATimeAndIsAskedForTheNextWhole() {
        NodeBench bench = NodeBench.in(world);
        TestPeer peer = bench.peer(1);
        Cheese first = world.next(large(1));
        Cheese second = world.next(large(2));
        peer.say(CompactCheeses.of(first, 7).orElseThrow());

        assertThat(peer.heard(peer.say(CompactCheeses.of(second, 7).orElseThrow())))
                .containsExactly(new Message.GetCheeses(List.of(second.smell())));
    }

    @Test
    void compactCheesesThatWaitHaveRoomInAllAndTheRestIsAskedForWhole() {
        NodeBench bench = NodeBench.in(world, limits("compactBytes", 600L));
        TestPeer one = bench.peer(1);
        TestPeer other = bench.peer(2);
        Cheese first = world.next(large(1));
        Cheese second = world.next(large(2));

        assertThat(one.heard(one.say(CompactCheeses.of(first, 7).orElseThrow()), Message.GetCheeseTransactions.class))
                .hasSize(1);
        assertThat(other.heard(other.say(CompactCheeses.of(second, 7).orElseThrow())))
                .containsExactly(new Message.GetCheeses(List.of(second.smell())));
    }
}
