package org.cheesecoin.member.node;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.mempool.MempoolLimits;
import org.cheesecoin.chain.node.Input;
import org.cheesecoin.chain.node.NodeConfig;
import org.cheesecoin.chain.node.NodeLimits;
import org.cheesecoin.chain.node.Output;
import org.cheesecoin.chain.stack.StackLimits;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestWorld;
import org.cheesecoin.member.persistence.MemberDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** The loop over a real database: what it promises is stored, and what is not stored it does not promise. */
class NodeLoopTest {

    private final TestWorld world = TestWorld.fresh();
    private final Recorder recorder = new Recorder();
    private final AtomicLong offsetMillis = new AtomicLong();
    private final InstantSource clock = () -> Instant.now().plusMillis(offsetMillis.get());

    @TempDir private Path folder;

    private MemberDatabase database;
    private Checks checks;
    private Mailbox mailbox;
    private NodeLoop loop;

    @BeforeEach
    void start() {
        database = MemberDatabase.inFolder(folder);
        database.migrate();
        startLoop();
    }

    @AfterEach
    void stop() {
        stopLoop();
        database.close();
    }

    private void startLoop() {
        mailbox = new Mailbox(100);
        checks = new Checks(world.network().id(), TestKeys.SCHEME, mailbox);
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
        loop = new NodeLoop(factory, mailbox, List.of(checks, recorder), clock, LoopSettings.DEFAULT);
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
        long beforeMillis = loop.lastTurnMillis();
        offsetMillis.set(-3_600_000);
        await().until(() -> loop.lastTurnMillis() < beforeMillis);
        long afterMillis = loop.lastTurnMillis();

        await().until(() -> loop.lastTurnMillis() > afterMillis + 2 * NodeLimits.TICK_MILLIS);
    }

    @Test
    void afterTheEndEveryCallIsRefused() {
        loop.stop();

        assertThatThrownBy(() -> mailbox.call(LoopAccess::nowMillis).join()).isInstanceOf(CompletionException.class);
    }

    private int tipHeight() {
        return mailbox.call(access -> access.node().stack().tip().height()).join();
    }

    /** Follows the loop. */
    private static final class Recorder implements LoopFollower {

        private final List<String> tips = new CopyOnWriteArrayList<>();
        private final AtomicInteger starts = new AtomicInteger();

        @Override
        public void started(LoopAccess access) {
            starts.incrementAndGet();
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
