package org.cheesecoin.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.consensus.CheckedTransaction;
import org.cheesecoin.chain.consensus.CheeseRules;
import org.cheesecoin.chain.consensus.Moment;
import org.cheesecoin.chain.mempool.Admission;
import org.cheesecoin.chain.mempool.Mempool;
import org.cheesecoin.chain.mempool.MempoolLimits;
import org.cheesecoin.chain.testing.MapCoins;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Admission to the mempool of payments whose signatures are checked, in payments a second on one core. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class MempoolBenchmark {

    private final Ledger ledger = new Ledger();
    private final MapCoins coins = new MapCoins();
    private final List<CheckedTransaction> payments = new ArrayList<>();
    private Mempool mempool = new Mempool(ledger.network(), MempoolLimits.DEFAULT);

    /** Makes the payments. */
    @Setup
    public void makePayments() {
        coins.apply(CheeseRules.blueCheese(ledger.network()));
        for (Payment payment : ledger.pay(Ledger.ALLOCATIONS)) {
            payments.add(CheckedTransaction.trusted(payment, ledger.network().id()));
        }
    }

    /** An empty mempool. */
    @Setup(Level.Invocation)
    public void empty() {
        mempool = new Mempool(ledger.network(), MempoolLimits.DEFAULT);
    }

    /** A thousand that need nothing of one another. */
    @Benchmark
    @OperationsPerInvocation(Ledger.ALLOCATIONS)
    public void admit() {
        for (CheckedTransaction payment : payments) {
            Admission admission = mempool.admit(payment, coins, 1, Moment.of(0), _ -> {});
            if (!(admission instanceof Admission.Admitted)) {
                throw new IllegalStateException(admission.toString());
            }
        }
    }
}
