package org.cheesecoin.chain.node;

import java.util.ArrayList;
import java.util.List;

import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.CheeseHeader;
import org.cheesecoin.chain.cheese.Coinbase;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.testing.CheeseFactory;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestWorld;
import org.cheesecoin.chain.wire.Message;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SyncTest {

    private final TestWorld world = TestWorld.rich(4).mineEmpty(5);

    private static Message.Headers headers(List<Cheese> cheeses) {
        return new Message.Headers(cheeses.stream().map(Cheese::header).toList());
    }

    private static TestPeer behindWhich(NodeBench bench, int key, TestWorld theirs) {
        TestPeer peer = bench.stranger(key);
        peer.work = theirs.tip().totalWork().hashes();
        peer.height = theirs.tip().height();
        return peer;
    }

    private List<Cheese> above() {
        return world.cheeses().subList(1, world.cheeses().size());
    }

    @Test
    void asksAPeerWithMoreWorkForHeadersThenCheeses() {
        NodeBench bench = NodeBench.on(world.network());
        TestPeer peer = behindWhich(bench, 1, world);
        assertThat(peer.heard(peer.join(), Message.GetHeaders.class)).hasSize(1);

        List<Output> outputs = peer.say(headers(above()));
        assertThat(peer.heard(outputs, Message.GetCheeses.class)).singleElement().satisfies(
                question -> assertThat(question.smells()).containsExactlyElementsOf(
                        above().stream().map(Cheese::smell).toList()));
        above().reversed().forEach(cheese -> peer.say(new Message.CheeseBody(cheese)));

        assertThat(bench.store.tip()).isEqualTo(world.tip());
    }

    @Test
    void asksOnAfterAFullListOfHeaders() {
        TestWorld tall = TestWorld.fresh().mineEmpty(2_010);
        NodeBench bench = NodeBench.on(tall.network());
        TestPeer peer = behindWhich(bench, 1, tall);
        peer.join();

        List<Output> outputs = peer.say(headers(tall.cheeses().subList(1, 2_001)));
        assertThat(peer.heard(outputs, Message.GetHeaders.class)).singleElement().satisfies(
                question -> assertThat(question.locator().getFirst()).isEqualTo(tall.cheese(2_000).smell()));
        peer.say(headers(tall.cheeses().subList(2_001, 2_011)));

        assertThat(bench.node.status().goal()).contains(tall.tip());
        bench.pass(1_000);
        assertThat(peer.heard(bench.outputs, Message.GetHeaders.class)).hasSize(2);
    }

    @Test
    void appliesCheesesOfOneStepOverOneAnother() {
        Payment payment = world.pay(world.allocation(1), TestKeys.key(5), 1_000, 500);
        TestWorld twice = world.copy();
        Cheese first = world.mine(payment);
        Cheese honest = world.mine();
        twice.add(first);
        Cheese second = secondSpend(twice, payment);
        NodeBench bench = NodeBench.on(world.network());
        TestPeer peer = behindWhich(bench, 1, world);
        peer.join();
        List<Cheese> cheeses = new ArrayList<>(twice.cheeses().subList(1, twice.cheeses().size()));
        cheeses.add(second);
        peer.say(headers(cheeses));

        // The lowest comes last, so that all are placed in one step.
        cheeses.reversed().forEach(cheese -> peer.say(new Message.CheeseBody(cheese)));

        assertThat(bench.store.tip().smell()).isEqualTo(first.smell());
        assertThat(peer.rejects(bench.outputs)).containsExactly(Rule.TRX_INPUT_UNKNOWN);
        assertThat(honest.header().parentSmell()).isEqualTo(first.smell());
    }

    private static Cheese secondSpend(TestWorld world, Payment payment) {
        return CheeseFactory.on(
                world.network(),
                world.tip(),
                world.tip().header().timeMillis() + 1,
                TestKeys.key(0).address(),
                Amount.ZERO,
                List.of(payment));
    }

    @Test
    void blamesACheeseThatNobodyAskedFor() {
        NodeBench bench = NodeBench.on(world.network());
        TestPeer peer = bench.peer(1);

        assertThat(peer.rejects(peer.say(new Message.CheeseBody(world.cheese(1)))))
                .containsExactly(Rule.NET_UNSOLICITED);
        assertThat(bench.store.cheeseCount()).isEqualTo(1);
    }

    @Test
    void aBodyThatIsNotTheHeadersSaysNothingAboutTheHeader() {
        NodeBench bench = NodeBench.on(world.network());
        TestPeer liar = behindWhich(bench, 1, world);
        TestPeer honest = behindWhich(bench, 2, world);
        liar.join();
        honest.join();
        liar.say(headers(above()));
        honest.say(headers(above()));
        Cheese low = world.cheese(1);
        Coinbase wrongHeight = new Coinbase(77, new byte[0], low.transactions().getFirst().outputs());

        List<Output> outputs = liar.say(new Message.CheeseBody(new Cheese(low.header(), List.of(wrongHeight))));
        outputs.addAll(liar.leave());

        assertThat(NodeBench.closed(outputs, liar.link)).containsExactly(Rule.CHS_COINBASE_HEIGHT);
        assertThat(honest.heard(outputs, Message.GetCheeses.class)).flatExtracting(Message.GetCheeses::smells)
                .contains(low.smell());
        above().forEach(cheese -> honest.say(new Message.CheeseBody(cheese)));
        assertThat(bench.store.tip()).isEqualTo(world.tip());
    }

    @Test
    void asksAnotherForWhatAPeerHasNot() {
        NodeBench bench = NodeBench.on(world.network());
        TestPeer first = bench.peer(1);
        TestPeer second = bench.peer(2);
        first.say(headers(above()));
        second.say(headers(above()));
        List<Smell> smells = above().stream().map(Cheese::smell).toList();

        List<Output> outputs = first.say(new Message.NotFound(smells.stream().map(Smell::hash).toList()));

        assertThat(second.heard(outputs, Message.GetCheeses.class)).flatExtracting(Message.GetCheeses::smells)
                .containsExactlyElementsOf(smells);
    }

    @Test
    void endsALinkThatOwesACheeseTooLongAndAsksAnother() {
        NodeBench bench = NodeBench.on(world.network());
        TestPeer slow = bench.peer(1);
        TestPeer other = bench.peer(2);
        slow.say(headers(above()));
        other.say(headers(above()));

        List<Output> outputs = bench.pass(NodeLimits.defaults().requestMillis() + 1);

        assertThat(NodeBench.closed(outputs, slow.link)).containsExactly(Rule.NET_TIMEOUT);
        assertThat(other.heard(outputs, Message.GetCheeses.class)).hasSize(1);
    }

    @Test
    void aWithheldCheeseDoesNotKeepItFromTheOthers() {
        TestWorld secret = world.copy().minedBy(TestKeys.key(8)).mineEmpty(3);
        NodeBench bench = NodeBench.in(world);
        TestPeer liar = bench.peer(1);
        liar.say(headers(secret.cheeses().subList(6, 9)));
        liar.say(new Message.NotFound(List.of(secret.cheese(6).smell().hash())));
        world.mineEmpty(2);
        TestPeer honest = bench.peer(2);

        List<Output> outputs = honest.say(headers(world.cheeses().subList(6, 8)));

        assertThat(honest.heard(outputs, Message.GetCheeses.class)).flatExtracting(Message.GetCheeses::smells)
                .containsExactly(world.cheese(6).smell(), world.cheese(7).smell());
    }

    @Test
    void tellsANewPeerOfATipThatCameDuringTheHandshake() {
        NodeBench bench = NodeBench.in(world);
        TestPeer peer = bench.stranger(1);
        peer.open();
        peer.hello();
        Cheese tip = world.mine();
        bench.handle(new Input.CheeseMined(tip));

        assertThat(peer.heard(peer.proof(), Message.Headers.class))
                .containsExactly(new Message.Headers(List.of(tip.header())));
    }

    @Test
    void blamesManyHeadersThatNobodyAskedFor() {
        TestWorld tall = TestWorld.fresh().mineEmpty(20);
        NodeBench bench = NodeBench.on(tall.network());
        TestPeer peer = bench.peer(1);

        assertThat(peer.rejects(peer.say(headers(tall.cheeses().subList(1, 18)))))
                .containsExactly(Rule.NET_UNSOLICITED);
    }

    @Test
    void anAnnouncementBeforeTheAnswerIsNoFault() {
        TestWorld tall = TestWorld.fresh().mineEmpty(40);
        NodeBench bench = NodeBench.on(tall.network());
        TestPeer peer = behindWhich(bench, 1, tall);
        peer.join();

        List<Output> outputs = new ArrayList<>(peer.say(headers(tall.cheeses().subList(40, 41))));
        outputs.addAll(peer.say(headers(tall.cheeses().subList(1, 41))));

        assertThat(peer.rejects(outputs)).isEmpty();
        assertThat(bench.node.status().goal()).contains(tall.tip());
    }

    @Test
    void anEarlyHeaderWaitsForItsTime() {
        NodeBench bench = NodeBench.in(world);
        TestPeer peer = bench.peer(1);
        Cheese early = world.next(bench.nowMillis + 60_000);

        assertThat(peer.say(headers(List.of(early)))).isEmpty();
        List<Output> outputs = bench.pass(30_000);

        assertThat(peer.heard(outputs, Message.GetCheeses.class)).hasSize(1);
    }

    @Test
    void aHeaderFarAheadIsDroppedWithoutPenalty() {
        NodeBench bench = NodeBench.in(world);
        TestPeer peer = bench.peer(1);
        Cheese far = world.next(bench.nowMillis + 120_001);

        assertThat(peer.say(headers(List.of(far)))).isEmpty();
        assertThat(peer.heard(bench.pass(100_000), Message.GetCheeses.class)).isEmpty();
    }

    @Test
    void refusesWhatStandsOnAnInvalidCheese() {
        NodeBench bench = NodeBench.in(world);
        Cheese greedy = CheeseFactory.on(world.network(), world.tip(),
                world.tip().header().timeMillis() + 1, TestKeys.key(0).address(),
                new Amount(1), List.of());
        CheeseHeader child = CheeseFactory.empty(world.network(),
                CheeseFactory.stacked(world.network(), world.tip(), greedy),
                TestKeys.key(0).address()).header();
        TestPeer first = bench.peer(1);
        first.say(headers(List.of(greedy)));
        first.say(new Message.CheeseBody(greedy));
        TestPeer second = bench.peer(2);

        assertThat(second.rejects(second.say(new Message.Headers(List.of(child)))))
                .containsExactly(Rule.HDR_PARENT_INVALID);
    }
}
