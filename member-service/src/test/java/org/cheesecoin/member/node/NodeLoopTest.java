package org.cheesecoin.member.node;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Txid;
import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.crypto.PrivateKey;
import org.cheesecoin.chain.crypto.PublicKey;
import org.cheesecoin.chain.crypto.Signature;
import org.cheesecoin.chain.crypto.SignatureScheme;
import org.cheesecoin.chain.mempool.MempoolLimits;
import org.cheesecoin.chain.node.Input;
import org.cheesecoin.chain.node.NodeConfig;
import org.cheesecoin.chain.node.NodeLimits;
import org.cheesecoin.chain.node.Output;
import org.cheesecoin.chain.stack.StackLimits;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestWorld;
import org.cheesecoin.member.persistence.MemberDatabase;
import org.cheesecoin.membertest.TestDatabase;
import org.cheesecoin.web.MonotonicClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessResourceFailureException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** The loop over a real database: what it promises is stored, and what is not stored it does not promise. */
@ParameterizedClass(name = "{0}")
@EnumSource(TestDatabase.class)
class NodeLoopTest {

    private static final LoopSettings SETTINGS = new LoopSettings(100, 50, 2, 1_000, 20_000, 2, 20);

    private final TestWorld world = TestWorld.rich(1);
    private final BreakableScheme signatures = new BreakableScheme();
    private final Recorder recorder = new Recorder();
    private final AtomicLong offsetMillis = new AtomicLong();
    private final MemberClock clock = new MemberClock(
            () -> Instant.now().plusMillis(offsetMillis.get()), MonotonicClock.system());

    @Parameter private TestDatabase kind;
    @TempDir private Path folder;

    private MemberDatabase database;
    private Checks checks;
    private Mailbox mailbox;
    private NodeLoop loop;

    @BeforeEach
    void start() {
        database = kind.open(folder);
        startLoop();
    }

    @AfterEach
    void stop() {
        stopLoop();
        database.close();
    }

    private void startLoop() {
        mailbox = new Mailbox(100, 1_000_000);
        checks = new Checks(world.network().id(), signatures, mailbox, _ -> {});
        NodeConfig config = new NodeConfig(
                world.network(),
                TestKeys.SCHEME,
                TestKeys.key(99).privateKey(),
                Optional.empty(),
                List.of(),
                NodeLimits.defaults(),
                MempoolLimits.DEFAULT,
                StackLimits.DEFAULT);
        NodeFactory factory = new NodeFactory(database, config, new Random(1), clock);
        loop = new NodeLoop(factory, mailbox, List.of(checks, recorder), clock, SETTINGS);
        loop.start();
    }

    private void stopLoop() {
        loop.stop();
        checks.close();
    }

    @Test
    void aCheeseIsStoredBeforeAnybodyIsToldOfIt() {
        Cheese cheese = world.mine();

        mailbox.handle(new Input.CheeseMined(cheese));

        await().until(() -> recorder.tips.contains(cheese.smell().toHex()));
        stopLoop();
        startLoop();
        assertThat(tipHeight()).isEqualTo(1);
    }

    @Test
    void aFailedCommitIsNotPromisedAndTheLoopStartsAgainFromTheStore() {
        CompletableFuture<String> answer = mailbox.call(access -> {
            access.write(connection -> {
                throw new SQLException("the disk is full");
            });
            return "promised";
        });

        assertThatThrownBy(answer::join).isInstanceOf(CompletionException.class);
        await().until(() -> recorder.starts.get() == 2);
        Cheese cheese = world.mine();
        mailbox.handle(new Input.CheeseMined(cheese));
        await().until(() -> recorder.tips.contains(cheese.smell().toHex()));
        assertThat(loop.state()).isEqualTo(NodeLoop.State.RUNNING);
    }

    @Test
    void aCheckThatFailsMakesTheLoopStartAgainFromTheStore() {
        Payment payment = world.pay(world.allocation(1), TestKeys.key(2), 1_000, 1_000);
        signatures.isBroken = true;

        assertThatThrownBy(() -> submit(payment).join()).hasCauseInstanceOf(RejectedExecutionException.class);

        await().until(() -> recorder.starts.get() == 2);
        signatures.isBroken = false;
        assertThat(submit(payment).join()).isEqualTo(Outcome.passed(payment.txid()));
    }

    @Test
    void whoStoodBehindAFailureInTheSameTurnIsTold() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch open = new CountDownLatch(1);
        mailbox.call(access -> {
            begun.countDown();
            return awaited(open);
        });
        // only what comes while the loop is busy is taken together
        assertThat(awaited(begun)).isTrue();
        mailbox.call(access -> {
            access.write(_ -> {});
            throw new IllegalStateException("half done");
        });
        CompletableFuture<Long> behind = mailbox.call(LoopAccess::clockMillis);

        open.countDown();

        assertThat(behind).failsWithin(Duration.ofSeconds(10))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(RejectedExecutionException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cheese", "peer"})
    void aStoreThatIsAwayForAWhileIsNotTheEnd(String table) throws SQLException {
        rename(table, "away");
        mailbox.call(access -> {
            access.write(_ -> {});
            throw new IllegalStateException("half done");
        });
        // The first may be told of the failed turn; the second only of a start that failed.
        assertThat(mailbox.call(LoopAccess::clockMillis)).failsWithin(Duration.ofSeconds(10));
        assertThat(mailbox.call(LoopAccess::clockMillis)).failsWithin(Duration.ofSeconds(10));
        assertThat(loop.state()).isEqualTo(NodeLoop.State.WAITING_FOR_STORE);

        rename("away", table);

        await().until(() -> recorder.starts.get() == 2);
        assertThat(tipHeight()).isZero();
        assertThat(loop.state()).isEqualTo(NodeLoop.State.RUNNING);
    }

    @Test
    void aFollowerThatCannotReadTheStoreForAWhileIsNotTheEnd() {
        await().until(() -> recorder.starts.get() == 1);
        recorder.failures.addAll(List.of(new DataAccessResourceFailureException("no connection"),
                new DataAccessResourceFailureException("none yet")));
        mailbox.call(access -> {
            access.write(_ -> {});
            throw new IllegalStateException("half done");
        });

        await().until(() -> recorder.starts.get() == 4);
        assertThat(tipHeight()).isZero();
        assertThat(loop.state()).isEqualTo(NodeLoop.State.RUNNING);
    }

    @Test
    void norIsOneThatCannotReadItAtTheFirstStart() {
        stopLoop();
        recorder.failures.add(new DataAccessResourceFailureException("no connection"));
        startLoop();

        assertThat(mailbox.call(LoopAccess::clockMillis)).succeedsWithin(Duration.ofSeconds(10));
        assertThat(loop.state()).isEqualTo(NodeLoop.State.RUNNING);
    }

    @Test
    void aTurnThatFailsIsNotTakenForOneThatEndedWell() {
        recorder.failsTurns = true;
        await().until(() -> recorder.starts.get() > 3);
        long turns = loop.turns();
        long lastTurnMillis = loop.lastTurnMillis();
        int starts = recorder.starts.get();

        await().until(() -> recorder.starts.get() > starts + 2);

        assertThat(loop.turns()).isEqualTo(turns);
        assertThat(loop.lastTurnMillis()).isEqualTo(lastTurnMillis);
        recorder.failsTurns = false;
        await().until(() -> loop.turns() > turns);
    }

    @Test
    void aCallersMistakeIsTheCallersAlone() {
        CompletableFuture<String> wrong = mailbox.call(access -> {
            throw new IllegalArgumentException("wrong call");
        });

        assertThatThrownBy(wrong::join).hasCauseInstanceOf(IllegalArgumentException.class);
        assertThat(tipHeight()).isZero();
        assertThat(recorder.starts).hasValue(1);
    }

    @Test
    void aClockThatIsSetBackDoesNotKeepTheLoopFromTicking() {
        long trueMillis = clock.clockMillis();
        offsetMillis.set(-3_600_000);
        assertThat(mailbox.call(LoopAccess::clockMillis).join()).isLessThan(trueMillis);
        long afterMillis = loop.lastTurnMillis();

        await().until(() -> loop.lastTurnMillis() > afterMillis + 2 * NodeLimits.TICK_MILLIS);
    }

    @Test
    void afterTheEndEveryCallIsRefused() {
        loop.stop();

        assertThatThrownBy(() -> mailbox.call(LoopAccess::clockMillis).join()).isInstanceOf(CompletionException.class);
    }

    private CompletableFuture<Outcome<Txid>> submit(Payment payment) {
        return mailbox.call(access -> access.submit(payment)).thenCompose(it -> it);
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void rename(String table, String newName) throws SQLException {
        try (Connection connection = database.readers().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER TABLE " + table + " RENAME TO " + newName);
        }
    }

    private int tipHeight() {
        return mailbox.call(access -> access.node().stack().tip().height()).join();
    }

    /** A scheme whose checks can be made to throw, as where memory is out. */
    private static final class BreakableScheme implements SignatureScheme {

        private volatile boolean isBroken;

        @Override
        public String name() {
            return "breakable";
        }

        @Override
        public PublicKey publicKey(PrivateKey key) {
            return TestKeys.SCHEME.publicKey(key);
        }

        @Override
        public Signature sign(PrivateKey key, Hash256 digest) {
            return TestKeys.SCHEME.sign(key, digest);
        }

        @Override
        public boolean verify(PublicKey key, Hash256 digest, Signature signature) {
            if (isBroken) {
                throw new OutOfMemoryError("for a test");
            }
            return TestKeys.SCHEME.verify(key, digest, signature);
        }
    }

    /** Follows the loop. */
    private static final class Recorder implements LoopFollower {

        private final List<String> tips = new CopyOnWriteArrayList<>();
        private final AtomicInteger starts = new AtomicInteger();
        private final Queue<RuntimeException> failures = new ConcurrentLinkedQueue<>();
        private volatile boolean failsTurns;

        @Override
        public void started(LoopAccess access) {
            starts.incrementAndGet();
            RuntimeException failure = failures.poll();
            if (failure != null) {
                throw failure;
            }
        }

        @Override
        public void turned(LoopTimes times, LoopAccess access) {
            if (failsTurns) {
                throw new IllegalStateException("a bug, for a test");
            }
        }

        @Override
        public void released(List<Output> outputs) {
            for (Output output : outputs) {
                if (output instanceof Output.TipChanged changed) {
                    tips.add(changed.tip().smell().toHex());
                }
            }
        }
    }
}
