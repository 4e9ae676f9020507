package org.cheesecoin.chain.mempool;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.CheeseHeader;
import org.cheesecoin.chain.cheese.Coinbase;
import org.cheesecoin.chain.cheese.FeeRate;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.TransactionOutput;
import org.cheesecoin.chain.consensus.CheckedTransaction;
import org.cheesecoin.chain.consensus.HeaderRules;
import org.cheesecoin.chain.consensus.Moment;
import org.cheesecoin.chain.consensus.NetworkParameters;
import org.cheesecoin.chain.consensus.Subsidy;
import org.cheesecoin.chain.testing.CheeseFactory;
import org.cheesecoin.chain.testing.Payments;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestWorld;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TemplateTest {

    private static final byte[] TEXT = "hello".getBytes(StandardCharsets.UTF_8);

    private final PoolBench bench = PoolBench.rich(6);

    @Test
    void anEmptyMempoolStillMakesACheese() {
        Cheese cheese = mined(bench);

        assertThat(cheese.transactions()).hasSize(1);
        assertThat(cheese.transactions().getFirst().outputSum())
                .isEqualTo(Subsidy.at(1, bench.world.network().parameters()));
        assertThat(((Coinbase) cheese.transactions().getFirst()).text()).isEqualTo(TEXT);
        assertKeepsEveryRule(bench, cheese);
    }

    @Test
    void theMinerGetsEveryFee() {
        bench.admitted(bench.pass(1, 700));
        bench.admitted(bench.pass(2, 900));

        CheeseTemplate template = bench.pool.template(bench.world.tip());

        assertThat(template.fees()).isEqualTo(new Amount(1_600));
        assertThat(mined(bench).transactions().getFirst().outputSum())
                .isEqualTo(template.subsidy().plus(template.fees()));
        assertKeepsEveryRule(bench, mined(bench));
    }

    @Test
    void theBestPaidComeFirst() {
        Payment low = bench.pass(1, 1_000);
        Payment high = bench.pass(2, 3_000);
        Payment middle = bench.pass(3, 2_000);
        List.of(low, high, middle).forEach(bench::admitted);

        assertThat(bench.pool.template(bench.world.tip()).payments()).containsExactly(high, middle, low);
        assertThat(bench.pool.entriesByRate(1, 1)).extracting(MempoolEntry::payment).containsExactly(middle);
    }

    @Test
    void aChildPaysForItsParent() {
        Payment parent = bench.pass(1, 200);
        Payment child = bench.passOn(parent, TestKeys.key(1), 9_000);
        Payment plain = bench.pass(2, 3_000);
        Payment richer = bench.pass(3, 8_000);
        List.of(parent, child, plain, richer).forEach(bench::admitted);

        // The pair pays 4,600 on average.
        assertThat(bench.pool.template(bench.world.tip()).payments()).containsExactly(richer, parent, child, plain);
    }

    @Test
    void onceItsParentIsInAChildCountsAlone() {
        Payment parent = bench.split(1, 3, 400);
        long each = parent.outputs().getLast().amount().crumbs();
        Payment rich = bench.pass(Payments.from(parent, 1, TestKeys.key(1)), each, 20_000);
        Payment second = bench.pass(Payments.from(parent, 2, TestKeys.key(1)), each, 6_000);
        Payment plain = bench.pass(2, 5_000);
        List.of(parent, rich, second, plain).forEach(bench::admitted);

        // With the parent the second child would come after the plain one.
        assertThat(bench.pool.entriesByRate(1, 1)).extracting(MempoolEntry::payment).containsExactly(plain);
        assertThat(bench.pool.template(bench.world.tip()).payments()).containsExactly(parent, rich, second, plain);
    }

    @Test
    void fillsACheeseButNeverTooFull() {
        PoolBench full = PoolBench.rich(30);
        for (int owner = 1; owner <= 30; owner++) {
            List<TransactionOutput> outputs = new ArrayList<>();
            int parts = 3_000 + 13 * owner;
            long each = (PoolBench.ALLOCATION - 200_000 - owner) / parts;
            for (int i = 0; i < parts; i++) {
                outputs.add(Payments.to(PoolBench.SHOP, each));
            }
            full.admitted(full.pay(List.of(full.world.allocation(owner)), outputs.toArray(TransactionOutput[]::new)));
        }

        Cheese cheese = mined(full);

        assertThat(full.pool.sizeBytes()).isGreaterThan(Cheese.MAX_BYTES);
        assertThat(cheese.sizeBytes()).isBetween(Cheese.MAX_BYTES - 100_000, Cheese.MAX_BYTES);
        assertKeepsEveryRule(full, cheese);
    }

    @Test
    void whatIsNotMatureAtItsHeightStaysOut() {
        PoolBench young = new PoolBench(TestWorld.fresh().mineEmpty(10), MempoolLimits.DEFAULT);
        Payment payment = young.pass(young.world.coinbase(1), 100_000_000, 1_000);
        Payment child = young.passOn(payment, TestKeys.key(0), 5_000);
        young.admitted(payment);
        young.admitted(child);

        assertThat(young.pool.template(young.world.tip()).payments()).containsExactly(payment, child);
        assertThat(young.pool.template(young.world.header(9)).payments()).isEmpty();
    }

    @Test
    void aRefreshedHeaderCarriesTheTargetOfItsTime() {
        NetworkParameters parameters = NetworkParameters.local();
        TestWorld world = TestWorld.of(parameters.withAllocations(List.of()));
        Mempool pool = new Mempool(world.network(), MempoolLimits.DEFAULT);
        CheeseTemplate template = pool.template(world.tip());
        long parentMillis = world.tip().header().timeMillis();
        CheeseHeader header = template.cheese(PoolBench.SHOP.address(), TEXT, parentMillis - 5_000).header();
        assertThat(header.timeMillis()).isEqualTo(parentMillis + 1);
        assertThat(HeaderRules.inContext(header, world.tip(), parameters)).isEmpty();

        for (long laterMillis : new long[]{1, 59_999, 60_000, 600_000, 86_400_000}) {
            CheeseHeader later = template.refreshed(header, parentMillis + laterMillis);
            assertThat(later.timeMillis()).isEqualTo(parentMillis + laterMillis);
            assertThat(later.merkleRoot()).isEqualTo(header.merkleRoot());
            assertThat(HeaderRules.inContext(later, world.tip(), parameters)).isEmpty();
        }
    }

    @Test
    void everyTemplateOfARandomMempoolKeepsEveryRule() {
        for (int seed = 0; seed < 12; seed++) {
            Random random = new Random(seed);
            PoolBench random12 = PoolBench.rich(12);
            List<Payments.Input> spendable = new ArrayList<>();
            List<Long> crumbs = new ArrayList<>();
            for (int owner = 1; owner <= 12; owner++) {
                spendable.add(random12.world.allocation(owner));
                crumbs.add(PoolBench.ALLOCATION);
            }
            for (int round = 0; round < 6; round++) {
                for (int i = 0; i < 25; i++) {
                    payAtRandom(random12, random, spendable, crumbs);
                }
                CheeseTemplate template = random12.pool.template(random12.world.tip());
                Cheese cheese = mined(random12);
                assertKeepsEveryRule(random12, cheese);
                assertThat(template.payments()).hasSize(random12.pool.count());
                Payment[] some = CheeseFactory.payments(cheese).stream().limit(random.nextInt(30))
                        .toArray(Payment[]::new);
                random12.confirm(some);
                assertSumsAreRight(random12);
            }
        }
    }

    private static void payAtRandom(
            PoolBench bench, Random random, List<Payments.Input> spendable, List<Long> crumbs) {
        int pick = random.nextInt(spendable.size());
        Payments.Input input = spendable.get(pick);
        long sum = crumbs.get(pick);
        long fee = 200 + random.nextInt(20_000);
        long half = (sum - fee) / 2;
        if (half < 1_000) {
            return;
        }
        Payment payment = bench.pay(
                List.of(input), Payments.to(input.owner(), half), Payments.to(input.owner(), sum - fee - half));
        // Now and then it is a double spend, which may or may not replace.
        if (bench.admit(payment) instanceof Admission.Admitted && random.nextInt(4) > 0) {
            spendable.add(Payments.from(payment, 0, input.owner()));
            crumbs.add(half);
            spendable.set(pick, Payments.from(payment, 1, input.owner()));
            crumbs.set(pick, sum - fee - half);
        }
    }

    /** What is summed up step by step is what one finds by walking. */
    private static void assertSumsAreRight(PoolBench bench) {
        List<MempoolEntry> entries = List.copyOf(bench.pool.entries());
        for (MempoolEntry entry : entries) {
            List<MempoolEntry> below = new ArrayList<>(List.of(entry));
            for (int i = 0; i < below.size(); i++) {
                below.get(i).payment().inputs().stream()
                        .flatMap(input -> bench.pool.entry(input.txid()).stream())
                        .filter(parent -> !below.contains(parent))
                        .forEach(below::add);
            }
            assertThat(entry.ancestors().count()).isEqualTo(below.size());
            assertThat(entry.ancestors().feeCrumbs())
                    .isEqualTo(below.stream().mapToLong(one -> one.fee().crumbs()).sum());
            assertThat(entry.ancestors().sizeBytes())
                    .isEqualTo(below.stream().mapToInt(MempoolEntry::sizeBytes).sum());
        }
        assertThat(entries.stream().mapToInt(MempoolEntry::descendantCount).sum())
                .isEqualTo(entries.stream().mapToInt(MempoolEntry::ancestorCount).sum());
        assertThat(bench.pool.sizeBytes()).isEqualTo(entries.stream().mapToLong(MempoolEntry::sizeBytes).sum());
    }

    @Test
    void theEstimateIsTheMinimumWhileThereIsRoom() {
        assertThat(bench.pool.estimate(bench.nowMillis).within(1)).isEqualTo(FeeRate.ofCrumbsPerByte(1));
        bench.admitted(bench.pass(1, 90_000));

        FeeEstimate estimate = bench.pool.estimate(bench.nowMillis);

        assertThat(estimate.within(1)).isEqualTo(FeeRate.ofCrumbsPerByte(1));
        assertThat(estimate.within(0)).isEqualTo(estimate.within(1));
        assertThat(estimate.within(99)).isEqualTo(estimate.within(FeeEstimate.CHEESES));
    }

    @Test
    void theEstimateBeatsWhatFillsTheNextCheese() {
        PoolBench full = PoolBench.rich(45);
        for (int owner = 1; owner <= 45; owner++) {
            List<TransactionOutput> outputs = new ArrayList<>();
            for (int i = 0; i < 3_400; i++) {
                outputs.add(Payments.to(PoolBench.SHOP, 1_000));
            }
            Payment payment = full.pay(
                    List.of(full.world.allocation(owner)), withRest(outputs, 99_000L * owner, owner));
            CheckedTransaction trusted = CheckedTransaction.trusted(payment, full.world.network().id());
            assertThat(full.pool.admit(trusted, full.world.coins(), 1, Moment.of(full.nowMillis), full.steps::add))
                    .isInstanceOf(Admission.Admitted.class);
        }

        FeeEstimate estimate = full.pool.estimate(full.nowMillis);

        // Twenty of nearly 100,000 bytes fit into a cheese, at about 0.998 crumbs a byte for each owner's number.
        assertThat(estimate.within(1).crumbsPerByte()).isBetween(25.0, 26.0);
        assertThat(estimate.within(2).crumbsPerByte()).isBetween(5.0, 6.0);
        assertThat(estimate.within(3)).isEqualTo(FeeRate.ofCrumbsPerByte(1));
    }

    private static TransactionOutput[] withRest(List<TransactionOutput> outputs, long fee, int owner) {
        long paid = outputs.stream().mapToLong(output -> output.amount().crumbs()).sum();
        outputs.add(Payments.to(TestKeys.key(owner), PoolBench.ALLOCATION - paid - fee - 5_000));
        return outputs.toArray(TransactionOutput[]::new);
    }

    private static Cheese mined(PoolBench bench) {
        Cheese unmined = bench.pool.template(bench.world.tip())
                .cheese(TestKeys.key(0).address(), TEXT, CheeseFactory.nextTimeMillis(
                        bench.world.network(), bench.world.tip()));
        return new Cheese(CheeseFactory.mine(unmined.header()), unmined.transactions());
    }

    private static void assertKeepsEveryRule(PoolBench bench, Cheese cheese) {
        assertThat(bench.world.check(cheese)).isInstanceOf(Outcome.Passed.class);
    }
}
