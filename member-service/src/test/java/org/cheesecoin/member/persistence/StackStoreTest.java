package org.cheesecoin.member.persistence;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Transaction;
import org.cheesecoin.chain.consensus.CheckedCheese;
import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.consensus.NetworkParameters;
import org.cheesecoin.chain.consensus.StackedHeader;
import org.cheesecoin.chain.node.Change;
import org.cheesecoin.chain.stack.Added;
import org.cheesecoin.chain.stack.CheeseStack;
import org.cheesecoin.chain.stack.StackLimits;
import org.cheesecoin.chain.testing.MemoryCheeseStore;
import org.cheesecoin.chain.testing.Payments;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestWorld;
import org.cheesecoin.member.settings.MemoryPlan;
import org.cheesecoin.membertest.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@ParameterizedClass(name = "{0}")
@EnumSource(TestDatabase.class)
class StackStoreTest {

    private static final long LATE_MILLIS = 1L << 52;
    private static final StackLimits SMALL = new StackLimits(5, 5, 5);
    private static final long MUCH = 1L << 30;

    @Parameter private TestDatabase kind;
    @TempDir private Path folder;
    private MemberDatabase database;

    @BeforeEach
    void open() {
        database = kind.open(folder);
    }

    @AfterEach
    void close() {
        database.close();
    }

    /** A stack in memory and one in the database, both given the same. */
    private static final class Twins {

        private final Network network = History.network();
        private final Set<OutPoint> everMade = new LinkedHashSet<>();
        private MemoryCheeseStore expected = new MemoryCheeseStore(network);
        private CheeseStack expectedStack = new CheeseStack(network, expected, SMALL);
        private CheeseStack stack;
        private StackStore store;

        Twins(StackStore store) {
            this.store = store;
            this.stack = new CheeseStack(network, store, SMALL);
        }

        void add(Cheese cheese) {
            for (Transaction transaction : cheese.transactions()) {
                for (int i = 0; i < transaction.outputs().size(); i++) {
                    everMade.add(transaction.outPoint(i));
                }
            }
            CheckedCheese checked = CheckedCheese.trusted(cheese, network.id());
            Added wanted = expectedStack.add(checked, LATE_MILLIS, expected);
            Added added = stack.add(checked, LATE_MILLIS, step -> store.apply(List.of(new Change.OfStack(step))));
            assertThat(added).isEqualTo(wanted);
        }

        void restart(StackStore reopened, MemoryCheeseStore committed) {
            store = reopened;
            stack = new CheeseStack(network, store, SMALL);
            expected = committed;
            expectedStack = new CheeseStack(network, expected, SMALL);
        }

        void agree() {
            assertThat(store.tip()).isEqualTo(expected.tip());
            assertThat(store.headersFrom(0, 10_000)).isEqualTo(expected.headersFrom(0, 10_000));
            assertThat(store.headersFrom(3, 2)).isEqualTo(expected.headersFrom(3, 2));
            assertThat(store.headerAt(store.tip().height() + 1)).isEmpty();
            assertThat(store.coins(List.copyOf(everMade))).isEqualTo(expected.coins(List.copyOf(everMade)));
            for (OutPoint outPoint : everMade) {
                assertThat(store.coin(outPoint)).isEqualTo(expected.coin(outPoint));
            }
            for (StackedHeader header : store.headersFrom(0, 10_000)) {
                assertThat(store.spentBy(header.smell())).isEqualTo(expected.spentBy(header.smell()));
            }
        }

        void agreeOn(List<Cheese> cheeses) {
            for (Cheese cheese : cheeses) {
                assertThat(store.header(cheese.smell())).isEqualTo(expected.header(cheese.smell()));
                assertThat(store.cheese(cheese.smell())).isEqualTo(expected.cheese(cheese.smell()));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 1073741824", "3, 20000", "4, 1073741824"})
    void holdsWhatTheStackWroteThroughForksCommitsAndCrashes(long seed, long maxHeldBytes) {
        List<Cheese> cheeses = History.of(seed, 80);
        Random random = new Random(seed);
        Twins twins = new Twins(database.openStore(History.network(), maxHeldBytes));
        MemoryCheeseStore committed = twins.expected.copy();
        int committedCount = 0;
        int crashes = 0;
        for (int next = 0; next < cheeses.size();) {
            twins.add(cheeses.get(next++));
            int dice = random.nextInt(12);
            if (dice < 3) {
                twins.store.commit();
                committed = twins.expected.copy();
                committedCount = next;
            } else if (dice == 3 && crashes < 10) {
                crashes++;
                twins.store.close();
                twins.restart(database.openStore(History.network(), maxHeldBytes), committed.copy());
                next = committedCount;
                twins.agree();
            } else if (dice == 4 && crashes < 10) {
                crashes++;
                twins.store.rollback();
                twins.restart(twins.store, committed.copy());
                next = committedCount;
            } else if (dice == 5) {
                twins.agree();
            }
        }
        twins.store.commit();
        twins.agree();
        twins.agreeOn(cheeses);
        twins.store.close();
        twins.restart(database.openStore(History.network(), maxHeldBytes), twins.expected);
        twins.agree();
        twins.agreeOn(cheeses);
        assertThat(crashes).isPositive();
        twins.store.close();
    }

    @Test
    void holdsCoinsBackWhenItMakesRoomSinceOneThatIsSpentBeforeTheCommitCostsNoRow() throws SQLException {
        long room = 30_000;
        TestWorld world = TestWorld.rich(History.OWNERS);
        Twins twins = new Twins(database.openStore(History.network(), room));
        long coinsBefore = count(twins.store, "unspent");
        for (int i = 0; i < 40; i++) {
            twins.add(world.mine());
        }

        assertThat(count(twins.store, "cheese")).as("written, since they did not fit").isGreaterThan(20);
        assertThat(count(twins.store, "unspent")).isEqualTo(coinsBefore);
        twins.agree();
        twins.store.commit();
        assertThat(count(twins.store, "unspent")).isEqualTo(coinsBefore + 40);
        twins.store.close();
    }

    @Test
    void aFullMempoolLeavesChangesTheirShareInAHeapOfAnySize() {
        for (long heapBytes : List.of(MemoryPlan.LAUNCHER_HEAP_BYTES, 1L << 30, 4L << 30)) {
            MemoryPlan plan = new MemoryPlan(heapBytes);
            assertThat(MemberDatabase.heldBytes(plan) - plan.bytes(MemoryPlan.Share.MEMPOOL))
                    .isEqualTo(plan.bytes(MemoryPlan.Share.CHANGES));
        }
    }

    private static long count(StackStore store, String table) throws SQLException {
        try (Statement statement = store.connection().createStatement();
                ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
            row.next();
            return row.getLong(1);
        }
    }

    @Test
    void aNewDatabaseHoldsTheBlueCheese() {
        Network network = History.network();
        try (StackStore store = database.openStore(network)) {
            assertThat(store.tip()).isEqualTo(network.root());
            assertThat(store.cheese(network.id())).contains(network.blueCheese());
            assertThat(store.headerAt(0)).contains(network.root());
            assertThat(store.spentBy(network.id())).isEmpty();
            assertThat(store.coin(network.blueCheese().transactions().getFirst().outPoint(2))).isPresent();
        }
    }

    @Test
    void refusesTheDatabaseOfAnotherNetwork() {
        database.openStore(History.network()).close();
        assertThatThrownBy(() -> database.openStore(Network.of(NetworkParameters.local())))
                .isInstanceOf(UnusableDatabase.class)
                .hasMessageContaining("'test'").hasMessageContaining("'local'")
                .hasMessageNotContaining("\n");
        database.openStore(History.network()).close();
    }

    @Test
    void coinsMadeAndSpentBetweenTwoCommitsNeverTouchTheDisk() throws Exception {
        TestWorld world = TestWorld.rich(History.OWNERS);
        try (StackStore store = database.openStore(world.network(), MUCH)) {
            Twins twins = new Twins(store);
            var input = world.allocation(1);
            for (int i = 0; i < 20; i++) {
                var payment = world.pay(input, input.owner(), world.coins().coin(input.outPoint()).orElseThrow()
                        .amount().crumbs() - 1_000, 1_000);
                twins.add(world.mine(payment));
                input = new Payments.Input(payment.outPoint(0), input.owner());
            }
            long before = writtenCoins();
            store.commit();
            // eight allocations, one of them spent; 20 coinbases; the last link of the chain
            assertThat(before).isEqualTo(History.OWNERS);
            assertThat(writtenCoins()).isEqualTo(History.OWNERS - 1 + 20 + 1);
            twins.agree();
        }
    }

    @Test
    void nothingIsSeenFromOutsideBeforeTheCommit() throws Exception {
        TestWorld world = TestWorld.rich(History.OWNERS);
        try (StackStore store = database.openStore(world.network(), 0)) {
            Twins twins = new Twins(store);
            twins.add(world.mine());
            assertThat(rows("cheese")).isEqualTo(1);
            assertThat(store.tip()).isEqualTo(world.tip());
            store.commit();
            assertThat(rows("cheese")).isEqualTo(2);
        }
    }

    @Test
    void aWholeReorganisationMayBeSpilledAndStillTakenBack() {
        TestWorld losing = TestWorld.rich(History.OWNERS).mineEmpty(3);
        TestWorld winning = losing.copy().minedBy(TestKeys.key(99));
        losing.mine(losing.pay(losing.allocation(1), losing.miner(), 5_000_000, 1_000));
        losing.mineEmpty(20);
        winning.mine(winning.pay(winning.allocation(1), winning.miner(), 7_000_000, 1_000));
        winning.mineEmpty(22);
        try (StackStore store = database.openStore(losing.network(), 0)) {
            Twins twins = new Twins(store);
            losing.cheeses().stream().skip(1).forEach(twins::add);
            List<Cheese> rest = new ArrayList<>(winning.cheeses().subList(4, winning.cheeses().size()));
            rest.subList(0, rest.size() - 3).forEach(twins::add);
            store.commit();
            MemoryCheeseStore committed = twins.expected.copy();
            rest.subList(rest.size() - 3, rest.size()).forEach(twins::add);
            assertThat(store.tip()).isEqualTo(winning.tip());
            twins.agree();
            store.rollback();
            twins.restart(store, committed);
            assertThat(store.tip()).isEqualTo(losing.tip());
            twins.agree();
            rest.subList(rest.size() - 3, rest.size()).forEach(twins::add);
            store.commit();
            twins.agree();
        }
    }

    private long writtenCoins() throws Exception {
        return rows("unspent");
    }

    private long rows(String table) throws Exception {
        try (var connection = database.readers().getConnection();
                var statement = connection.createStatement();
                var result = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
            result.next();
            return result.getLong(1);
        }
    }

}
