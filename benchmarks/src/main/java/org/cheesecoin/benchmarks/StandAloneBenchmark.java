package org.cheesecoin.benchmarks;

import java.util.concurrent.TimeUnit;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.consensus.CheckedCheese;
import org.cheesecoin.chain.consensus.CheeseRules;
import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.crypto.SignatureSchemes;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a cheese costs that needs no look-up, in payments a second on one core. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class StandAloneBenchmark {

    private static final int PAYMENTS = 300;

    private final Ledger ledger = new Ledger();
    private final Cheese cheese = ledger.mine(PAYMENTS);

    /** All of it. */
    @Benchmark
    @OperationsPerInvocation(PAYMENTS)
    public Outcome<CheckedCheese> all() {
        return CheeseRules.standAlone(
                cheese, ledger.network().id(), SignatureSchemes.fastest().scheme(), _ -> false);
    }

    /** The same where the mempool had checked all signatures before. */
    @Benchmark
    @OperationsPerInvocation(PAYMENTS)
    public Outcome<CheckedCheese> signaturesKnown() {
        return CheeseRules.standAlone(
                cheese, ledger.network().id(), SignatureSchemes.fastest().scheme(), _ -> true);
    }

    /** Only the Merkle root. */
    @Benchmark
    @OperationsPerInvocation(PAYMENTS)
    public Hash256 merkleRoot() {
        return Cheese.merkleRoot(cheese.transactions());
    }
}
