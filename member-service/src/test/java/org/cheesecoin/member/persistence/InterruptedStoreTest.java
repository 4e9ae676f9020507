package org.cheesecoin.member.persistence;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.consensus.CheckedCheese;
import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.node.Change;
import org.cheesecoin.chain.stack.CheeseStack;
import org.cheesecoin.chain.stack.StackLimits;
import org.cheesecoin.chain.testing.CheeseFactory;
import org.cheesecoin.chain.testing.TestKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A thread that is interrupted while it reads or commits, wherever it is just then, closes nothing. */
class InterruptedStoreTest {

    private static final int CHEESES = 150;
    private static final int READERS = 3;
    private static final int INTERRUPTS = 2_000;
    private static final int MAX_PAUSE_NANOS = 400_000;

    private final Network network = History.network();
    private final AtomicBoolean isOver = new AtomicBoolean();
    private final AtomicInteger reads = new AtomicInteger();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final List<Cheese> stacked = new ArrayList<>();

    @TempDir private Path folder;

    /** A folder with a blank in it, and no cache, so that every read goes to the file. */
    private MemberDatabase open() {
        return MemberDatabase.at(url("file"), "sa", "");
    }

    private String url(String files) {
        return "jdbc:h2:" + files + ":" + folder.resolve("a folder").resolve(MemberDatabase.NAME)
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_ON_EXIT=FALSE"
                + ";RETENTION_TIME=1000;CACHE_SIZE=0";
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void readsAndCommitsStandAnInterruptAtAnyInstant(long seed) throws Exception {
        try (MemberDatabase database = open()) {
            try (StackStore store = database.openStore(network)) {
                CheeseStack stack = new CheeseStack(network, store, StackLimits.DEFAULT);
                for (int i = 0; i < CHEESES; i++) {
                    grow(stack, store);
                }
                List<Thread> victims = new ArrayList<>();
                List<Cheese> known = List.copyOf(stacked);
                for (int i = 0; i < READERS; i++) {
                    Random random = new Random(seed * READERS + i);
                    victims.add(Thread.ofVirtual().start(() -> untilOver(() -> read(database, known, random))));
                }
                victims.add(Thread.ofPlatform().start(() -> untilOver(() -> grow(stack, store))));

                interrupt(victims, new Random(seed));

                assertThat(failures).isEmpty();
                assertThat(reads.get()).isGreaterThan(READERS);
                assertThat(stacked).hasSizeGreaterThan(CHEESES);
                grow(stack, store);
                CheeseReader reader = new CheeseReader(new JdbcTemplate(database.readers()));
                assertThat(stacked).allSatisfy(it -> assertThat(reader.cheese(it.smell())).contains(it));
            }
        }
        try (MemberDatabase database = open(); StackStore store = database.openStore(network)) {
            assertThat(store.tip().height()).isEqualTo(stacked.size());
        }
    }

    private void grow(CheeseStack stack, StackStore store) {
        Cheese cheese = CheeseFactory.empty(network, store.tip(), TestKeys.key(0).address());
        stack.add(CheckedCheese.trusted(cheese, network.id()), 1L << 52,
                step -> store.apply(List.of(new Change.OfStack(step))));
        store.commit();
        stacked.add(cheese);
    }

    private void read(MemberDatabase database, List<Cheese> known, Random random) throws SQLException {
        // the wait for a connection may end early, what is done with it may not
        boolean wasInterrupted = Thread.interrupted();
        try (Connection connection = database.readers().getConnection()) {
            Session session = new Session(connection);
            StackTables tables = new StackTables(session);
            for (int i = 0; i < 5; i++) {
                Cheese cheese = known.get(random.nextInt(known.size()));
                byte[] body = tables.id(cheese.smell()).flatMap(tables::body).orElseThrow();
                assertThat(body).isEqualTo(cheese.toBytes());
                reads.incrementAndGet();
            }
            session.commit();
        } catch (SQLException e) {
            if (!(e.getCause() instanceof InterruptedException)) {
                throw e;
            }
        } finally {
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @FunctionalInterface
    private interface Action {
        void run() throws SQLException;
    }

    /** Rounds begin interrupted or not, as it came: nobody here takes the interrupt away. */
    private void untilOver(Action action) {
        try {
            while (!isOver.get()) {
                action.run();
            }
        } catch (SQLException | RuntimeException | AssertionError e) {
            failures.add(e);
        }
    }

    private void interrupt(List<Thread> victims, Random random) throws InterruptedException {
        for (int i = 0; i < INTERRUPTS && failures.isEmpty(); i++) {
            long untilNanos = System.nanoTime() + random.nextInt(MAX_PAUSE_NANOS);
            while (System.nanoTime() < untilNanos) {
                Thread.onSpinWait();
            }
            victims.get(random.nextInt(victims.size())).interrupt();
        }
        isOver.set(true);
        for (Thread victim : victims) {
            victim.join();
        }
    }

    @Test
    void opensADatabaseThatAnEarlierVersionMadeAndLeavesItToOthersAfterwards() throws SQLException {
        DataSource earlier = new DriverManagerDataSource(url("file"), "sa", "");
        OlderDatabase.migrate(earlier, 4);
        new JdbcTemplate(earlier).update(
                "INSERT INTO stack_state (id, network_id, network_name) VALUES (1, ?, 'earlier')",
                new byte[32]);
        try (MemberDatabase database = open()) {
            assertThat(new JdbcTemplate(database.readers()).queryForObject("SELECT network_name FROM stack_state",
                    String.class)).isEqualTo("earlier");
            // by another name, which H2 takes for another database: only the lock on the file keeps it away
            assertThatThrownBy(() -> DriverManager.getConnection(url("nio"), "sa", "").close())
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("already in use");
        }
        try (Connection connection = DriverManager.getConnection(url("nio"), "sa", "")) {
            assertThat(connection.isValid(1)).isTrue();
        }
        assertThat(folder.resolve("a folder")).isDirectoryContaining(it -> Files.isRegularFile(it));
    }
}
