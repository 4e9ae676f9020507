package org.cheesecoin.chain.mempool;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.PaymentBody;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.cheese.TransactionOutput;
import org.cheesecoin.chain.cheese.Txid;
import org.cheesecoin.chain.consensus.CoinChanges;
import org.cheesecoin.chain.consensus.CoinView;
import org.cheesecoin.chain.crypto.Sha256;
import org.cheesecoin.chain.stack.StackStep;
import org.cheesecoin.chain.testing.CheeseFactory;
import org.cheesecoin.chain.testing.Payments;
import org.cheesecoin.chain.testing.Payments.Input;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestWorld;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Each rule of admission broken, and only just not broken. */
class AdmissionTest {

    private final PoolBench bench = PoolBench.rich(5);
    private final Mempool pool = bench.pool;

    @Test
    void takesAPaymentAndTellsOfIt() {
        Payment payment = bench.pass(1, 500);

        MempoolEntry entry = bench.admitted(payment);

        assertThat(entry.fee().crumbs()).isEqualTo(500);
        assertThat(bench.steps).containsExactly(new MempoolStep.Admitted(payment, entry.fee(), bench.nowMillis));
        assertThat(pool.entry(payment.txid())).contains(entry);
        assertThat(pool.entry(payment.fullId())).contains(entry);
        assertThat(pool.spender(payment.inputs().getFirst())).contains(payment.txid());
        assertThat(pool.coin(payment.outPoint(0))).hasValueSatisfying(
                coin -> assertThat(coin.amount().crumbs()).isEqualTo(PoolBench.ALLOCATION - 500));
        assertThat(pool.coin(payment.outPoint(1))).isEmpty();
        assertThat(pool.count()).isEqualTo(1);
        assertThat(pool.sizeBytes()).isEqualTo(payment.sizeBytes());
    }

    @Test
    void refusesWhatItHas() {
        Payment payment = bench.pass(1, 500);
        bench.admitted(payment);

        bench.refuses(payment, Rule.POL_KNOWN);
    }

    @Test
    void refusesWhatIsConfirmed() {
        Payment payment = bench.pass(1, 500);
        bench.confirm(payment);

        bench.refuses(payment, Rule.POL_CONFIRMED);
    }

    @Test
    void refusesOneByteTooMany() {
        List<TransactionOutput> outputs = new ArrayList<>();
        while (Payment.sizeBytes(1, outputs.size(), 1) <= 100_000) {
            outputs.add(Payments.to(PoolBench.SHOP, 1));
        }
        Payment tooLong = bench.pay(List.of(bench.world.allocation(1)), outputs.toArray(TransactionOutput[]::new));
        outputs.removeLast();
        Payment fits = bench.pay(List.of(bench.world.allocation(1)), outputs.toArray(TransactionOutput[]::new));

        bench.refuses(tooLong, Rule.POL_SIZE);
        bench.admitted(fits);
    }

    @Test
    void refusesOneCrumbBelowTheRelayFee() {
        int sizeBytes = bench.pass(1, 0).sizeBytes();

        bench.refuses(bench.pass(1, sizeBytes - 1), Rule.POL_FEE_RATE);
        bench.admitted(bench.pass(1, sizeBytes));
    }

    @Test
    void refusesAnUnderfundedPayment() {
        Payment makesMoney = bench.pay(
                List.of(bench.world.allocation(1)), Payments.to(PoolBench.SHOP, PoolBench.ALLOCATION + 1));

        bench.refuses(makesMoney, Rule.TRX_UNDERFUNDED);
    }

    @Test
    void refusesAStrangersSignature() {
        Payment theft = Payments.sign(
                bench.world.network().id(),
                bench.pass(1, 500).body(),
                List.of(TestKeys.key(2)));

        assertThat(bench.refusal(theft)).isEqualTo(Rule.TRX_WITNESS_MISSING);
    }

    @Test
    void refusesACoinbaseOneCheeseTooEarly() {
        PoolBench young = new PoolBench(TestWorld.fresh().mineEmpty(9), MempoolLimits.DEFAULT);
        Payments.Input reward = young.world.coinbase(1);
        Payment payment = young.pass(reward, 100_000_000, 1_000);

        young.refuses(payment, Rule.TRX_INPUT_IMMATURE);
        young.confirm();
        young.admitted(payment);
    }

    @Test
    void refusesAnOutputThatItsUnconfirmedMakerDoesNotHave() {
        Payment parent = bench.pass(1, 500);
        bench.admitted(parent);
        Payment child = bench.pass(Payments.from(parent, 7, TestKeys.key(1)), 1_000, 500);

        bench.refuses(child, Rule.TRX_INPUT_UNKNOWN);
    }

    @Test
    void namesTheMissingInputsOfAnOrphan() {
        Payment parent = bench.pass(1, 500);
        Payment child = bench.passOn(parent, TestKeys.key(1), 500);

        assertThat(bench.admit(child)).isEqualTo(new Admission.MissingInputs(List.of(bench.output(parent))));
        assertThat(pool.precheck(child, bench.world.coins(), bench.nextHeight(), bench.nowMillis))
                .isEqualTo(new Precheck.MissingInputs(List.of(bench.output(parent))));
    }

    @Test
    void aHundredThousandBytesOfUnknownInputsAreNotAllLookedUpNorWaitedFor() {
        List<Input> unknown = IntStream.range(0, 2_700)
                .mapToObj(i -> new Input(new OutPoint(new Txid(Sha256.hash(new byte[]{(byte) i, (byte) (i >> 8)})), 0),
                        TestKeys.key(1)))
                .toList();
        Payment garbage = bench.pay(unknown, Payments.to(PoolBench.SHOP, 1));
        AtomicInteger lookUps = new AtomicInteger();
        CoinView counting = outPoint -> {
            lookUps.incrementAndGet();
            return bench.world.coins().coin(outPoint);
        };

        Precheck precheck = pool.precheck(garbage, counting, bench.nextHeight(), bench.nowMillis);

        int enough = MempoolLimits.DEFAULT.ancestors() + 1;
        assertThat(precheck).isInstanceOfSatisfying(Precheck.MissingInputs.class, found -> assertThat(found.missing())
                .containsExactlyElementsOf(unknown.subList(0, enough).stream().map(Input::outPoint).toList()));
        assertThat(lookUps).hasValueLessThan(enough + 10);
    }

    @Test
    void takesTwentyFiveAncestorsAndNoMore() {
        List<Payment> chain = bench.chain(1, 27, 500);
        chain.subList(0, 26).forEach(bench::admitted);

        bench.refuses(chain.get(26), Rule.POL_ANCESTORS);
        assertThat(pool.entry(chain.get(25).txid()).orElseThrow().ancestorCount()).isEqualTo(25);
    }

    @Test
    void takesTwentyFiveDescendantsAndNoMore() {
        Payment parent = bench.split(1, 26, 10_000);
        bench.admitted(parent);
        long each = parent.outputs().getLast().amount().crumbs();
        for (int i = 1; i <= 25; i++) {
            bench.admitted(bench.pass(Payments.from(parent, i, TestKeys.key(1)), each, 500));
        }
        Payment oneMore = bench.pass(
                Payments.from(parent, 0, TestKeys.key(1)), parent.outputs().getFirst().amount().crumbs(), 500);

        bench.refuses(oneMore, Rule.POL_DESCENDANTS);
        assertThat(pool.entry(parent.txid()).orElseThrow().descendantCount()).isEqualTo(25);
    }

    @Test
    void aChainMayGoOnWhenItsBeginningIsConfirmed() {
        List<Payment> chain = bench.chain(1, 27, 500);
        chain.subList(0, 26).forEach(bench::admitted);
        bench.confirm(chain.getFirst());

        bench.admitted(chain.get(26));
        assertThat(bench.removedTxids(MempoolStep.Reason.CONFIRMED)).containsExactly(chain.getFirst().txid());
    }

    @Test
    void theSameOutputSpentByTwoTransactions() {
        Payment first = bench.pass(1, 500);
        bench.admitted(first);
        Payment second = bench.pay(
                List.of(bench.world.allocation(1)), Payments.to(PoolBench.SHOP, PoolBench.ALLOCATION - 500));

        bench.refuses(second, Rule.TRX_INPUT_SPENT);
        Admission.Refused refused = (Admission.Refused) bench.admit(second);
        assertThat(refused.violation().values()).containsEntry("conflictingTxid", first.txid().toHex());
    }

    @Test
    void anInputAndWhatWasMadeOutOfItAreNotSpentTogether() {
        // Together they would be more money than there is.
        PoolBench whole = new PoolBench(
                TestWorld.of(TestWorld.fresh().network().parameters()
                        .withAllocations(List.of(Payments.to(TestKeys.key(1), 2_000_000L * 100_000_000)))),
                MempoolLimits.DEFAULT);
        long all = 2_000_000L * 100_000_000;
        Payment parent = whole.pass(whole.world.allocation(1), all, 500);
        whole.admitted(parent);
        Payment both = whole.pay(
                List.of(whole.world.allocation(1), Payments.from(parent, 0, TestKeys.key(1))),
                Payments.to(PoolBench.SHOP, 1_000));

        whole.refuses(both, Rule.POL_REPLACE_INPUT);
    }

    @Test
    void theSamePaymentWithOtherSignaturesIsKnown() {
        Payment first = bench.pass(1, 500);
        bench.admitted(first);

        bench.refuses(Payments.signedAnew(bench.world.network(), first, TestKeys.key(1)), Rule.POL_KNOWN);
    }

    @Test
    void theSamePaymentWithWitnessesThatAreNotItsOwnersBreaksTheirRule() {
        Smell network = bench.world.network().id();
        PaymentBody body = bench.pass(1, 500).body();
        bench.admitted(Payments.sign(network, body, List.of(TestKeys.key(1))));

        bench.refuses(Payments.sign(network, body, List.of(TestKeys.key(1), TestKeys.key(2))),
                Rule.TRX_WITNESS_UNUSED);
        bench.refuses(Payments.sign(network, body, List.of(TestKeys.key(2))), Rule.TRX_WITNESS_MISSING);
    }

    @Test
    void whatACheeseConfirmsWithOtherWitnessesWaitsNoMore() {
        Payment waiting = bench.pass(1, 500);
        Payment child = bench.passOn(waiting, TestKeys.key(1), 500);
        bench.admitted(waiting);
        bench.admitted(child);
        Payment padded = Payments.sign(
                bench.world.network().id(), waiting.body(), List.of(TestKeys.key(1), TestKeys.key(2)));

        // Such a cheese is not valid; only the name matters here.
        bench.pool.connected(
                new StackStep.Connected(
                        bench.world.tip(),
                        CheeseFactory.on(
                                bench.world.network(),
                                bench.world.tip(),
                                bench.nowMillis,
                                PoolBench.SHOP.address(),
                                Amount.ZERO,
                                List.of(padded)),
                        new CoinChanges(
                                List.of(), List.of(), Amount.ZERO)),
                bench.steps::add);

        assertThat(bench.waiting()).containsExactly(child.txid());
        assertThat(bench.removed(MempoolStep.Reason.CONFIRMED).getFirst().fullId()).isEqualTo(waiting.fullId());
        assertThat(pool.entry(child.txid()).orElseThrow().ancestorCount()).isZero();
    }

    @Test
    void whatACheeseMakesImpossibleGoesWithAllThatBuildsOnIt() {
        List<Payment> chain = bench.chain(1, 3, 500);
        chain.forEach(bench::admitted);
        Payment bystander = bench.pass(2, 500);
        bench.admitted(bystander);
        Payment rival = bench.world.pay(bench.world.allocation(1), PoolBench.SHOP, 5, 300);

        bench.confirm(rival);

        assertThat(bench.waiting()).containsExactly(bystander.txid());
        assertThat(bench.removedTxids(MempoolStep.Reason.CONFLICTED))
                .containsExactlyElementsOf(chain.stream().map(Payment::txid).toList());
        assertThat(bench.removed(MempoolStep.Reason.CONFLICTED))
                .allSatisfy(it -> assertThat(it.rival()).contains(rival.txid()));
    }

    @Test
    void lettingGoWhatWaitedTooLong() {
        List<Payment> chain = bench.chain(1, 2, 500);
        bench.admitted(chain.get(0));
        bench.nowMillis += MempoolLimits.DEFAULT.paymentMillis() - 1;
        bench.admitted(bench.pass(2, 500));
        bench.admitted(chain.get(1));
        bench.pool.expire(bench.nowMillis, bench.steps::add);
        assertThat(pool.count()).isEqualTo(3);

        bench.pool.expire(bench.nowMillis + 1, bench.steps::add);

        assertThat(pool.count()).isEqualTo(1);
        assertThat(bench.removedTxids(MempoolStep.Reason.EVICTED))
                .containsExactly(chain.get(0).txid(), chain.get(1).txid());
    }

    @Test
    void anOutputIsNamedByItsSpender() {
        Payment payment = bench.pass(1, 500);
        OutPoint input = payment.inputs().getFirst();
        assertThat(pool.spender(input)).isEmpty();
        long before = pool.version();

        bench.admitted(payment);

        assertThat(pool.spender(input)).contains(payment.txid());
        assertThat(pool.version()).isNotEqualTo(before);
        assertThat(pool.checked(List.of(payment.fullId(), bench.pass(2, 9).fullId())))
                .containsExactly(payment.fullId());
    }
}
