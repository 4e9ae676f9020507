package org.cheesecoin.benchmarks;

import java.util.concurrent.TimeUnit;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Transaction;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Encoding and decoding: a payment of one input and two outputs, and a cheese of {@value #PAYMENTS} of them. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class EncodingBenchmark {

    /** Payments of the cheese. */
    static final int PAYMENTS = 300;

    private final Cheese cheese = new Ledger().mine(PAYMENTS);
    private final byte[] cheeseBytes = cheese.toBytes();
    private final Payment payment = (Payment) cheese.transactions().getLast();
    private final byte[] paymentBytes = payment.toBytes();

    /** One payment from its bytes, both hashes among it. */
    @Benchmark
    public Outcome<Transaction> decodePayment() {
        return Transaction.decode(paymentBytes);
    }

    /** One payment made of its parts, as its owner makes it: encoded and hashed. */
    @Benchmark
    public Payment encodePayment() {
        return new Payment(payment.body(), payment.witnesses());
    }

    /** One cheese from its bytes. */
    @Benchmark
    public Outcome<Cheese> decodeCheese() {
        return Cheese.decode(cheeseBytes);
    }

    /** One cheese to its bytes. */
    @Benchmark
    public byte[] encodeCheese() {
        return cheese.toBytes();
    }
}
