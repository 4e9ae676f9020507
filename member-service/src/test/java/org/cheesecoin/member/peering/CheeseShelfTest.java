package org.cheesecoin.member.peering;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.crypto.Sha256;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Old cheeses are read once for many, and do not pile up. */
class CheeseShelfTest {

    private static final int CHEESE_BYTES = 1_000;

    private final AtomicInteger reads = new AtomicInteger();

    @Test
    void readsOnceForAllWhoAskMeanwhile() throws Exception {
        CountDownLatch isAsked = new CountDownLatch(1);
        CountDownLatch mayRead = new CountDownLatch(1);
        CheeseShelf shelf = new CheeseShelf(_ -> {
            reads.incrementAndGet();
            isAsked.countDown();
            awaitQuietly(mayRead);
            return Optional.of(new byte[CHEESE_BYTES]);
        }, 0);
        List<Thread> askers = new CopyOnWriteArrayList<>();
        List<CompletableFuture<Optional<byte[]>>> answers = IntStream.range(0, 20)
                .mapToObj(_ -> CompletableFuture.supplyAsync(() -> shelf.encoded(smell(1)),
                        task -> askers.add(Thread.ofVirtual().start(task))))
                .toList();
        isAsked.await();
        await().until(() -> askers.stream().allMatch(it -> it.getState() == Thread.State.WAITING));
        mayRead.countDown();

        assertThat(answers).allSatisfy(it -> assertThat(it.join()).isPresent());
        assertThat(reads).hasValue(1);
    }

    @Test
    void keepsTheLastOnesUpToItsBytes() {
        CheeseShelf shelf = new CheeseShelf(_ -> {
            reads.incrementAndGet();
            return Optional.of(new byte[CHEESE_BYTES]);
        }, 3 * CHEESE_BYTES);
        for (int i = 0; i < 10; i++) {
            shelf.encoded(smell(i));
        }

        assertThat(shelf.keptBytes()).isEqualTo(3 * CHEESE_BYTES);
        shelf.encoded(smell(7));
        shelf.encoded(smell(9));
        assertThat(reads).hasValue(10);
        shelf.encoded(smell(0));
        assertThat(reads).hasValue(11);
    }

    @Test
    void whatCannotBeReadIsTriedAgain() {
        CheeseShelf shelf = new CheeseShelf(_ -> {
            if (reads.incrementAndGet() == 1) {
                throw new IllegalStateException("the store is away");
            }
            return Optional.of(new byte[1]);
        }, CHEESE_BYTES);

        assertThatThrownBy(() -> shelf.encoded(smell(1))).isInstanceOf(IllegalStateException.class);
        assertThat(shelf.encoded(smell(1))).isPresent();
    }

    private static Smell smell(int number) {
        return new Smell(Sha256.hash(new byte[]{(byte) number}));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
