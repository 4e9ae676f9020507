package org.cheesecoin.chain.node;

import java.util.ArrayList;
import java.util.List;

import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.CheeseHeader;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.consensus.StackedHeader;
import org.cheesecoin.chain.testing.CheeseFactory;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestWorld;
import org.cheesecoin.chain.wire.CompactCheeses;
import org.cheesecoin.chain.wire.GossipUrl;
import org.cheesecoin.chain.wire.Message;
import org.cheesecoin.chain.wire.Proofs;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Faults that the simulator once found, each in its smallest form. */
class SyncFaultsTest {

    private final TestWorld world = TestWorld.rich(20).mineEmpty(5);

    private static Message.Headers headers(List<Cheese> cheeses) {
        return new Message.Headers(cheeses.stream().map(Cheese::header).toList());
    }

    @Test
    void refusesWhatStandsOnACheeseThatAReorganisationCondemned() {
        StackedHeader fork = world.tip();
        NodeBench bench = NodeBench.in(world.mineEmpty(2));
        Cheese greedy = CheeseFactory.on(world.network(), fork, fork.header().timeMillis() + 1,
                TestKeys.key(8).address(), new Amount(1), List.of());
        StackedHeader sixth = CheeseFactory.stacked(world.network(), fork, greedy);
        Cheese next = CheeseFactory.empty(world.network(), sixth, TestKeys.key(8).address());
        StackedHeader seventh = CheeseFactory.stacked(world.network(), sixth, next);
        Cheese top = CheeseFactory.empty(world.network(), seventh, TestKeys.key(8).address());
        TestPeer first = bench.peer(1);
        first.say(headers(List.of(greedy, next, top)));
        List.of(greedy, next, top).forEach(cheese -> first.say(new Message.CheeseBody(cheese)));
        assertThat(first.isReady()).isFalse();
        TestPeer second = bench.peer(2);
        CheeseHeader other = CheeseFactory.empty(world.network(), seventh, TestKeys.key(9).address()).header();

        assertThat(second.rejects(second.say(new Message.Headers(List.of(other)))))
                .containsExactly(Rule.HDR_PARENT_INVALID);
    }

    @Test
    void doesNotAskAgainAndAgainWhoeverClaimsMoreThanItHas() {
        NodeBench bench = NodeBench.on(world.network());
        ServingPeer boaster = new ServingPeer(bench, 1, world);
        boaster.peer.height = 1_000;
        boaster.peer.work = boaster.peer.work.multiply(boaster.peer.work);
        boaster.join();

        for (int i = 0; i < 50; i++) {
            boaster.answer(bench.pass(1_500));
        }

        assertThat(boaster.headersAnswered).isEqualTo(1);
        assertThat(bench.store.tip()).isEqualTo(world.tip());
    }

    @Test
    void doesNotAskAgainAndAgainForHeadersThatAreNotDue() {
        TestWorld tall = TestWorld.fresh().mineEmpty(1_999);
        NodeBench bench = NodeBench.on(tall.network());
        tall.add(tall.next(bench.nowMillis + 90_000));
        tall.mineEmpty(1);
        ServingPeer peer = new ServingPeer(bench, 1, tall);
        peer.join();

        for (int i = 0; i < 10; i++) {
            peer.answer(bench.pass(1_500));
        }

        assertThat(peer.headersAnswered).isEqualTo(1);
        assertThat(bench.store.tip()).isEqualTo(tall.header(1_999));
    }

    @Test
    void anEarlyHeaderThatIsDueAnswersNoQuestion() {
        NodeBench bench = NodeBench.in(world);
        TestPeer peer = bench.peer(1);
        Cheese early = world.next(bench.nowMillis + 31_000);
        peer.say(headers(List.of(early)));
        TestWorld far = world.minedBy(TestKeys.key(8)).mineEmpty(4);
        assertThat(peer.heard(peer.say(headers(far.cheeses().subList(9, 10))), Message.GetHeaders.class)).hasSize(1);

        bench.pass(1_500);
        peer.say(new Message.CheeseBody(early));

        assertThat(NodeBench.closed(bench.pass(NodeLimits.defaults().requestMillis()), peer.link))
                .containsExactly(Rule.NET_TIMEOUT);
    }

    @Test
    void anAnnouncementOfSeveralHeadersBeforeTheAnswerIsNoFault() {
        NodeBench bench = NodeBench.on(world.network());
        TestPeer peer = bench.stranger(1);
        peer.work = world.tip().totalWork().hashes();
        peer.height = world.tip().height();
        peer.join();

        List<Output> outputs = new ArrayList<>(peer.say(headers(world.cheeses().subList(3, 6))));
        outputs.addAll(peer.say(headers(world.cheeses().subList(1, 6))));

        assertThat(peer.rejects(outputs)).isEmpty();
        assertThat(bench.node.status().goal()).contains(world.tip());
    }

    @Test
    void compactCheesesThatCameWholeLeaveRoomForTheNext() {
        NodeBench bench = NodeBench.in(world);
        TestPeer peer = bench.peer(1);
        for (int owner = 1; owner <= 20; owner++) {
            Payment payment = world.pay(world.allocation(owner), TestKeys.key(50), 1_000, 500);
            Cheese cheese = world.mine(payment);
            List<Output> outputs = peer.say(CompactCheeses.of(cheese, owner).orElseThrow());
            assertThat(peer.heard(outputs, Message.GetCheeseTransactions.class)).hasSize(1);
            peer.say(new Message.CheeseBody(cheese));
            bench.pass(1_000);
        }

        assertThat(bench.store.tip()).isEqualTo(world.tip());
    }

    @Test
    void tellsNobodyOfTheTipsOnALongWayButOfItsEnd() {
        NodeBench bench = NodeBench.in(world);
        TestPeer listener = bench.peer(2);
        TestWorld tall = world.copy().mineEmpty(50);
        ServingPeer server = new ServingPeer(bench, 1, tall);

        List<Output> outputs = server.join();

        assertThat(bench.store.tip()).isEqualTo(tall.tip());
        List<Message.CompactCheese> told = listener.heard(outputs, Message.CompactCheese.class);
        assertThat(told).hasSizeLessThan(10);
        assertThat(told.getLast().header()).isEqualTo(tall.tip().header());
    }

    @Test
    void aClaimOfAnIdWithoutProofDoesNotKeepItFromBeingDialled() {
        NodeBench bench = NodeBench.in(world);
        TestPeer claimant = bench.stranger(7);
        claimant.open();
        claimant.hello();
        GossipUrl url = new GossipUrl("ws://peer-7:9000/gossip");
        bench.handle(new Input.PeersLearned(
                List.of(Proofs.signPeerRecord(
                        TestKeys.SCHEME, TestKeys.key(7).privateKey(), world.network().id(), url, bench.nowMillis)),
                "http://tracker:8080"));

        assertThat(NodeBench.only(bench.pass(100), Output.Dial.class)).extracting(Output.Dial::url)
                .containsExactly(url);
    }
}
