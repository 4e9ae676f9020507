package org.cheesecoin.chain.mempool;

import java.util.List;

import org.cheesecoin.chain.cheese.FeeRate;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.testing.TestKeys;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EvictionTest {

    private static final int SIZE = Payment.sizeBytes(1, 1, 1);

    @Test
    void theWorstPaidGoFirst() {
        PoolBench bench = roomFor(3);
        Payment middle = bench.pass(1, 20 * SIZE);
        Payment worst = bench.pass(2, 10 * SIZE);
        Payment best = bench.pass(3, 30 * SIZE);
        List.of(middle, worst, best).forEach(bench::admitted);

        bench.admitted(bench.pass(4, 40 * SIZE));
        bench.admitted(bench.pass(5, 50 * SIZE));

        assertThat(bench.removedTxids(MempoolStep.Reason.EVICTED)).containsExactly(worst.txid(), middle.txid());
        assertThat(bench.waiting()).contains(best.txid()).hasSize(3);
    }

    @Test
    void aPoorParentStaysForItsRichChild() {
        PoolBench bench = roomFor(3);
        Payment parent = bench.pass(1, SIZE);
        Payment child = bench.passOn(parent, TestKeys.key(1), 99 * SIZE);
        Payment plain = bench.pass(2, 10 * SIZE);
        List.of(parent, child, plain).forEach(bench::admitted);

        bench.admitted(bench.pass(3, 20 * SIZE));

        assertThat(bench.removedTxids(MempoolStep.Reason.EVICTED)).containsExactly(plain.txid());
    }

    @Test
    void whatIsEvictedTakesWhatBuildsOnIt() {
        PoolBench bench = roomFor(3);
        Payment parent = bench.pass(1, SIZE);
        Payment child = bench.passOn(parent, TestKeys.key(1), 2 * SIZE);
        Payment plain = bench.pass(2, 10 * SIZE);
        List.of(parent, child, plain).forEach(bench::admitted);

        bench.admitted(bench.pass(3, 20 * SIZE));

        assertThat(bench.removedTxids(MempoolStep.Reason.EVICTED)).containsExactly(parent.txid(), child.txid());
        assertThat(bench.pool.count()).isEqualTo(2);
    }

    @Test
    void refusesWhatPaysLessThanItWouldEvictAndStaysAsItWas() {
        PoolBench bench = roomFor(2);
        List<Payment> chain = bench.chain(1, 2, 20 * SIZE);
        chain.forEach(bench::admitted);
        List<MempoolEntry> before = List.copyOf(bench.pool.entriesByRate(0, 10));

        assertThat(bench.refusal(bench.pass(2, 5 * SIZE))).isEqualTo(Rule.POL_MEMPOOL_FULL);

        assertThat(bench.pool.entriesByRate(0, 10)).isEqualTo(before);
        assertThat(bench.pool.entry(chain.getFirst().txid()).orElseThrow().descendantCount()).isEqualTo(1);
        assertThat(bench.pool.entry(chain.getLast().txid()).orElseThrow().ancestorCount()).isEqualTo(1);
        assertThat(bench.steps).hasSize(2);
        // From now on the same is seen before its signatures are paid for.
        bench.refuses(bench.pass(2, 5 * SIZE), Rule.POL_MEMPOOL_FULL);
    }

    @Test
    void theMinimumRateRisesByEvictionAndFallsByTime() {
        PoolBench bench = roomFor(1);
        bench.admitted(bench.pass(1, 100 * SIZE));
        bench.admitted(bench.pass(2, 200 * SIZE));
        long halfLife = MempoolLimits.DEFAULT.minimumHalfLifeMillis();

        assertThat(rate(bench, 0)).isEqualTo(101);
        assertThat(rate(bench, halfLife)).isEqualTo(50.5);
        assertThat(rate(bench, halfLife / 2)).isEqualTo(75.75);
        assertThat(rate(bench, 20 * halfLife)).isEqualTo(1);
        assertThat(rate(bench, Long.MAX_VALUE / 2 - bench.nowMillis)).isEqualTo(1);
        bench.refuses(bench.pass(3, 100 * SIZE), Rule.POL_MEMPOOL_FULL);
    }

    @Test
    void aFloodNeverTakesMoreThanItsRoom() {
        MempoolLimits limits = MempoolLimits.DEFAULT.withMemoryBytes(60_000);
        PoolBench bench = PoolBench.rich(400, limits);
        long best = 0;
        for (int owner = 1; owner <= 400; owner++) {
            long fee = SIZE * (1 + (owner * 7919L) % 401);
            bench.admit(bench.pass(owner, fee));
            best = Math.max(best, fee);
            assertThat(bench.pool.memoryBytes()).isLessThanOrEqualTo(60_000);
        }
        assertThat(bench.pool.count()).isBetween(30, 60_000 / SIZE);
        assertThat(bench.pool.entriesByRate(0, 1).getFirst().fee().crumbs()).isEqualTo(best);
        assertThat(bench.pool.memoryBytes())
                .isEqualTo(bench.pool.entries().stream().mapToLong(MempoolEntry::memoryBytes).sum());
        assertThat(bench.pool.minimumRate(bench.nowMillis)).isGreaterThan(FeeRate.ofCrumbsPerByte(300));
    }

    private static double rate(PoolBench bench, long laterMillis) {
        return bench.pool.minimumRate(bench.nowMillis + laterMillis).crumbsPerByte();
    }

    private static PoolBench roomFor(int payments) {
        PoolBench measure = PoolBench.rich(1);
        long one = measure.admitted(measure.pass(1, SIZE)).memoryBytes();
        return PoolBench.rich(9, MempoolLimits.DEFAULT.withMemoryBytes(one * payments));
    }
}
