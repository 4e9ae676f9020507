package org.cheesecoin.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.consensus.CheckedCheese;
import org.cheesecoin.chain.stack.Added;
import org.cheesecoin.chain.stack.CheeseStack;
import org.cheesecoin.chain.stack.StackLimits;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a cheese costs in its context, in payments a second on one core: {@link CheeseStack#add} over coins in a map of
 * 10,000 to 1,000,000, which the rules must find among many. The coins that are spent are old: none is in the cache.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class ContextBenchmark {

    /** How many coins there are. */
    @Param({"10000", "100000", "1000000"}) public int coins = 0;

    private static final int CHEESES = 20;
    private static final int PAYMENTS = 300;

    private ManyCoins world = new ManyCoins(1);
    private List<CheckedCheese> cheeses = List.of();
    private CheeseStack stack = world.stack(StackLimits.DEFAULT);

    /** Makes the coins. */
    @Setup
    public void makeCoins() {
        world = new ManyCoins(coins);
    }

    /** A new stack over the same coins; those that are spent differ. */
    @Setup(Level.Invocation)
    public void begin() {
        world.reset();
        stack = world.stack(StackLimits.DEFAULT);
        List<Cheese> made = world.cheeses(CHEESES, PAYMENTS);
        List<CheckedCheese> checked = new ArrayList<>();
        made.forEach(cheese -> checked.add(CheckedCheese.trusted(cheese, world.network().id())));
        cheeses = checked;
    }

    /** Adds them all. */
    @Benchmark
    @OperationsPerInvocation(CHEESES * PAYMENTS)
    public void add() {
        for (CheckedCheese cheese : cheeses) {
            Added added = stack.add(cheese, Long.MAX_VALUE / 2, world);
            if (!(added instanceof Added.Extended)) {
                throw new IllegalStateException(added.toString());
            }
        }
    }
}
