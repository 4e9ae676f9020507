package org.cheesecoin.chain.node;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.PaymentBody;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.mempool.MempoolEntry;
import org.cheesecoin.chain.testing.Payments;
import org.cheesecoin.chain.testing.Records;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestKeys.TestKey;
import org.cheesecoin.chain.testing.TestWorld;
import org.cheesecoin.chain.wire.Message;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What checks of signatures may hold and cost, whoever asks for them. */
class CheckRoomTest {

    private final TestWorld world = TestWorld.rich(16).mineEmpty(2);
    private final List<Payment> payments = IntStream.rangeClosed(1, 16)
            .mapToObj(owner -> world.pay(world.allocation(owner), TestKeys.key(50), 1_000, 500))
            .toList();
    /** With what a check itself takes. */
    private final int oneBytes = payments.getFirst().sizeBytes() + 100;

    /** Room for so many payments: half for users, a quarter divided among four peers, a quarter for any peer. */
    private NodeBench roomFor(int checks) {
        NodeLimits limits = Records.with(Records.with(NodeLimits.defaults(), "outboundLinks", 1), "inboundLinks", 3);
        NodeBench bench = NodeBench.in(world, Records.with(limits, "transactionCheckBytes", (long) checks * oneBytes));
        bench.checksByHand = true;
        return bench;
    }

    private static List<Output.CheckTransaction> give(TestPeer peer, List<Payment> some) {
        List<Output> outputs = new ArrayList<>(peer.say(new Message.Have(some.stream().map(Payment::fullId).toList())));
        outputs.addAll(peer.say(new Message.Transactions(some)));
        return NodeBench.only(outputs, Output.CheckTransaction.class);
    }

    private static List<Output> submit(NodeBench bench, Payment payment) {
        return bench.handle(new Input.TransactionSubmitted(new SubmissionId(1), payment));
    }

    @Test
    void peersThatFillTheirHalfLeaveUsersTheirs() {
        NodeBench bench = roomFor(16);

        assertThat(give(bench.peer(1), payments.subList(0, 8))).hasSize(5);
        assertThat(give(bench.peer(2), payments.subList(8, 12))).hasSize(1);

        for (int i = 12; i < 16; i++) {
            assertThat(NodeBench.only(submit(bench, payments.get(i)), Output.CheckTransaction.class)).hasSize(1);
        }
    }

    @Test
    void usersThatFillTheirHalfAreToldSoAndLeavePeersTheirs() {
        NodeBench bench = roomFor(8);
        for (int i = 0; i < 4; i++) {
            assertThat(NodeBench.only(submit(bench, payments.get(i)), Output.CheckTransaction.class)).hasSize(1);
        }

        List<Output> refused = submit(bench, payments.get(4));

        assertThat(NodeBench.only(refused, Output.SubmissionAnswered.class)).singleElement().satisfies(
                answer -> assertThat(answer.answer()).isInstanceOfSatisfying(Outcome.Refused.class,
                        outcome -> assertThat(outcome.violation().rule()).isEqualTo(Rule.POL_NOT_READY)));
        assertThat(give(bench.peer(1), payments.subList(5, 6))).hasSize(1);
    }

    @Test
    void theRoomIsThereAgainWhenTheChecksAreDone() {
        NodeBench bench = roomFor(16);
        TestPeer peer = bench.peer(1);
        List<Output.CheckTransaction> first = give(peer, payments.subList(0, 5));
        assertThat(give(peer, payments.subList(5, 6))).isEmpty();
        first.forEach(bench::doCheck);

        List<Output> outputs = new ArrayList<>(bench.pass(100));
        outputs.addAll(peer.say(new Message.Transactions(payments.subList(5, 6))));

        assertThat(NodeBench.only(outputs, Output.CheckTransaction.class)).hasSize(1);
        assertThat(peer.rejects(bench.outputs)).isEmpty();
    }

    @Test
    void orphansThatFindTheirParentAreAllCheckedThoughTheirRoomIsTooSmallForAllAtOnce() {
        NodeBench bench = roomFor(8);
        TestPeer peer = bench.peer(1);
        Payment parent = Payments.pay(world.network(), List.of(world.allocation(1)),
                IntStream.rangeClosed(1, 8).mapToObj(it -> Payments.to(TestKeys.key(50), 10_000)).toList());
        List<Payment> orphans = IntStream.range(0, 8)
                .mapToObj(it -> Payments.pay(world.network(), Payments.from(parent, it, TestKeys.key(50)),
                        Payments.to(TestKeys.key(51), 9_000)))
                .toList();
        assertThat(give(peer, orphans)).as("their parent comes first").isEmpty();

        List<Output.CheckTransaction> checks = new ArrayList<>(give(peer, List.of(parent)));
        while (!checks.isEmpty()) {
            List<Output> outputs = bench.doCheck(checks.removeFirst());
            checks.addAll(NodeBench.only(outputs, Output.CheckTransaction.class));
        }

        assertThat(bench.node.mempool().entries()).extracting(MempoolEntry::payment)
                .containsExactlyInAnyOrderElementsOf(Stream.concat(Stream.of(parent), orphans.stream()).toList());
        assertThat(bench.node.mempool().orphanCount()).isZero();
    }

    @Test
    void signaturesOfOthersThanTheOwnersAreNotChecked() {
        NodeBench bench = roomFor(16);
        List<TestKey> strangers = IntStream.range(100, 150).mapToObj(TestKeys::key).toList();
        PaymentBody body = new PaymentBody(
                payments.getFirst().inputs(), List.of(Payments.to(TestKeys.key(7), 1_000)));
        Payment forged = Payments.sign(world.network().id(), body, strangers);

        assertThat(give(bench.peer(1), List.of(forged))).isEmpty();

        assertThat(NodeBench.only(bench.outputs, Output.Refused.class))
                .extracting(refused -> refused.violation().rule())
                .containsExactly(Rule.TRX_WITNESS_MISSING);
    }
}
