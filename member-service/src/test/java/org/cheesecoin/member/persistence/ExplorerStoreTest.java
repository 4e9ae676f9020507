package org.cheesecoin.member.persistence;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Transaction;
import org.cheesecoin.chain.consensus.CheckedCheese;
import org.cheesecoin.chain.consensus.Coin;
import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.consensus.PlacedCoin;
import org.cheesecoin.chain.mempool.MempoolStep;
import org.cheesecoin.chain.node.Change;
import org.cheesecoin.chain.stack.CheeseStack;
import org.cheesecoin.chain.stack.StackLimits;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestWorld;
import org.cheesecoin.member.settings.SettingsConfiguration;
import org.cheesecoin.membertest.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@ParameterizedClass(name = "{0}")
@EnumSource(TestDatabase.class)
class ExplorerStoreTest {

    private static final long LATE_MILLIS = 1L << 52;

    /** Only this room and the settings. */
    @SpringBootApplication
    @Import(SettingsConfiguration.class)
    static class Room {}

    @Parameter private TestDatabase kind;
    @TempDir private Path folder;
    private ConfigurableApplicationContext context;
    private ExplorerStore explorer;
    private AddressReader addresses;
    private StackStore store;
    private StackIndexer indexer;
    private CheeseStack stack;

    @BeforeEach
    void open() {
        Network network = History.network();
        context = new SpringApplicationBuilder(Room.class)
                .web(WebApplicationType.NONE)
                .run(settings());
        explorer = context.getBean(ExplorerStore.class);
        addresses = context.getBean(AddressReader.class);
        indexer = new StackIndexer(context.getBean(MemberDatabase.class).readers());
        store = context.getBean(MemberDatabase.class).openStore(network);
        stack = new CheeseStack(network, store, StackLimits.DEFAULT);
    }

    private String[] settings() {
        List<String> settings = new ArrayList<>(kind.settings(folder));
        settings.addAll(List.of("--cheesecoin.data=" + folder.resolve("data"), "--cheesecoin.network=test",
                "--cheesecoin.index.enabled=false", "--spring.main.banner-mode=off",
                // readiness asks the loop, which is not here
                "--management.endpoint.health.validate-group-membership=false"));
        return settings.toArray(String[]::new);
    }

    @AfterEach
    void close() {
        store.close();
        context.close();
    }

    private void add(Cheese cheese) {
        stack.add(CheckedCheese.trusted(cheese, stack.network().id()), LATE_MILLIS,
                step -> store.apply(List.of(new Change.OfStack(step))));
    }

    private void indexAll() {
        while (indexer.advance() == StackIndexer.Progress.BEHIND) {
            assertThat(explorer.indexedHeight()).isPresent();
        }
    }

    @Test
    void theIndexFollowsTheBestBranchThroughReorganisations() {
        List<Cheese> cheeses = History.of(42, 80);
        for (int i = 0; i < cheeses.size(); i++) {
            add(cheeses.get(i));
            store.commit();
            if (i % 7 == 0) {
                indexAll();
            }
        }
        indexAll();
        assertThat(explorer.indexedHeight()).contains(store.tip().height());
        Map<OutPoint, Coin> expected = new LinkedHashMap<>();
        for (Cheese cheese : cheeses) {
            for (Transaction transaction : cheese.transactions()) {
                for (int i = 0; i < transaction.outputs().size(); i++) {
                    OutPoint outPoint = transaction.outPoint(i);
                    store.coin(outPoint).ifPresent(coin -> expected.put(outPoint, coin));
                }
            }
        }
        for (int owner = 1; owner <= History.OWNERS; owner++) {
            OutPoint allocation = stack.network().blueCheese().transactions().getFirst().outPoint(owner - 1);
            store.coin(allocation).ifPresent(coin -> expected.put(allocation, coin));
        }
        List<Address> owners = expected.values().stream().map(Coin::address).distinct().toList();
        for (Address owner : owners) {
            List<PlacedCoin> coins = all(cursor -> addresses.coins(owner, cursor, 3));
            Map<OutPoint, Coin> found = new LinkedHashMap<>();
            coins.forEach(it -> found.put(it.outPoint(), it.coin()));
            Map<OutPoint, Coin> mine = new LinkedHashMap<>(expected);
            mine.values().removeIf(coin -> !coin.address().equals(owner));
            assertThat(found).isEqualTo(mine);
            long sum = mine.values().stream().mapToLong(coin -> coin.amount().crumbs()).sum();
            AddressReader.Balance balance = addresses.balance(owner, Integer.MAX_VALUE, Integer.MAX_VALUE);
            assertThat(balance).isEqualTo(new AddressReader.Balance(sum, 0, mine.size()));
            int mature = store.tip().height() - 10;
            assertThat(addresses.balance(owner, mature, store.tip().height()).immatureCrumbs()).isEqualTo(mine.values()
                    .stream()
                    .filter(it -> it.origin() == Coin.Origin.COINBASE && it.height() > mature)
                    .mapToLong(it -> it.amount().crumbs())
                    .sum());
            List<AddressReader.Entry> history = all(cursor -> addresses.history(owner, cursor, 3));
            assertThat(history.stream().mapToLong(it -> it.creditedCrumbs() - it.debitedCrumbs()).sum()).isEqualTo(sum);
            assertThat(history).isSortedAccordingTo((a, b) -> Integer.compare(b.height(), a.height()));
        }
        assertThat(explorer.circulating().orElseThrow()).isEqualTo(new ExplorerStore.Circulating(store.tip().height(),
                expected.values().stream().mapToLong(coin -> coin.amount().crumbs()).sum()));
        List<PlacedTransaction> confirmed = all(cursor -> explorer.confirmed(cursor, 10));
        assertThat(confirmed).allMatch(it -> it.cheese().branch() == StoredCheese.Branch.BEST);
        assertThat(confirmed).hasSize(store.headersFrom(0, 1_000).stream()
                .mapToInt(it -> store.cheese(it.smell()).orElseThrow().transactions().size()).sum());
        PlacedTransaction one = confirmed.get(confirmed.size() / 2);
        assertThat(explorer.transaction(one.transaction().txid())).containsExactly(one);
    }

    @Test
    void anIndexThatIsBuiltAgainAnswersTheSameAlsoWhenItWasInterrupted() {
        History.of(11, 60).forEach(this::add);
        store.commit();
        indexAll();
        List<String> before = tables();

        indexer.forget();
        assertThat(explorer.indexedHeight()).isEmpty();
        StackIndexer killed = new StackIndexer(context.getBean(MemberDatabase.class).readers(), 10);
        assertThat(killed.advance()).isEqualTo(StackIndexer.Progress.BEHIND);
        assertThat(explorer.indexedHeight().orElseThrow()).isLessThan(store.tip().height());
        indexer.forget();
        indexAll();

        assertThat(tables()).isEqualTo(before);
    }

    /** All that the index holds. */
    private List<String> tables() {
        JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
        List<String> rows = new ArrayList<>();
        for (String order : List.of("index_state ORDER BY id", "indexed_transaction ORDER BY id",
                "address_entry ORDER BY address, transaction_id", "address_coin ORDER BY address, txid, output_index",
                "address_balance WHERE coin_count > 0 ORDER BY address")) {
            jdbc.queryForList("SELECT * FROM " + order).forEach(row -> rows.add(row.values().stream()
                    .map(it -> it instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : it.toString())
                    .collect(Collectors.joining(" "))));
        }
        return rows;
    }

    @Test
    void listsCheesesOfAllBranchesFromTheTopDown() {
        List<Cheese> cheeses = History.of(7, 40);
        cheeses.forEach(this::add);
        store.commit();
        List<StoredCheese> listed = all(cursor -> explorer.cheeses(cursor, 7));
        assertThat(listed).hasSize(41).doesNotHaveDuplicates();
        assertThat(listed).isSortedAccordingTo((a, b) -> Integer.compare(b.header().height(), a.header().height()));
        assertThat(listed.stream().filter(it -> it.branch() == StoredCheese.Branch.BEST))
                .hasSize(store.tip().height() + 1)
                .allMatch(it -> store.headerAt(it.header().height()).orElseThrow().equals(it.header()));
        assertThat(all(cursor -> explorer.sideCheeses(cursor, 2)))
                .isNotEmpty()
                .containsExactlyElementsOf(
                        listed.stream().filter(it -> it.branch() == StoredCheese.Branch.SIDE).toList());
        assertThat(explorer.tip().orElseThrow().header()).isEqualTo(store.tip());
        for (Cheese cheese : cheeses) {
            assertThat(explorer.cheese(cheese.smell()).orElseThrow().header().header()).isEqualTo(cheese.header());
            assertThat(explorer.allCheesesAt(cheese.height())).anyMatch(
                    it -> it.header().smell().equals(cheese.smell()));
            assertThat(context.getBean(CheeseReader.class).encoded(cheese.smell()).orElseThrow())
                    .isEqualTo(cheese.toBytes());
        }
        assertThat(explorer.cheeseAt(3).orElseThrow().header()).isEqualTo(store.headerAt(3).orElseThrow());
        assertThat(explorer.cheeseAt(1_000)).isEmpty();
    }

    @Test
    void showsThePaymentsThatWaitInTheOrderOfTheirArrival() {
        TestWorld world = TestWorld.rich(History.OWNERS);
        List<Payment> waiting = new ArrayList<>();
        for (int owner = 1; owner <= 5; owner++) {
            Payment payment = world.pay(world.allocation(owner), TestKeys.key(9), 5_000, 1_000);
            waiting.add(payment);
            store.apply(List.of(new Change.OfMempool(new MempoolStep.Admitted(payment, new Amount(1_000), owner))));
        }
        assertThat(explorer.mempoolCount()).isZero();
        store.commit();
        assertThat(all(cursor -> explorer.mempool(cursor, 2)).stream().map(PendingPayment::payment))
                .containsExactlyElementsOf(waiting);
        assertThat(explorer.pending(waiting.get(2).txid()).getFirst().fee()).isEqualTo(new Amount(1_000));
        assertThat(store.loadMemory(0).pending()).containsExactlyElementsOf(waiting);
    }

    @Test
    void refusesACursorThatItDidNotGive() {
        Address address = TestKeys.key(1).address();
        assertThatThrownBy(() -> explorer.cheeses(Optional.of("1"), 1)).isInstanceOf(BadCursor.class);
        assertThatThrownBy(() -> explorer.mempool(Optional.of("-1"), 1)).isInstanceOf(BadCursor.class);
        assertThatThrownBy(() -> addresses.coins(address, Optional.of("zz"), 1)).isInstanceOf(BadCursor.class);
        assertThatThrownBy(() -> addresses.history(address, Optional.of("99999999999999999999"), 1))
                .isInstanceOf(BadCursor.class);
    }

    private static <T> List<T> all(Function<Optional<String>, Slice<T>> list) {
        List<T> items = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Slice<T> slice = list.apply(cursor);
            items.addAll(slice.items());
            cursor = slice.next();
        } while (cursor.isPresent());
        return items;
    }
}
