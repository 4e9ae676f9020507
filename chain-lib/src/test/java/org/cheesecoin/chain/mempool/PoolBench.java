package org.cheesecoin.chain.mempool;

import java.util.ArrayList;
import java.util.List;

import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.TransactionOutput;
import org.cheesecoin.chain.cheese.Txid;
import org.cheesecoin.chain.consensus.CheckedTransaction;
import org.cheesecoin.chain.consensus.CoinChanges;
import org.cheesecoin.chain.consensus.Moment;
import org.cheesecoin.chain.consensus.TransactionRules;
import org.cheesecoin.chain.stack.StackStep;
import org.cheesecoin.chain.testing.Payments;
import org.cheesecoin.chain.testing.Payments.Input;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestKeys.TestKey;
import org.cheesecoin.chain.testing.TestWorld;

import static org.assertj.core.api.Assertions.assertThat;

/** A mempool over a world of its own, with what it said so far. */
final class PoolBench {

    static final TestKey SHOP = TestKeys.key(900);
    static final long ALLOCATION = 1_000 * Amount.CRUMBS_PER_CHEESE;

    TestWorld world;
    final Mempool pool;
    final List<MempoolStep> steps = new ArrayList<>();
    long nowMillis = 1_800_000_000_000L;

    PoolBench(TestWorld world, MempoolLimits limits) {
        this.world = world;
        this.pool = new Mempool(world.network(), limits);
    }

    static PoolBench rich(int owners) {
        return rich(owners, MempoolLimits.DEFAULT);
    }

    static PoolBench rich(int owners, MempoolLimits limits) {
        return new PoolBench(TestWorld.rich(owners), limits);
    }

    int nextHeight() {
        return world.tip().height() + 1;
    }

    Admission admit(Payment payment) {
        CheckedTransaction checked = TransactionRules.standAlone(payment, world.network().id(), TestKeys.SCHEME)
                .orElseThrow();
        return pool.admit(checked, world.coins(), nextHeight(), Moment.of(nowMillis), steps::add);
    }

    MempoolEntry admitted(Payment payment) {
        Admission admission = admit(payment);
        assertThat(admission).isInstanceOf(Admission.Admitted.class);
        return ((Admission.Admitted) admission).entry();
    }

    /** It is refused by this rule, before its signatures are paid for, and the mempool is as it was. */
    void refuses(Payment payment, Rule rule) {
        List<Txid> before = waiting();
        int said = steps.size();
        Precheck precheck = pool.precheck(payment, world.coins(), nextHeight(), nowMillis);
        assertThat(precheck).isInstanceOfSatisfying(
                Precheck.Refused.class, refused -> assertThat(refused.violation().rule()).isEqualTo(rule));
        assertThat(refusal(payment)).isEqualTo(rule);
        assertThat(waiting()).isEqualTo(before);
        assertThat(steps).hasSize(said);
    }

    Rule refusal(Payment payment) {
        Admission admission = admit(payment);
        assertThat(admission).isInstanceOf(Admission.Refused.class);
        return ((Admission.Refused) admission).violation().rule();
    }

    List<Txid> waiting() {
        return pool.entries().stream().map(MempoolEntry::txid).toList();
    }

    /** From one input to one output of the same owner, so that it can go on. */
    Payment pass(Input input, long inputCrumbs, long fee) {
        return pay(List.of(input), Payments.to(input.owner(), inputCrumbs - fee));
    }

    /** The owner's allocation to itself. */
    Payment pass(int owner, long fee) {
        return pass(world.allocation(owner), ALLOCATION, fee);
    }

    /** The first output of a payment made by {@code pass}, on to the same owner. */
    Payment passOn(Payment parent, TestKey owner, long fee) {
        return pass(Payments.from(parent, 0, owner), parent.outputs().getFirst().amount().crumbs(), fee);
    }

    Payment pay(List<Input> inputs, TransactionOutput... outputs) {
        return Payments.pay(world.network(), inputs, List.of(outputs));
    }

    /** A payment of the owner's allocation to so many outputs of the same owner. */
    Payment split(int owner, int parts, long fee) {
        long each = (ALLOCATION - fee) / parts;
        List<TransactionOutput> outputs = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            outputs.add(Payments.to(TestKeys.key(owner), i == 0 ? ALLOCATION - fee - each * (parts - 1) : each));
        }
        return pay(List.of(world.allocation(owner)), outputs.toArray(TransactionOutput[]::new));
    }

    /** A chain from an allocation: each spends the one before. */
    List<Payment> chain(int owner, int length, long fee) {
        List<Payment> chain = new ArrayList<>();
        chain.add(pass(owner, fee));
        while (chain.size() < length) {
            chain.add(passOn(chain.getLast(), TestKeys.key(owner), fee));
        }
        return chain;
    }

    /** Mines these on the world's tip and tells the mempool. */
    void confirm(Payment... payments) {
        world.mine(payments);
        connect(world, world.tip().height());
    }

    void connect(TestWorld on, int height) {
        pool.connected(
                new StackStep.Connected(on.header(height), on.cheese(height), nothing()), steps::add);
    }

    void disconnect(TestWorld on, int height) {
        pool.disconnected(
                new StackStep.Disconnected(on.header(height), on.cheese(height), nothing()), steps::add);
    }

    /** Goes over to another world that is the same up to a height. */
    void reorganise(TestWorld to, int forkHeight) {
        for (int height = world.tip().height(); height > forkHeight; height--) {
            disconnect(world, height);
        }
        for (int height = forkHeight + 1; height <= to.tip().height(); height++) {
            connect(to, height);
        }
        world = to;
        pool.readmit(world.coins(), nextHeight(), Moment.of(nowMillis), steps::add);
    }

    List<MempoolStep.Removed> removed(MempoolStep.Reason reason) {
        return steps.stream()
                .filter(MempoolStep.Removed.class::isInstance)
                .map(MempoolStep.Removed.class::cast)
                .filter(removed -> removed.reason() == reason)
                .toList();
    }

    List<Txid> removedTxids(MempoolStep.Reason reason) {
        return removed(reason).stream().map(MempoolStep.Removed::txid).toList();
    }

    OutPoint output(Payment payment) {
        return payment.outPoint(0);
    }

    private static CoinChanges nothing() {
        return new CoinChanges(List.of(), List.of(), Amount.ZERO);
    }
}
