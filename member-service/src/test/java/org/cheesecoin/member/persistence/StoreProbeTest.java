package org.cheesecoin.member.persistence;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import org.cheesecoin.member.persistence.StoreProbe.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Whether the store reads: told soon, whatever the read does and however many ask. */
class StoreProbeTest {

    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicReference<Supplier<Verdict>> read = new AtomicReference<>(() -> Verdict.READS);
    private final StoreProbe probe = new StoreProbe(() -> {
        reads.incrementAndGet();
        return read.get().get();
    });

    @AfterEach
    void close() {
        probe.close();
    }

    @Test
    void saysWhatTheReadSays() {
        assertThat(probe.verdict()).isEqualTo(Verdict.READS);
        read.set(() -> Verdict.CLOSED);
        await().until(() -> probe.verdict() == Verdict.CLOSED);
        read.set(() -> {
            throw new IllegalStateException("a bug, for a test");
        });
        await().until(() -> probe.verdict() == Verdict.FAILS);
        read.set(() -> Verdict.READS);
        await().until(() -> probe.verdict() == Verdict.READS);
    }

    @Test
    void aReadThatHangsHoldsNobodyAndIsNotStartedTwice() {
        CompletableFuture<Verdict> hangs = new CompletableFuture<>();
        read.set(hangs::join);

        long beganNanos = System.nanoTime();
        assertThat(IntStream.range(0, 50).parallel().mapToObj(_ -> Thread.ofVirtual()).map(it -> {
            CompletableFuture<Verdict> said = new CompletableFuture<>();
            it.start(() -> said.complete(probe.verdict()));
            return said;
        }).toList()).allSatisfy(it -> assertThat(it.join()).isEqualTo(Verdict.FAILS));

        assertThat((System.nanoTime() - beganNanos) / 1_000_000).isBetween(StoreProbe.PATIENCE_MILLIS,
                4 * StoreProbe.PATIENCE_MILLIS);
        assertThat(reads).hasValue(1);
        hangs.complete(Verdict.READS);
        await().until(() -> probe.verdict() == Verdict.READS);
    }

    @Test
    void manyWhoAskShareOneRead() {
        long beganNanos = System.nanoTime();
        for (int i = 0; i < 10_000; i++) {
            assertThat(probe.verdict()).isEqualTo(Verdict.READS);
        }
        long most = 1 + (System.nanoTime() - beganNanos) / 1_000_000 / StoreProbe.FRESH_MILLIS;
        assertThat((long) reads.get()).isBetween(1L, most);
    }
}
