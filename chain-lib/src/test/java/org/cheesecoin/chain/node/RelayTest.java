package org.cheesecoin.chain.node;

import java.util.ArrayList;
import java.util.List;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Txid;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.testing.CheeseFactory;
import org.cheesecoin.chain.testing.Payments;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestWorld;
import org.cheesecoin.chain.wire.CompactCheeses;
import org.cheesecoin.chain.wire.Message;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RelayTest {

    private final TestWorld world = TestWorld.rich(4).mineEmpty(2);
    private final NodeBench bench = NodeBench.in(world);
    private final Payment first = world.pay(world.allocation(1), TestKeys.key(5), 1_000, 500);
    private final Payment second = world.pay(world.allocation(2), TestKeys.key(6), 2_000, 600);

    private static Message.CompactCheese compact(Cheese cheese) {
        return CompactCheeses.of(cheese, 77).orElseThrow();
    }

    private Outcome<Txid> submit(Payment payment) {
        List<Output> outputs = bench.handle(new Input.TransactionSubmitted(new SubmissionId(1), payment));
        return NodeBench.only(outputs, Output.SubmissionAnswered.class).getFirst().answer();
    }

    private void give(TestPeer peer, Payment payment) {
        peer.say(new Message.Have(List.of(payment.fullId())));
        peer.say(new Message.Transactions(List.of(payment)));
    }

    @Test
    void putsACompactCheeseTogetherFromWhatItKnows() {
        TestPeer peer = bench.peer(1);
        submit(first);
        submit(second);

        List<Output> outputs = peer.say(compact(world.next(first, second)));

        assertThat(peer.heard(outputs)).isEmpty();
        assertThat(bench.store.tip().height()).isEqualTo(3);
        assertThat(bench.node.mempool().count()).isZero();
    }

    @Test
    void asksForThePaymentsThatItLacks() {
        TestPeer peer = bench.peer(1);
        submit(second);
        Cheese cheese = world.next(first, second);

        List<Output> outputs = peer.say(compact(cheese));
        assertThat(peer.heard(outputs))
                .containsExactly(new Message.GetCheeseTransactions(cheese.smell(), List.of(1)));
        peer.say(new Message.CheeseTransactions(cheese.smell(), List.of(first)));

        assertThat(bench.store.tip().smell()).isEqualTo(cheese.smell());
    }

    @Test
    void asksForAllPaymentsWhenItKnowsNone() {
        TestPeer peer = bench.peer(1);
        Cheese cheese = world.next(first, second);

        assertThat(peer.heard(peer.say(compact(cheese))))
                .containsExactly(new Message.GetCheeseTransactions(cheese.smell(), List.of(1, 2)));
    }

    @Test
    void fetchesTheWholeCheeseAfterACollisionWithoutPenalty() {
        TestPeer peer = bench.peer(1);
        Cheese cheese = world.next(first, second);
        Message.CompactCheese honest = compact(cheese);
        Message.CompactCheese collides = new Message.CompactCheese(
                honest.header(),
                honest.salt(),
                honest.coinbase(),
                List.of(honest.shortIds().getFirst(), honest.shortIds().getFirst()));

        List<Output> outputs = peer.say(collides);
        assertThat(peer.heard(outputs)).containsExactly(new Message.GetCheeses(List.of(cheese.smell())));
        peer.say(new Message.CheeseBody(cheese));

        assertThat(peer.rejects(bench.outputs)).isEmpty();
        assertThat(bench.store.tip().smell()).isEqualTo(cheese.smell());
    }

    @Test
    void answersWhichPaymentsOfACheeseAPeerLacks() {
        Cheese cheese = world.next(first, second);
        bench.handle(new Input.CheeseMined(cheese));
        TestPeer peer = bench.peer(1);

        assertThat(peer.heard(peer.say(new Message.GetCheeseTransactions(cheese.smell(), List.of(2)))))
                .containsExactly(new Message.CheeseTransactions(cheese.smell(), List.of(second)));
        assertThat(peer.rejects(peer.say(new Message.GetCheeseTransactions(cheese.smell(), List.of(3)))))
                .containsExactly(Rule.ENC_VALUE);
    }

    @Test
    void asksTheNextPeerForAPaymentThatTheFirstWithholds() {
        TestPeer silent = bench.peer(1);
        TestPeer other = bench.peer(2);
        silent.say(new Message.Have(List.of(first.fullId())));
        assertThat(other.heard(other.say(new Message.Have(List.of(first.fullId()))))).isEmpty();

        List<Output> outputs = bench.pass(NodeLimits.defaults().requestMillis() + 1);

        assertThat(other.heard(outputs)).containsExactly(new Message.GetTransactions(List.of(first.fullId())));
        other.say(new Message.Transactions(List.of(first)));
        assertThat(bench.node.mempool().entry(first.txid())).isPresent();
    }

    @Test
    void asksTheNextPeerWhenTheFirstHasItNoMoreOrLeaves() {
        for (boolean leaves : List.of(true, false)) {
            NodeBench fresh = NodeBench.in(world);
            TestPeer one = fresh.peer(1);
            TestPeer other = fresh.peer(2);
            one.say(new Message.Have(List.of(first.fullId())));
            other.say(new Message.Have(List.of(first.fullId())));

            List<Output> outputs = leaves ? one.leave()
                    : one.say(new Message.NotFound(List.of(first.fullId().hash())));

            assertThat(other.heard(outputs)).containsExactly(new Message.GetTransactions(List.of(first.fullId())));
        }
    }

    @Test
    void tellsOthersOfAPaymentOnceAndNotItsSender() {
        TestPeer sender = bench.peer(1);
        TestPeer other = bench.peer(2);
        give(sender, first);

        List<Output> outputs = new ArrayList<>(bench.pass(100));
        outputs.addAll(bench.pass(100));

        assertThat(other.heard(outputs)).containsExactly(new Message.Have(List.of(first.fullId())));
        assertThat(sender.heard(outputs)).isEmpty();
    }

    @Test
    void anOrphanWaitsForItsParent() {
        TestPeer peer = bench.peer(1);
        Payment child = Payments.pay(world.network(), Payments.from(first, 0, TestKeys.key(5)),
                Payments.to(TestKeys.key(6), 400));

        give(peer, child);
        assertThat(bench.node.mempool().orphanCount()).isEqualTo(1);
        give(peer, first);

        assertThat(bench.node.mempool().entry(child.txid())).isPresent();
        assertThat(peer.rejects(bench.outputs)).isEmpty();
    }

    @Test
    void anOrphanWaitsForAParentInAnyCheeseOfALongerRival() {
        TestWorld rival = world.copy().minedBy(TestKeys.key(7));
        rival.mine(first);
        rival.mineEmpty(1);
        bench.handle(new Input.CheeseMined(world.mine()));
        TestPeer peer = bench.peer(1);
        Payment child = Payments.pay(world.network(), Payments.from(first, 0, TestKeys.key(5)),
                Payments.to(TestKeys.key(6), 400));
        give(peer, child);

        peer.say(new Message.Headers(List.of(rival.cheese(3).header(), rival.cheese(4).header())));
        peer.say(new Message.CheeseBody(rival.cheese(3)));
        peer.say(new Message.CheeseBody(rival.cheese(4)));

        assertThat(bench.node.mempool().entry(child.txid())).isPresent();
        assertThat(bench.node.mempool().orphanCount()).isZero();
    }

    @Test
    void paymentsOfALosingBranchComeBackAndAreTold() {
        TestWorld rival = world.copy().minedBy(TestKeys.key(7)).mineEmpty(2);
        bench.handle(new Input.CheeseMined(world.mine(first)));
        TestPeer peer = bench.peer(1);
        peer.say(new Message.Headers(List.of(rival.cheese(3).header(), rival.cheese(4).header())));
        peer.say(new Message.CheeseBody(rival.cheese(3)));
        peer.say(new Message.CheeseBody(rival.cheese(4)));
        assertThat(bench.store.tip().smell()).isEqualTo(rival.cheese(4).smell());

        assertThat(bench.node.mempool().entry(first.txid())).isPresent();
        assertThat(peer.heard(bench.pass(100))).containsExactly(new Message.Have(List.of(first.fullId())));
    }

    @Test
    void blamesPaymentsThatNobodyAskedFor() {
        TestPeer peer = bench.peer(1);

        assertThat(peer.rejects(peer.say(new Message.Transactions(List.of(first)))))
                .containsExactly(Rule.NET_UNSOLICITED);
        assertThat(bench.node.mempool().count()).isZero();
    }

    @Test
    void announcesANewTipToThoseWhoDoNotKnowIt() {
        TestPeer sender = bench.peer(1);
        TestPeer other = bench.peer(2);
        Cheese cheese = world.next();

        List<Output> outputs = sender.say(compact(cheese));

        assertThat(other.heard(outputs, Message.CompactCheese.class)).hasSize(1);
        assertThat(sender.heard(outputs)).isEmpty();
    }

    @Test
    void takesNoBodyOfABranchWithLessWorkThanItsTip() {
        TestPeer peer = bench.peer(1);
        Cheese stale = CheeseFactory.empty(world.network(), world.header(0), TestKeys.key(8).address());

        assertThat(peer.say(compact(stale))).isEmpty();
        assertThat(bench.store.header(stale.smell())).isEmpty();
    }

    private Rule refusal(Payment payment) {
        assertThat(submit(payment)).isInstanceOf(Outcome.Refused.class);
        return NodeBench.only(bench.outputs, Output.SubmissionAnswered.class).getLast()
                .answer() instanceof Outcome.Refused<Txid>(Violation violation) ? violation.rule() : Rule.POL_NOT_READY;
    }

    @Test
    void aCopyOfWhatWaitsIsKnownOnlyWhereItsSignaturesAreItsOwners() {
        submit(first);

        assertThat(refusal(first)).isEqualTo(Rule.POL_KNOWN);
        assertThat(refusal(Payments.signedAnew(world.network(), first, TestKeys.key(1)))).isEqualTo(Rule.POL_KNOWN);
        Payment broken = new Payment(first.body(), world.pay(world.allocation(1), TestKeys.key(5), 9, 9).witnesses());
        assertThat(refusal(broken)).isEqualTo(Rule.TRX_SIGNATURE);
        bench.checksByHand = true;
        Payment foreign = Payments.sign(world.network().id(), first.body(), List.of(TestKeys.key(2)));
        assertThat(refusal(foreign)).as("without a check").isEqualTo(Rule.TRX_WITNESS_MISSING);
        assertThat(bench.node.mempool().entry(first.fullId())).isPresent();
    }

    @Test
    void aUserIsToldWhyAPaymentIsRefused() {
        assertThat(submit(first)).isEqualTo(Outcome.passed(first.txid()));
        assertThat(submit(first)).isInstanceOf(Outcome.Refused.class);
    }
}
