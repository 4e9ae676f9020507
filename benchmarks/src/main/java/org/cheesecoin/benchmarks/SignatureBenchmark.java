package org.cheesecoin.benchmarks;

import java.util.concurrent.TimeUnit;

import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.crypto.PublicKey;
import org.cheesecoin.chain.crypto.Sha256;
import org.cheesecoin.chain.crypto.Signature;
import org.cheesecoin.chain.crypto.SignatureScheme;
import org.cheesecoin.chain.crypto.SignatureSchemes;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestKeys.TestKey;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Signatures a second on one core. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class SignatureBenchmark {

    /** Which implementation. */
    @Param({"libsecp256k1", "bouncyCastle"}) public String scheme = "";

    private static final Hash256 DIGEST = Sha256.hash(new byte[]{1, 2, 3});

    private SignatureScheme signatures = SignatureSchemes.bouncyCastle();
    private final TestKey owner = TestKeys.key(1);
    private final PublicKey key = owner.publicKey();
    private final Signature signature = signatures.sign(owner.privateKey(), DIGEST);

    /** Takes the scheme. */
    @Setup
    public void take() {
        signatures = scheme.equals("bouncyCastle") ? SignatureSchemes.bouncyCastle()
                : SignatureSchemes.fastest().scheme();
        if (!scheme.equals("bouncyCastle") && !signatures.name().equals(scheme)) {
            throw new IllegalStateException(SignatureSchemes.fastest().reason());
        }
    }

    /** Checks one. */
    @Benchmark
    public boolean check() {
        return signatures.verify(key, DIGEST, signature);
    }

    /** Makes one. */
    @Benchmark
    public Signature sign() {
        return signatures.sign(owner.privateKey(), DIGEST);
    }
}
