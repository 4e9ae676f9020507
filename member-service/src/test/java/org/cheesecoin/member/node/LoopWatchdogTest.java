package org.cheesecoin.member.node;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import org.cheesecoin.chain.mempool.MempoolLimits;
import org.cheesecoin.chain.node.NodeConfig;
import org.cheesecoin.chain.node.NodeLimits;
import org.cheesecoin.chain.stack.StackLimits;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestWorld;
import org.cheesecoin.member.persistence.MemberDatabase;
import org.cheesecoin.member.persistence.StoreProbe;
import org.cheesecoin.member.settings.DiskFailure;
import org.cheesecoin.web.MonotonicClock;
import org.h2.api.ErrorCode;
import org.h2.message.DbException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.DataAccessResourceFailureException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A member whose loop is beyond repair ends, and no other. */
@ExtendWith(OutputCaptureExtension.class)
class LoopWatchdogTest {

    private static final LoopSettings SETTINGS = new LoopSettings(100, 50, 2, 1_000, 20_000, 2, 20);

    @TempDir private Path folder;

    private final MemberClock clock = new MemberClock(InstantSource.system(), MonotonicClock.system());
    private final Mailbox mailbox = new Mailbox(100, 1_000_000);
    private final List<String> reasons = new CopyOnWriteArrayList<>();
    private final Saboteur saboteur = new Saboteur();
    private volatile StoreProbe.Verdict verdict = StoreProbe.Verdict.READS;
    private MemberDatabase database;
    private LoopLifecycle lifecycle;
    private LoopWatchdog watchdog;

    @BeforeEach
    void start() {
        database = MemberDatabase.inFolder(folder);
        NodeConfig config = new NodeConfig(TestWorld.fresh().network(), TestKeys.SCHEME,
                TestKeys.key(99).privateKey(), Optional.empty(), List.of(), NodeLimits.defaults(),
                MempoolLimits.DEFAULT, StackLimits.DEFAULT);
        NodeFactory factory = new NodeFactory(database, config, new Random(1), clock);
        lifecycle = new LoopLifecycle(
                () -> new NodeLoop(factory, mailbox, List.of(saboteur), clock, SETTINGS), List.of());
        watchdog = new LoopWatchdog(lifecycle, MemberDatabase.Host.THIS_PROCESS, () -> verdict, reasons::add);
        lifecycle.start();
        await().until(() -> loop().turns() > 0);
    }

    @AfterEach
    void stop() {
        lifecycle.stop();
        database.close();
    }

    private NodeLoop loop() {
        return lifecycle.loop().orElseThrow();
    }

    private void look(int times) {
        for (int i = 0; i < times; i++) {
            watchdog.look();
        }
    }

    @Test
    void endsAMemberWhoseLoopBroke() {
        saboteur.failsToStart = true;
        failATurn();
        await().until(() -> loop().state() == NodeLoop.State.BROKEN);

        look(1);

        assertThat(reasons).singleElement().asString().contains("broke");
    }

    @ParameterizedTest
    @EnumSource(Where.class)
    void endsAMemberWhoseFileIsDamagedInOneLineWithTheWayOut(Where where, CapturedOutput output) {
        saboteur.damageMetBy = Optional.of(where);
        if (where == Where.A_START) {
            failATurn();
        }
        await().until(() -> loop().state() == NodeLoop.State.BROKEN);
        int before = output.getAll().length();

        look(1);

        assertThat(reasons).singleElement().asString().doesNotContain("\n")
                .contains("the loop broke: cannot read " + folder.resolve("stack.mv.db"), "which is damaged",
                        "move this file away");
        assertThat(output.getAll().substring(0, before)).doesNotContain("File corrupted");
    }

    /** What meets the damage. */
    enum Where {
        A_TURN, A_START
    }

    @Test
    void aDiskThatIsFullIsALineThatSaysWhichFileAndTheLoopGoesOn(CapturedOutput output) {
        saboteur.fullDisk = Optional.of(folder.resolve("wallet.journal"));
        await().until(() -> output.getAll().contains("A turn of the loop failed"));
        saboteur.fullDisk = Optional.empty();
        long turns = loop().turns();
        await().until(() -> loop().turns() > turns);

        assertThat(loop().state()).isEqualTo(NodeLoop.State.RUNNING);
        assertThat(output.getAll()).contains("cannot read or write " + folder.resolve("wallet.journal")
                + " (java.io.IOException: No space left on device): make room on its disk").doesNotContain("\tat ");
    }

    @Test
    void endsAMemberWhoseTurnNeverEndsAfterALongTimeOnly() {
        CompletableFuture<Void> end = new CompletableFuture<>();
        CompletableFuture<Void> begun = new CompletableFuture<>();
        mailbox.call(_ -> {
            begun.complete(null);
            return end.join();
        });
        begun.join();

        look(LoopWatchdog.MAX_LOOKS_WITHOUT_TURN);
        assertThat(reasons).isEmpty();
        look(1);

        assertThat(reasons).singleElement().asString().contains("no turn").contains("LoopWatchdogTest");
        end.complete(null);
    }

    @Test
    void endsAMemberWhoseEveryTurnFails() {
        saboteur.failsTurns = true;
        await().until(() -> saboteur.failedTurns > 2);

        look(LoopWatchdog.MAX_LOOKS_WITHOUT_TURN + 1);

        assertThat(reasons).singleElement().asString().contains("no turn");
    }

    @Test
    void leavesAMemberWhoseLoopTurns() {
        look(LoopWatchdog.MAX_LOOKS_WITHOUT_TURN);
        long turns = loop().turns();
        await().until(() -> loop().turns() > turns);
        look(LoopWatchdog.MAX_LOOKS_WITHOUT_TURN);

        assertThat(reasons).isEmpty();
    }

    @Test
    void leavesAMemberWhoseServerIsAway() throws SQLException {
        watchdog = new LoopWatchdog(lifecycle, MemberDatabase.Host.SERVER, () -> verdict, reasons::add);
        takeTheStoreAway();

        look(2 * LoopWatchdog.MAX_LOOKS_WITHOUT_TURN);

        assertThat(reasons).isEmpty();
        rename("away", "cheese");
        await().until(() -> loop().state() == NodeLoop.State.RUNNING);
    }

    @Test
    void endsAMemberWhoseOwnStoreDoesNotOpenAgain() throws SQLException {
        takeTheStoreAway();

        look(LoopWatchdog.MAX_LOOKS_WITHOUT_STORE - 1);
        assertThat(reasons).isEmpty();
        look(1);

        assertThat(reasons).singleElement().asString().contains("store");
        rename("away", "cheese");
    }

    @Test
    void endsAMemberWhoseStoreWasClosedUnderItAtOnce() {
        verdict = StoreProbe.Verdict.CLOSED;
        look(1);
        assertThat(reasons).isEmpty();
        look(1);

        assertThat(reasons).singleElement().asString().contains("closed under it");
    }

    @Test
    void leavesAMemberWhoseReadersOnlyWait() {
        verdict = StoreProbe.Verdict.FAILS;
        long turns = loop().turns();
        await().until(() -> loop().turns() > turns);
        look(LoopWatchdog.MAX_LOOKS_WITHOUT_STORE);

        assertThat(reasons).isEmpty();
    }

    private void takeTheStoreAway() throws SQLException {
        rename("cheese", "away");
        failATurn();
        await().until(() -> loop().state() == NodeLoop.State.WAITING_FOR_STORE);
    }

    @Test
    void leavesAMemberThatStopsOrHasNotBegun() {
        lifecycle.stop();
        look(2 * LoopWatchdog.MAX_LOOKS_WITHOUT_TURN);

        assertThat(reasons).isEmpty();
    }

    private void failATurn() {
        mailbox.call(access -> {
            access.write(_ -> {});
            throw new IllegalStateException("half done");
        });
    }

    private void rename(String table, String newName) throws SQLException {
        try (Connection connection = database.readers().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER TABLE " + table + " RENAME TO " + newName);
        }
    }

    /** Breaks the loop as a bug would. */
    private static final class Saboteur implements LoopFollower {

        private volatile boolean failsToStart;
        private volatile boolean failsTurns;
        private volatile int failedTurns;
        private volatile Optional<Where> damageMetBy = Optional.empty();
        private volatile Optional<Path> fullDisk = Optional.empty();

        private void meetDamage(Where where) {
            if (damageMetBy.filter(it -> it == where).isPresent()) {
                throw new DataAccessResourceFailureException("cannot read",
                        DbException.get(ErrorCode.FILE_CORRUPTED_1, "stack").getSQLException());
            }
        }

        @Override
        public void started(LoopAccess access) {
            meetDamage(Where.A_START);
            if (failsToStart) {
                throw new IllegalStateException("a bug, for a test");
            }
        }

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // by the loop's thread alone
        public void turned(LoopTimes times, LoopAccess access) {
            meetDamage(Where.A_TURN);
            fullDisk.ifPresent(it -> {
                throw DiskFailure.of(it, new IOException("No space left on device"));
            });
            if (failsTurns) {
                failedTurns++;
                throw new IllegalStateException("a bug, for a test");
            }
        }
    }
}
