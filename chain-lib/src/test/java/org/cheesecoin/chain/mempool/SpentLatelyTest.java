package org.cheesecoin.chain.mempool;

import java.util.List;

import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.testing.Payments;
import org.cheesecoin.chain.testing.Records;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestWorld;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What the mempool knows of outputs that cheeses have spent. */
class SpentLatelyTest {

    @Test
    void forgetsTheOldestWhenItIsFull() {
        PoolBench bench = PoolBench.rich(3, Records.with(MempoolLimits.DEFAULT, "spentRemembered", 2));
        for (int owner = 1; owner <= 3; owner++) {
            bench.confirm(bench.pass(owner, 500));
        }

        bench.refuses(again(bench, 3), Rule.TRX_INPUT_SPENT);
        bench.refuses(again(bench, 2), Rule.TRX_INPUT_SPENT);
        assertThat(bench.admit(again(bench, 1))).isInstanceOf(Admission.MissingInputs.class);
    }

    @Test
    void forgetsWhatALosingBranchSpent() {
        PoolBench bench = PoolBench.rich(1);
        TestWorld rival = bench.world.copy().minedBy(TestKeys.key(7));
        Payment parent = bench.pass(1, 500);
        bench.confirm(parent);
        bench.confirm(bench.passOn(parent, TestKeys.key(1), 500));
        Payment otherChild = bench.pay(
                List.of(Payments.from(parent, 0, TestKeys.key(1))), Payments.to(PoolBench.SHOP, 1_000));
        bench.refuses(otherChild, Rule.TRX_INPUT_SPENT);

        rival.mine(Payments.pay(rival.network(), rival.allocation(1), Payments.to(PoolBench.SHOP, 5_000)));
        bench.reorganise(rival.mineEmpty(2), 0);

        assertThat(bench.admit(otherChild)).isInstanceOf(Admission.MissingInputs.class);
    }

    private static Payment again(PoolBench bench, int owner) {
        return bench.pay(List.of(bench.world.copy().allocation(owner)), Payments.to(PoolBench.SHOP, 1_000));
    }
}
