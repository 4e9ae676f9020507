package org.cheesecoin.chain.mempool;

import java.util.ArrayList;
import java.util.List;

import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.TransactionOutput;
import org.cheesecoin.chain.testing.Payments;
import org.cheesecoin.chain.testing.Payments.Input;
import org.cheesecoin.chain.testing.TestKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What it takes to replace: DESIGN section 3, BIP-125 without its signal. */
class ReplacementTest {

    private static final int PASS_BYTES = Payment.sizeBytes(1, 1, 1);

    private final PoolBench bench = PoolBench.rich(5);

    @ParameterizedTest(name = "{0}")
    @CsvSource({
            // conflict's fee, its child's fee, replacement's outputs, replacement's fee, what comes of it
            "pays no more,             1000,    0,  1,  1000, TRX_INPUT_SPENT",
            "pays a crumb more,        1000,    0,  1,  1001, POL_REPLACE_FEE",
            "one crumb short,          1000,    0,  1,  1169, POL_REPLACE_FEE",
            "just enough,              1000,    0,  1,  1170, ''",
            "forgets the child,        1000, 2000,  1,  1170, POL_REPLACE_FEE",
            "pays for the child too,   1000, 2000,  1,  3170, ''",
            "more in all but longer,   1000,    0, 50,  2000, POL_REPLACE_RATE",
            "longer at a higher rate,  1000,    0, 50, 11000, ''",
    })
    void economics(String name, long fee, long childFee, int outputs, long newFee, String refusal) {
        assertThat(PASS_BYTES).isEqualTo(170);
        Payment conflict = bench.pass(1, fee);
        bench.admitted(conflict);
        if (childFee > 0) {
            bench.admitted(bench.passOn(conflict, TestKeys.key(1), childFee));
        }
        int before = bench.pool.count();
        List<TransactionOutput> outs = new ArrayList<>();
        outs.add(Payments.to(PoolBench.SHOP, PoolBench.ALLOCATION - newFee - (outputs - 1)));
        while (outs.size() < outputs) {
            outs.add(Payments.to(PoolBench.SHOP, 1));
        }
        Payment replacement = bench.pay(List.of(bench.world.allocation(1)), outs.toArray(TransactionOutput[]::new));

        if (refusal.isEmpty()) {
            Admission.Admitted admitted = (Admission.Admitted) bench.admit(replacement);
            assertThat(admitted.removed()).hasSize(before);
            assertThat(bench.waiting()).containsExactly(replacement.txid());
            assertThat(bench.removed(MempoolStep.Reason.REPLACED)).hasSize(before);
            assertThat(bench.steps.getLast()).isInstanceOf(MempoolStep.Admitted.class);
        } else {
            bench.refuses(replacement, Rule.valueOf(refusal));
        }
    }

    @Test
    void aRateMustBeatEachConflict() {
        Payment cheap = bench.pass(1, 200);
        Payment dear = bench.pass(2, 5_000);
        bench.admitted(cheap);
        bench.admitted(dear);
        long both = 2 * PoolBench.ALLOCATION;
        Payment replacement = bench.pay(
                List.of(bench.world.allocation(1), bench.world.allocation(2)),
                Payments.to(PoolBench.SHOP, both - 6_000));

        bench.refuses(replacement, Rule.POL_REPLACE_RATE);
    }

    @Test
    void evictsAHundredAndNoMore() {
        List<Input> inputs = new ArrayList<>();
        long sum = 0;
        for (int owner = 1; owner <= 5; owner++) {
            int parts = owner == 5 ? 5 : 24;
            Payment split = bench.split(owner, parts, 5_000);
            bench.confirm(split);
            for (int part = 0; part < parts; part++) {
                Input input = Payments.from(split, part, TestKeys.key(owner));
                long crumbs = split.outputs().get(part).amount().crumbs();
                bench.admitted(bench.pass(input, crumbs, 200));
                inputs.add(input);
                sum += crumbs;
            }
        }
        assertThat(inputs).hasSize(101);
        Payment tooMany = bench.pay(inputs, Payments.to(PoolBench.SHOP, sum - 1_000_000));
        long last = bench.pool.entry(bench.pool.spender(inputs.getLast().outPoint()).orElseThrow())
                .orElseThrow().payment().outputs().getFirst().amount().crumbs() + 200;
        Payment fits = bench.pay(inputs.subList(0, 100), Payments.to(PoolBench.SHOP, sum - last - 1_000_000));

        bench.refuses(tooMany, Rule.POL_REPLACE_COUNT);
        Admission.Admitted admitted = (Admission.Admitted) bench.admit(fits);
        assertThat(admitted.removed()).hasSize(100);
    }

    @Test
    void addsNoUnconfirmedInput() {
        Payment conflict = bench.pass(1, 500);
        Payment other = bench.pass(2, 500);
        bench.admitted(conflict);
        bench.admitted(other);
        long sum = 2 * PoolBench.ALLOCATION - 500;
        Payment replacement = bench.pay(
                List.of(bench.world.allocation(1), Payments.from(other, 0, TestKeys.key(2))),
                Payments.to(PoolBench.SHOP, sum - 50_000));

        bench.refuses(replacement, Rule.POL_REPLACE_INPUT);
    }

    @Test
    void keepsAnUnconfirmedInputThatItsConflictHad() {
        Payment parent = bench.pass(1, 500);
        Payment child = bench.passOn(parent, TestKeys.key(1), 500);
        bench.admitted(parent);
        bench.admitted(child);

        Payment better = bench.passOn(parent, TestKeys.key(1), 5_000);
        bench.admitted(better);

        assertThat(bench.removedTxids(MempoolStep.Reason.REPLACED)).containsExactly(child.txid());
        assertThat(bench.removed(MempoolStep.Reason.REPLACED).getFirst().rival()).contains(better.txid());
    }

    @Test
    void replacingAtTheEndOfAFullChainIsAllowed() {
        List<Payment> chain = bench.chain(1, 26, 500);
        chain.forEach(bench::admitted);

        bench.admitted(bench.passOn(chain.get(24), TestKeys.key(1), 50_000));

        assertThat(bench.pool.count()).isEqualTo(26);
    }
}
