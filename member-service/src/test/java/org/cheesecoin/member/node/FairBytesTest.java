package org.cheesecoin.member.node;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Memory that many share, in the order of asking. */
class FairBytesTest {

    private final FairBytes bytes = new FairBytes(100);
    private final List<String> order = new CopyOnWriteArrayList<>();

    @Test
    void whoAsksForLittleDoesNotOvertakeWhoAsksForMuch() throws Exception {
        FairBytes.Grant first = take(60);
        CompletableFuture<
                FairBytes.Grant> large = CompletableFuture.supplyAsync(() -> take(90), Thread.ofVirtual()::start);
        await().until(bytes::isShort);
        Thread small = asks("small", 20);
        await().until(() -> small.getState() == Thread.State.WAITING);
        assertThat(order).isEmpty();

        first.release();

        FairBytes.Grant taken = large.join();
        assertThat(order).isEmpty();
        taken.release();
        small.join();
        assertThat(bytes.takenBytes()).isEqualTo(20);
        assertThat(bytes.isShort()).isFalse();
    }

    @Test
    void oneThatIsLargerThanAllIsPossibleButAlone() throws Exception {
        FairBytes.Grant first = take(1);
        Thread huge = asks("huge", 5_000);
        await().until(bytes::isShort);

        first.release();

        huge.join();
        assertThat(order).containsExactly("huge");
    }

    @Test
    void whoIsGoneStandsInNobodysWay() throws Exception {
        AtomicBoolean isThere = new AtomicBoolean(true);
        FairBytes.Grant first = take(60);
        CompletableFuture<Optional<FairBytes.Grant>> gone = CompletableFuture
                .supplyAsync(() -> bytes.take(90, isThere::get), Thread.ofVirtual()::start);
        await().until(bytes::isShort);
        Thread next = asks("next", 40);

        isThere.set(false);
        bytes.wake();

        next.join();
        assertThat(gone.join()).isEmpty();
        assertThat(order).containsExactly("next");
        first.release();
        first.release();
        assertThat(bytes.takenBytes()).isEqualTo(40);
    }

    private FairBytes.Grant take(int count) {
        return bytes.take(count, () -> true).orElseThrow();
    }

    private Thread asks(String name, int count) {
        return Thread.ofPlatform().start(() -> {
            take(count);
            order.add(name);
        });
    }
}
