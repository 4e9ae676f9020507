package org.cheesecoin.chain.node;

import java.util.List;

import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Txid;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.testing.Payments;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestWorld;
import org.cheesecoin.chain.wire.Message;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A payment that spends what a cheese of the best branch has spent. */
class ConfirmedDoubleSpendTest {

    private final TestWorld world = TestWorld.rich(4).mineEmpty(1);
    private final Payment confirmed = Payments.pay(world.network(), world.allocation(1),
            Payments.to(TestKeys.key(5), 999 * 100_000_000L));
    private final Payment again = Payments.pay(world.network(), world.allocation(1),
            Payments.to(TestKeys.key(6), 998 * 100_000_000L));

    private static List<Output> give(TestPeer peer, Payment payment) {
        peer.say(new Message.Have(List.of(payment.fullId())));
        return peer.say(new Message.Transactions(List.of(payment)));
    }

    private static Violation refusal(NodeBench bench, Payment payment) {
        List<Output> outputs = bench.handle(new Input.TransactionSubmitted(new SubmissionId(1), payment));
        Outcome<Txid> answer = NodeBench.only(outputs, Output.SubmissionAnswered.class).getFirst().answer();
        assertThat(answer).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused<Txid>) answer).violation();
    }

    @Test
    void isRefusedOverTheWireWithItsRuleAndValuesAndWithoutPoints() {
        world.mine(confirmed);
        NodeBench bench = NodeBench.in(world);
        TestPeer peer = bench.peer(1);

        List<Message.Reject> rejects = peer.heard(give(peer, again), Message.Reject.class);

        assertThat(rejects).singleElement().satisfies(reject -> {
            assertThat(reject.rule()).isEqualTo(Rule.TRX_INPUT_SPENT);
            assertThat(reject.subject()).isEqualTo(again.fullId().hash());
            assertThat(reject.explanation()).contains(
                    again.txid().toHex(), again.inputs().getFirst().toString(), confirmed.txid().toHex());
        });
        assertThat(bench.node.mempool().orphanCount()).isZero();
        assertThat(bench.node.status().peers().getFirst().points()).isZero();
    }

    @Test
    void isRefusedToAUserWithTheSameRuleAndValues() {
        world.mine(confirmed);

        Violation violation = refusal(NodeBench.in(world), again);

        assertThat(violation.rule()).isEqualTo(Rule.TRX_INPUT_SPENT);
        assertThat(violation.values())
                .containsEntry("input", again.inputs().getFirst().toString())
                .containsEntry("conflictingTxid", confirmed.txid().toHex());
    }

    @Test
    void whatIsConfirmedItselfIsNoDoubleSpendThoughItsOutputsAreGone() {
        world.mine(confirmed);
        world.mine(Payments.pay(world.network(), Payments.from(confirmed, 0, TestKeys.key(5)),
                Payments.to(TestKeys.key(6), 998 * 100_000_000L)));
        NodeBench bench = NodeBench.in(world);
        TestPeer peer = bench.peer(1);

        assertThat(peer.rejects(give(peer, confirmed))).containsExactly(Rule.POL_CONFIRMED);
        assertThat(refusal(bench, confirmed).rule()).isEqualTo(Rule.POL_CONFIRMED);
    }

    @Test
    void aPaymentWhoseParentIsUnknownStillWaits() {
        world.mine(confirmed);
        NodeBench bench = NodeBench.in(world);
        TestPeer peer = bench.peer(1);
        Payment parent = world.pay(world.allocation(2), TestKeys.key(5), 1_000, 500);
        Payment child = Payments.pay(
                world.network(), Payments.from(parent, 0, TestKeys.key(5)), Payments.to(TestKeys.key(6), 400));

        assertThat(peer.rejects(give(peer, child))).isEmpty();

        assertThat(bench.node.mempool().isOrphan(child.fullId())).isTrue();
    }

    @Test
    void oneSpentInputIsEnoughThoughAnotherIsUnknown() {
        world.mine(confirmed);
        NodeBench bench = NodeBench.in(world);
        TestPeer peer = bench.peer(1);
        Payment parent = world.pay(world.allocation(2), TestKeys.key(5), 1_000, 500);
        Payment mixed = Payments.pay(world.network(),
                List.of(Payments.from(parent, 0, TestKeys.key(5)), world.allocation(1)),
                List.of(Payments.to(TestKeys.key(6), 400)));

        assertThat(peer.rejects(give(peer, mixed))).containsExactly(Rule.TRX_INPUT_SPENT);
    }
}
