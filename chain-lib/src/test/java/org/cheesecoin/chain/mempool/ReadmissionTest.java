package org.cheesecoin.chain.mempool;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Txid;
import org.cheesecoin.chain.consensus.Moment;
import org.cheesecoin.chain.testing.Payments;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestWorld;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Payments of the branch that lost are back, and nothing waits that cannot be confirmed any more. */
class ReadmissionTest {

    private final PoolBench bench = PoolBench.rich(6);

    @Test
    void paymentsOfTheLosingBranchWaitAgain() {
        TestWorld other = bench.world.copy().minedBy(TestKeys.key(77));
        Payment first = bench.pass(1, 500);
        Payment second = bench.pass(2, 500);
        bench.confirm(first);
        bench.confirm(second);
        bench.steps.clear();

        bench.reorganise(other.mineEmpty(3), 0);

        assertThat(bench.waiting()).containsExactly(first.txid(), second.txid());
        assertThat(bench.steps).allMatch(MempoolStep.Admitted.class::isInstance).hasSize(2);
        bench.confirm(bench.pool.template(bench.world.tip()).payments().toArray(Payment[]::new));
        assertThat(bench.pool.count()).isZero();
    }

    @Test
    void chainsOfDependentPaymentsComeBackWholeAndInOrder() {
        TestWorld other = bench.world.copy().minedBy(TestKeys.key(77));
        List<Payment> chain = bench.chain(1, 60, 500);
        for (int i = 0; i < 60; i += 20) {
            bench.confirm(chain.subList(i, i + 20).toArray(Payment[]::new));
        }
        Payment onTop = bench.passOn(chain.getLast(), TestKeys.key(1), 700);
        bench.admitted(onTop);

        bench.reorganise(other.mineEmpty(4), 0);

        List<Txid> all = new ArrayList<>(chain.stream().map(Payment::txid).toList());
        all.add(onTop.txid());
        assertThat(bench.waiting()).containsExactlyElementsOf(all);
        assertThat(bench.pool.entry(onTop.txid()).orElseThrow().ancestorCount()).isEqualTo(60);
        assertThat(bench.pool.entry(chain.getFirst().txid()).orElseThrow().descendantCount()).isEqualTo(60);
        bench.confirm(bench.pool.template(bench.world.tip()).payments().toArray(Payment[]::new));
        assertThat(bench.pool.count()).isZero();
    }

    @Test
    void whatPaysNothingComesBackTooSinceItsReceiverSawItConfirmed() {
        TestWorld other = bench.world.copy().minedBy(TestKeys.key(77));
        Payment free = bench.pass(1, 0);
        bench.confirm(free);

        bench.reorganise(other.mineEmpty(2), 0);

        assertThat(bench.waiting()).containsExactly(free.txid());
    }

    @Test
    void whatTheWinningBranchConfirmsDoesNotComeBack() {
        Payment both = bench.pass(1, 500);
        Payment child = bench.passOn(both, TestKeys.key(1), 500);
        TestWorld other = bench.world.copy().minedBy(TestKeys.key(77));
        other.mine(both);
        other.mine();
        bench.confirm(both);
        bench.admitted(child);
        bench.steps.clear();

        bench.reorganise(other, 0);

        assertThat(bench.waiting()).containsExactly(child.txid());
        assertThat(bench.steps).isEmpty();
    }

    @Test
    void aWaitingPaymentThatTheWinningBranchConfirmsIsConfirmed() {
        Payment parent = bench.pass(1, 500);
        Payment child = bench.passOn(parent, TestKeys.key(1), 500);
        TestWorld other = bench.world.copy().minedBy(TestKeys.key(77));
        other.mine(parent, child);
        other.mine();
        bench.confirm(parent);
        bench.admitted(child);

        bench.reorganise(other, 0);

        assertThat(bench.pool.count()).isZero();
        assertThat(bench.removedTxids(MempoolStep.Reason.CONFIRMED)).containsExactly(child.txid());
    }

    @Test
    void whatSpendsTheLosersCoinsIsInvalidWithAllThatBuildsOnIt() {
        TestWorld other = bench.world.copy().minedBy(TestKeys.key(77));
        Payment mined = bench.pass(1, 500);
        Payment rival = other.pay(other.allocation(1), PoolBench.SHOP, 7, 900);
        bench.confirm(mined);
        Payment child = bench.passOn(mined, TestKeys.key(1), 500);
        Payment grandchild = bench.passOn(child, TestKeys.key(1), 500);
        Payment bystander = bench.pass(2, 500);
        List.of(child, grandchild, bystander).forEach(bench::admitted);
        other.mine(rival);

        bench.reorganise(other.mineEmpty(1), 0);

        assertThat(bench.waiting()).containsExactly(bystander.txid());
        assertThat(bench.removedTxids(MempoolStep.Reason.INVALID)).containsExactly(child.txid(), grandchild.txid());
    }

    @Test
    void whatSpendsACoinbaseOfTheLosersIsInvalid() {
        TestWorld common = bench.world;
        TestWorld other = common.copy().minedBy(TestKeys.key(77));
        for (int i = 0; i < 10; i++) {
            bench.confirm();
        }
        Payment spending = bench.pass(bench.world.coinbase(1), 100_000_000, 1_000);
        bench.admitted(spending);

        bench.reorganise(other.mineEmpty(11), 0);

        assertThat(bench.pool.count()).isZero();
        assertThat(bench.removedTxids(MempoolStep.Reason.INVALID)).containsExactly(spending.txid());
    }

    @Test
    void whatIsNotMatureAnyMoreIsInvalidThoughItsCoinStays() {
        bench.confirm();
        TestWorld other = bench.world.copy().minedBy(TestKeys.key(77));
        for (int i = 0; i < 9; i++) {
            bench.confirm();
        }
        Payment spending = bench.pass(bench.world.coinbase(1), 100_000_000, 1_000);
        Payment child = bench.passOn(spending, TestKeys.key(0), 1_000);
        bench.admitted(spending);
        bench.admitted(child);

        // A branch of fewer cheeses may have more work.
        bench.reorganise(other.mineEmpty(5), 1);

        assertThat(bench.pool.count()).isZero();
        assertThat(bench.removedTxids(MempoolStep.Reason.INVALID)).containsExactly(spending.txid(), child.txid());
    }

    @Test
    void holdsNoMoreThanItsRoomDuringADeepOneAndKeepsTheLowest() {
        PoolBench small = PoolBench.rich(30, MempoolLimits.DEFAULT.withMemoryBytes(15_000));
        TestWorld other = small.world.copy().minedBy(TestKeys.key(77));
        for (int owner = 1; owner <= 30; owner++) {
            small.confirm(small.pass(owner, 1_000));
        }
        Txid lowest = small.world.cheese(1).transactions().getLast().txid();
        Txid highest = small.world.cheese(30).transactions().getLast().txid();

        small.reorganise(other.mineEmpty(31), 0);

        assertThat(small.pool.memoryBytes()).isLessThanOrEqualTo(15_000);
        assertThat(small.pool.count()).isGreaterThan(5);
        assertThat(small.waiting()).contains(lowest).doesNotContain(highest);
    }

    @Test
    void aChainComesBackAsFarAsItsLimitWhichIsLongerThanThatOfNewPayments() {
        TestWorld other = bench.world.copy().minedBy(TestKeys.key(77));
        List<Payment> chain = bench.chain(1, 502, 500);
        bench.confirm(chain.toArray(Payment[]::new));

        bench.reorganise(other.mineEmpty(2), 0);

        List<Payment> comesBack = chain.subList(0, 501);
        assertThat(bench.waiting()).containsExactlyElementsOf(comesBack.stream().map(Payment::txid).toList());
        assertThat(bench.pool.entry(chain.get(500).txid()).orElseThrow().ancestorCount()).isEqualTo(500);
        bench.refuses(chain.get(501), Rule.POL_ANCESTORS);
        assertThat(bench.pool.template(bench.world.tip()).payments()).containsExactlyElementsOf(comesBack);
    }

    @Test
    void aStartTakesBackWhatWaitedInWhateverOrder() {
        List<Payment> pending = new ArrayList<>(bench.chain(1, 26, 500));
        pending.addAll(bench.chain(2, 3, 500));
        Payment gone = bench.pass(3, 500);
        Payment child = bench.passOn(gone, TestKeys.key(3), 500);
        bench.confirm(bench.world.pay(bench.world.allocation(3), PoolBench.SHOP, 1, 1));
        pending.add(gone);
        pending.add(child);
        Collections.shuffle(pending, new Random(5));

        bench.pool.restore(pending, bench.world.coins(), bench.nextHeight(), Moment.of(bench.nowMillis),
                bench.steps::add);

        assertThat(bench.pool.count()).isEqualTo(29);
        assertThat(bench.steps).hasSize(2);
        assertThat(bench.removedTxids(MempoolStep.Reason.INVALID)).containsExactly(gone.txid(), child.txid());
        assertThat(bench.pool.template(bench.world.tip()).payments()).hasSize(29);
    }

    @Test
    void goingThereAndBackChangesNothing() {
        TestWorld other = bench.world.copy().minedBy(TestKeys.key(77));
        List<Payment> chain = bench.chain(1, 3, 500);
        bench.confirm(chain.get(0));
        bench.confirm(chain.get(1));
        bench.admitted(chain.get(2));
        bench.admitted(bench.pass(4, 500));
        List<Txid> before = bench.waiting();
        TestWorld mine = bench.world;

        bench.reorganise(other.mineEmpty(3), 0);
        assertThat(bench.pool.count()).isEqualTo(4);
        bench.reorganise(mine, 0);

        assertThat(bench.waiting()).containsExactlyInAnyOrderElementsOf(before);
        assertThat(bench.pool.entries()).allMatch(entry -> entry.ancestorCount() == 0);
    }

    @Test
    void aPaymentThatWasPaidTwiceIsKeptOnce() {
        TestWorld other = bench.world.copy().minedBy(TestKeys.key(77));
        Payment mine = bench.pass(1, 500);
        Payment theirs = other.pay(Payments.from(other.cheese(0).transactions().getFirst(), 0, TestKeys.key(1)),
                PoolBench.SHOP, 3, 300);
        bench.confirm(mine);
        other.mine(theirs);

        bench.reorganise(other.mineEmpty(1), 0);

        assertThat(bench.pool.count()).isZero();
        assertThat(bench.world.coins().coin(mine.outPoint(0))).isEmpty();
    }
}
