package org.cheesecoin.member.wallet;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.node.Input;
import org.cheesecoin.chain.node.Node;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.wallet.KeyChain;
import org.cheesecoin.member.node.HandTurnedLoop;
import org.cheesecoin.member.node.LoopAccess;
import org.cheesecoin.member.persistence.CheeseReader;
import org.cheesecoin.member.persistence.MemberDatabase;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.awaitility.Awaitility.await;

/** The wallet on a loop that turns, commits and crashes when the test says so: real node, real database, one thread. */
final class TestLoop implements AutoCloseable {

    private final JdbcTemplate jdbc;
    private final Queue<Runnable> fromElsewhere = new ConcurrentLinkedQueue<>();
    private final WalletJournal journal;
    private final WalletKeeper keeper;
    private final HandTurnedLoop loop;

    /** @param folder where the journal is */
    TestLoop(Network network, MemberDatabase database, KeyChain keys, Path folder) {
        this.jdbc = new JdbcTemplate(database.readers());
        this.journal = WalletJournal.in(folder);
        this.keeper = new WalletKeeper(network, TestKeys.SCHEME, keys, WalletKeeper.Origin.MADE,
                new WalletKeeper.Memory(tables(), journal, database::wentBack), this::committedCheese, this::later);
        this.loop = new HandTurnedLoop(network, database, List.of(keeper));
    }

    private <T> CompletableFuture<T> later(Function<LoopAccess, T> work) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        fromElsewhere.add(() -> loop.call(work).thenAccept(answer::complete));
        return answer;
    }

    /** Does what other threads asked for. */
    void serve() {
        for (Runnable task = fromElsewhere.poll(); task != null; task = fromElsewhere.poll()) {
            task.run();
            loop.commit();
        }
    }

    /** Waits for the next thing that another thread asks for, and does it without a commit. */
    void serveOneWithoutCommit() {
        await().until(() -> !fromElsewhere.isEmpty());
        fromElsewhere.remove().run();
    }

    /** The process ends at once, and starts again from what was committed. */
    void crash() {
        fromElsewhere.clear();
        loop.crash();
    }

    void commit() {
        loop.commit();
    }

    void handle(Input input) {
        loop.handle(input);
    }

    /** Does this on the loop, without a commit. */
    <T> T now(Function<LoopAccess, T> work) {
        return loop.now(work);
    }

    /** The node, for reading. */
    Node node() {
        return loop.now(LoopAccess::node);
    }

    /** A cheese of the best branch, committed or not. */
    Optional<Cheese> committedCheese(Smell smell) {
        return new CheeseReader(jdbc).cheese(smell);
    }

    WalletKeeper keeper() {
        return keeper;
    }

    JdbcTemplate jdbc() {
        return jdbc;
    }

    WalletTables tables() {
        return new WalletTables(jdbc);
    }

    @Override
    public void close() {
        loop.close();
        journal.close();
    }
}
