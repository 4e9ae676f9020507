package org.cheesecoin.benchmarks;

import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.cheesecoin.chain.cheese.CheeseHeader;
import org.cheesecoin.chain.mining.NonceSearch;
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

/**
 * Nonces a second on one core: one compression of SHA-256 each, since the header's first block is hashed once for all.
 * To be held against {@code openssl speed -bytes 16384 sha256}, whose bytes a second are 64 for each compression.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class NonceSearchBenchmark {

    private static final int SLICE = 100_000;
    /** Met by one of 2^240 nonces. */
    private static final int HARD_TARGET = 0x0300_ffff;

    private final CheeseHeader header = headerOf(new Ledger());

    private static CheeseHeader headerOf(Ledger ledger) {
        CheeseHeader mined = ledger.mine(0).header();
        return new CheeseHeader(
                mined.version(),
                mined.height(),
                mined.parentSmell(),
                mined.merkleRoot(),
                mined.timeMillis(),
                HARD_TARGET,
                0);
    }

    /** One slice. */
    @Benchmark
    @OperationsPerInvocation(SLICE)
    public Optional<CheeseHeader> search() {
        return NonceSearch.search(header, 0, SLICE);
    }

    /** The same where the JVM has vectors. */
    @Benchmark
    @OperationsPerInvocation(SLICE)
    @Fork(value = 1, jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
    public Optional<CheeseHeader> searchInVectors() {
        return NonceSearch.search(header, 0, SLICE);
    }
}
