package org.cheesecoin.chain.node;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.cheesecoin.chain.cheese.FullId;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.crypto.Sha256;
import org.cheesecoin.chain.testing.Records;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestWorld;
import org.cheesecoin.chain.wire.Message;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The limits of the way of a payment: what is beyond one waits, or is forgotten, and nothing breaks. */
class RelayLimitsTest {

    private final TestWorld world = TestWorld.rich(4).mineEmpty(2);
    private final List<Payment> payments = List.of(payment(1, 500), payment(2, 500), payment(3, 500));
    private final List<FullId> fullIds = payments.stream().map(Payment::fullId).toList();

    private Payment payment(int owner, long fee) {
        return world.pay(world.allocation(owner), TestKeys.key(5), 1_000, fee);
    }

    private NodeBench with(String limit, int value) {
        return NodeBench.in(world, Records.with(NodeLimits.defaults(), limit, value));
    }

    private static Message send(Payment payment) {
        return new Message.Transactions(List.of(payment));
    }

    private static Message ask(FullId... fullIds) {
        return new Message.GetTransactions(List.of(fullIds));
    }

    @Test
    void whatIsBeyondThePaymentsInFlightIsAskedForLater() {
        NodeBench bench = with("transactionsInFlight", 1);
        TestPeer peer = bench.peer(1);

        assertThat(peer.heard(peer.say(new Message.Have(fullIds)))).containsExactly(ask(fullIds.get(0)));
        assertThat(peer.heard(bench.pass(100))).isEmpty();
        peer.say(send(payments.get(0)));
        assertThat(peer.heard(bench.pass(100))).containsExactly(ask(fullIds.get(1)));
        peer.say(send(payments.get(1)));
        assertThat(peer.heard(bench.pass(100))).containsExactly(ask(fullIds.get(2)));
        peer.say(send(payments.get(2)));

        assertThat(bench.node.mempool().count()).isEqualTo(3);
        assertThat(peer.rejects(bench.outputs)).isEmpty();
    }

    @Test
    void whatWaitsToBeAskedForIsAskedOfWhoeverIsStillThere() {
        NodeBench bench = with("transactionsInFlight", 1);
        TestPeer busy = bench.peer(1);
        TestPeer leaves = bench.peer(2);
        TestPeer stays = bench.peer(3);
        busy.say(new Message.Have(fullIds.subList(0, 1)));
        leaves.say(new Message.Have(fullIds.subList(1, 2)));
        stays.say(new Message.Have(fullIds.subList(1, 2)));
        leaves.leave();
        busy.say(send(payments.getFirst()));

        assertThat(stays.heard(bench.pass(100), Message.GetTransactions.class))
                .containsExactly(new Message.GetTransactions(fullIds.subList(1, 2)));
    }

    @Test
    void soManyPaymentsWaitToBeAskedForAndNoMore() {
        NodeBench bench = NodeBench.in(world, Records.with(
                Records.with(NodeLimits.defaults(), "transactionsInFlight", 1), "transactionsToAsk", 1));
        TestPeer peer = bench.peer(1);
        peer.say(new Message.Have(fullIds));
        peer.say(send(payments.get(0)));
        bench.pass(100);
        peer.say(send(payments.get(1)));

        assertThat(peer.heard(bench.pass(100), Message.GetTransactions.class)).isEmpty();
        assertThat(bench.node.mempool().count()).isEqualTo(2);
    }

    @Test
    void aPaymentThatCannotBeCheckedNowIsAskedForAgain() {
        NodeBench bench = with("transactionChecks", 1);
        bench.checksByHand = true;
        TestPeer peer = bench.peer(1);
        peer.say(new Message.Have(fullIds));
        List<Output> first = peer.say(send(payments.get(0)));
        peer.say(send(payments.get(1)));
        assertThat(peer.heard(bench.pass(100), Message.GetTransactions.class)).isEmpty();

        bench.doCheck(NodeBench.only(first, Output.CheckTransaction.class).getFirst());

        assertThat(peer.heard(bench.pass(100), Message.GetTransactions.class)).containsExactly(
                new Message.GetTransactions(fullIds.subList(1, 2)));
    }

    @Test
    void aUserIsToldThatTooManyChecksAreUnderWay() {
        NodeBench bench = with("transactionChecks", 1);
        bench.checksByHand = true;
        bench.handle(new Input.TransactionSubmitted(new SubmissionId(1), payments.get(0)));

        List<Output> outputs = bench.handle(new Input.TransactionSubmitted(new SubmissionId(2), payments.get(1)));

        assertThat(NodeBench.only(outputs, Output.SubmissionAnswered.class)).containsExactly(
                new Output.SubmissionAnswered(new SubmissionId(2), Outcome.refused(
                        Violation.of(Rule.POL_NOT_READY).with("checksUnderWay", 1))));
    }

    @Test
    void soManyRefusedPaymentsAreRememberedAndNoMore() {
        NodeBench bench = with("refusedTransactions", 1);
        TestPeer peer = bench.peer(1);
        List<Payment> cheap = new ArrayList<>(List.of(payment(1, 1), payment(2, 1)));
        for (Payment payment : cheap) {
            peer.say(new Message.Have(List.of(payment.fullId())));
            assertThat(peer.rejects(peer.say(send(payment)))).containsExactly(Rule.POL_FEE_RATE);
        }

        Message have = new Message.Have(cheap.stream().map(Payment::fullId).toList());

        assertThat(peer.heard(peer.say(have))).containsExactly(ask(cheap.getFirst().fullId()));
    }

    @Test
    void refusedPaymentsAreForgottenWithTheNextCheese() {
        NodeBench bench = NodeBench.in(world);
        TestPeer peer = bench.peer(1);
        Payment cheap = payment(1, 1);
        peer.say(new Message.Have(List.of(cheap.fullId())));
        peer.say(send(cheap));
        assertThat(peer.heard(peer.say(new Message.Have(List.of(cheap.fullId()))))).isEmpty();

        bench.handle(new Input.CheeseMined(world.next()));

        assertThat(peer.heard(peer.say(new Message.Have(List.of(cheap.fullId()))))).containsExactly(
                ask(cheap.fullId()));
    }

    @Test
    void soMuchIsRememberedAsKnownToAPeerAndNoMore() {
        NodeBench bench = with("rememberedPerLink", 1);
        TestPeer peer = bench.peer(1);
        peer.say(new Message.Have(fullIds.subList(0, 2)));
        for (Payment payment : payments.subList(0, 2)) {
            bench.handle(new Input.TransactionSubmitted(new SubmissionId(1), payment));
        }

        assertThat(peer.heard(bench.pass(100))).containsExactly(new Message.Have(fullIds.subList(0, 1)));
    }

    @Test
    void aPeerThatOwesSoMuchIsAskedForNoMoreAndLeavesRoomForOthers() {
        NodeBench bench = with("transactionsPerLink", 1);
        TestPeer silent = bench.peer(1);
        TestPeer other = bench.peer(2);

        assertThat(silent.heard(silent.say(new Message.Have(fullIds)))).containsExactly(ask(fullIds.get(0)));
        bench.pass(30_000);
        assertThat(other.heard(other.say(new Message.Have(fullIds.subList(1, 2))), Message.GetTransactions.class))
                .containsExactly(new Message.GetTransactions(fullIds.subList(1, 2)));
        assertThat(silent.heard(bench.pass(100), Message.GetTransactions.class)).isEmpty();

        silent.say(send(payments.get(0)));
        assertThat(silent.heard(bench.pass(100), Message.GetTransactions.class))
                .containsExactly(new Message.GetTransactions(fullIds.subList(2, 3)));
    }

    @Test
    void whatABusyPeerHasIsAskedOfItWhenItHasAnswered() {
        NodeBench bench = with("transactionsPerLink", 1);
        TestPeer gone = bench.peer(1);
        TestPeer busy = bench.peer(2);
        busy.say(new Message.Have(fullIds.subList(0, 1)));
        gone.say(new Message.Have(fullIds.subList(1, 2)));
        busy.say(new Message.Have(fullIds.subList(1, 2)));
        gone.leave();

        assertThat(busy.heard(bench.pass(100), Message.GetTransactions.class)).isEmpty();
        busy.say(send(payments.get(0)));

        assertThat(busy.heard(bench.pass(100), Message.GetTransactions.class))
                .containsExactly(new Message.GetTransactions(fullIds.subList(1, 2)));
    }

    /** Four peers at most, of which each is sure of one payment; four more are for whoever comes first. */
    private NodeBench fourPeers(String limit) {
        return NodeBench.in(world, Records.with(Records.with(Records.with(NodeLimits.defaults(),
                "outboundLinks", 1), "inboundLinks", 3), limit, 8));
    }

    private static List<FullId> strange(int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(number -> new FullId(Sha256.hash(new byte[]{(byte) number})))
                .toList();
    }

    @Test
    void peersThatAnnounceWhatTheyNeverSendLeaveAQuestionToEachOther() {
        NodeBench bench = fourPeers("transactionsInFlight");
        TestPeer greedy = bench.peer(1);
        TestPeer alike = bench.peer(2);
        TestPeer honest = bench.peer(3);

        assertThat(greedy.heard(greedy.say(new Message.Have(strange(0, 20)))))
                .containsExactly(new Message.GetTransactions(strange(0, 5)));
        assertThat(alike.heard(alike.say(new Message.Have(strange(20, 20)))))
                .containsExactly(new Message.GetTransactions(strange(20, 1)));

        for (Payment payment : payments) {
            honest.say(new Message.Have(List.of(payment.fullId())));
            honest.say(send(payment));
        }
        assertThat(bench.node.mempool().count()).isEqualTo(3);
    }

    @Test
    void whoDoesNotAnswerInTimeGivesUpItsPlaceAmongTheQuestions() {
        NodeBench bench = fourPeers("transactionsInFlight");
        TestPeer greedy = bench.peer(1);
        TestPeer honest = bench.peer(3);
        greedy.say(new Message.Have(strange(0, 5)));
        bench.pass(NodeLimits.defaults().requestMillis() + 1);

        assertThat(honest.heard(honest.say(new Message.Have(fullIds)))).containsExactly(
                new Message.GetTransactions(fullIds));
    }

    @Test
    void peersThatAnnounceTooMuchLeaveRoomForWhatOthersAnnounce() {
        NodeBench bench = NodeBench.in(world, Records.with(Records.with(Records.with(Records.with(
                NodeLimits.defaults(), "outboundLinks", 1), "inboundLinks", 3), "transactionsWaiting", 8),
                "transactionsPerLink", 1));
        TestPeer greedy = bench.peer(1);
        greedy.say(new Message.Have(strange(0, 20)));
        TestPeer honest = bench.peer(3);
        honest.say(new Message.Have(fullIds));
        honest.say(send(payments.get(0)));

        assertThat(honest.heard(bench.pass(100), Message.GetTransactions.class)).containsExactly(
                new Message.GetTransactions(fullIds.subList(1, 2)));
    }

    @Test
    void aLinkThatIsGoneGivesBackAllRoomThatItHeld() {
        NodeBench bench = NodeBench.in(world, Records.with(Records.with(Records.with(Records.with(Records.with(
                NodeLimits.defaults(), "outboundLinks", 1), "inboundLinks", 3), "transactionsWaiting", 8),
                "transactionsInFlight", 8), "transactionsPerLink", 2));
        for (int key = 1; key <= 20; key++) {
            TestPeer greedy = bench.peer(key);
            assertThat(greedy.heard(greedy.say(new Message.Have(strange(0, 20))))).hasSize(1);
            greedy.leave();
        }
        TestPeer honest = bench.peer(21);
        honest.say(new Message.Have(fullIds));
        honest.say(send(payments.get(0)));

        assertThat(honest.heard(bench.pass(100), Message.GetTransactions.class)).containsExactly(
                new Message.GetTransactions(fullIds.subList(2, 3)));
    }

    @Test
    void aNewPeerIsToldOfAllThatWaitsOnceAndInItsOrder() {
        NodeBench bench = NodeBench.in(world);
        for (Payment payment : payments) {
            bench.handle(new Input.TransactionSubmitted(new SubmissionId(1), payment));
        }
        bench.pass(100);
        TestPeer late = bench.peer(1);

        assertThat(late.heard(bench.pass(100))).containsExactly(new Message.Have(fullIds));
        assertThat(late.heard(bench.pass(100))).isEmpty();
    }
}
