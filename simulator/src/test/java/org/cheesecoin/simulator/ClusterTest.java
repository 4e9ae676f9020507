package org.cheesecoin.simulator;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

import org.cheesecoin.chain.crypto.SignatureSchemes;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Twelve members, one of which lies, through crashes, cuts, delays and repetitions: many seeds, each one history. Run
 * more with {@code -Dsimulator.seeds=5000}, from another one on with {@code -Dsimulator.firstSeed=}.
 */
class ClusterTest {

    private static final long FIRST_SEED = Long.getLong("simulator.firstSeed", 1);
    private static final int SEEDS = Integer.getInteger("simulator.seeds", 200);
    private static final int THREADS = 2;

    @Test
    void noSeedBreaksAnInvariant() throws InterruptedException {
        ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<ClusterRun.Summary> summaries = new ConcurrentLinkedQueue<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            LongStream.range(FIRST_SEED, FIRST_SEED + SEEDS).forEach(seed -> threads.submit(() -> {
                try {
                    summaries.add(ClusterRun.of(seed, new FastSignatures()));
                } catch (RuntimeException e) {
                    failures.add("seed " + seed + ": " + e
                            + "\n  alone: mvn -pl simulator -am verify -Dtest=ClusterTest"
                            + " -Dsurefire.failIfNoSpecifiedTests=false -Dsimulator.seeds=1 -Dsimulator.firstSeed="
                            + seed);
                }
            }));
            threads.shutdown();
            assertThat(threads.awaitTermination(1, TimeUnit.DAYS)).isTrue();
        }

        assertThat(failures).isEmpty();
        assertThat(summaries).hasSize(SEEDS);
        // Otherwise nothing was tried.
        assertThat(summaries).allMatch(summary -> summary.height() > 5);
        if (SEEDS >= 100) {
            assertThat(summaries.stream().mapToInt(ClusterRun.Summary::reorganisations).sum()).isGreaterThan(SEEDS);
            assertThat(summaries.stream().mapToInt(ClusterRun.Summary::bans).sum()).isGreaterThan(SEEDS);
            assertThat(summaries.stream().mapToInt(ClusterRun.Summary::payments).sum()).isGreaterThan(10 * SEEDS);
        }
    }

    @Test
    void oneSeedIsOneHistory() {
        List<ClusterRun.Summary> twice = List.of(
                ClusterRun.of(FIRST_SEED, new FastSignatures()), ClusterRun.of(FIRST_SEED, new FastSignatures()));

        assertThat(twice.get(0)).isEqualTo(twice.get(1));
        assertThat(ClusterRun.of(FIRST_SEED + 1, new FastSignatures()).traceHash())
                .isNotEqualTo(twice.get(0).traceHash());
    }

    @Test
    void aSeedHoldsWithRealSignaturesToo() {
        ClusterRun.Summary summary = ClusterRun.of(
                FIRST_SEED, SignatureSchemes.fastest().scheme());

        assertThat(summary.height()).isGreaterThan(5);
    }
}
