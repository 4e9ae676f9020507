package org.cheesecoin.member.node;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

import org.cheesecoin.chain.mempool.MempoolLimits;
import org.cheesecoin.chain.node.NodeConfig;
import org.cheesecoin.chain.node.NodeLimits;
import org.cheesecoin.chain.stack.StackLimits;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestWorld;
import org.cheesecoin.member.persistence.MemberDatabase;
import org.cheesecoin.web.MonotonicClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Ready means "serves and is not stuck", with or without peers. */
class LoopHealthTest {

    @TempDir private Path folder;

    private final AtomicLong aheadMillis = new AtomicLong();
    private final AtomicLong setAheadMillis = new AtomicLong();
    private final MonotonicClock system = MonotonicClock.system();
    private final MonotonicClock steady = () -> system.millis() + aheadMillis.get();
    private final MemberClock clock = new MemberClock(() -> Instant.now().plusMillis(setAheadMillis.get()), steady);
    private final Mailbox mailbox = new Mailbox(10, 1_000_000);
    private MemberDatabase database;
    private LoopLifecycle lifecycle;
    private LoopHealth health;

    @BeforeEach
    void open() {
        database = MemberDatabase.inFolder(folder);
        NodeConfig config = new NodeConfig(TestWorld.fresh().network(), TestKeys.SCHEME,
                TestKeys.key(99).privateKey(), Optional.empty(), List.of(), NodeLimits.defaults(),
                MempoolLimits.DEFAULT, StackLimits.DEFAULT);
        NodeFactory factory = new NodeFactory(database, config, new Random(1), clock);
        lifecycle = new LoopLifecycle(
                () -> new NodeLoop(factory, mailbox, List.of(), clock, LoopSettings.DEFAULT), List.of());
        health = new LoopHealth(lifecycle, steady);
    }

    @AfterEach
    void close() {
        lifecycle.stop();
        database.close();
    }

    private Status status() {
        return health.health().getStatus();
    }

    @Test
    void isReadyWhileTheLoopRunsAndNeedsNoPeer() {
        assertThat(status()).isEqualTo(Status.OUT_OF_SERVICE);
        lifecycle.start();
        assertThat(mailbox.call(access -> access.node().status().peers()).join()).isEmpty();
        assertThat(status()).isEqualTo(Status.UP);
        lifecycle.stop();
        assertThat(status()).isEqualTo(Status.OUT_OF_SERVICE);
    }

    @Test
    void isNotReadyWhileTheLoopIsStuckAndIsAgainAfterIt() {
        lifecycle.start();
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Void> end = new CompletableFuture<>();
        mailbox.call(_ -> {
            begun.countDown();
            return end.join();
        });
        await().until(() -> begun.getCount() == 0);
        assertThat(status()).isEqualTo(Status.UP);

        setAheadMillis.set(3_600_000);
        assertThat(status()).as("a clock that was set says nothing of the loop").isEqualTo(Status.UP);
        setAheadMillis.set(-3_600_000);
        aheadMillis.addAndGet(LoopHealth.STUCK_MILLIS);
        assertThat(status()).isEqualTo(Status.OUT_OF_SERVICE);

        end.complete(null);
        await().until(() -> status().equals(Status.UP));
    }
}
