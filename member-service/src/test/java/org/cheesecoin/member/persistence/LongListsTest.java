package org.cheesecoin.member.persistence;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.testing.TestKeys;
import org.hibernate.resource.jdbc.spi.StatementInspector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.domain.Limit;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/** How many rows the database reads for an answer, however many there are: it counts them itself. */
class LongListsTest {

    private static final int ROWS = 100_000;
    private static final int PAGE = 50;
    /** A page and the row after it, each perhaps with the row of another table, and where it begins. */
    private static final int MAX_READ = 3 * PAGE;
    private static final Address ADDRESS = TestKeys.key(1).address();
    private static final Pattern SCAN_COUNT = Pattern.compile("scanCount: ([0-9]+)");

    /** What JPA sent. */
    private static final List<String> STATEMENTS = new CopyOnWriteArrayList<>();

    /** Listens to JPA. */
    public static class Recorder implements StatementInspector {

        private static final long serialVersionUID = 1L;

        @Override
        public String inspect(String sql) {
            STATEMENTS.add(sql);
            return sql;
        }
    }

    @TempDir private Path folder;
    private ConfigurableApplicationContext context;
    private JdbcTemplate jdbc;

    @BeforeEach
    void open() {
        context = new SpringApplicationBuilder(ExplorerStoreTest.Room.class)
                .web(WebApplicationType.NONE)
                .run("--cheesecoin.data=" + folder.resolve("data"), "--cheesecoin.network=test",
                        "--cheesecoin.index.enabled=false", "--spring.main.banner-mode=off",
                        "--spring.jpa.properties.hibernate.session_factory.statement_inspector="
                                + Recorder.class.getName(),
                        "--management.endpoint.health.validate-group-membership=false");
        jdbc = context.getBean(JdbcTemplate.class);
    }

    @AfterEach
    void close() {
        context.close();
    }

    /** The rows that H2 reads to answer this. */
    private int read(String sql, Object... parameters) {
        String plan = jdbc.queryForList("EXPLAIN ANALYZE " + sql, String.class, parameters).getFirst();
        Matcher matcher = SCAN_COUNT.matcher(plan);
        List<Integer> counts = new ArrayList<>();
        while (matcher.find()) {
            counts.add(Integer.valueOf(matcher.group(1)));
        }
        assertThat(counts).as(plan).isNotEmpty();
        int sum = counts.stream().mapToInt(Integer::intValue).sum();
        assertThat(sum).as(plan).isLessThanOrEqualTo(MAX_READ);
        return sum;
    }

    private void fillAddress() {
        byte[] hash = ADDRESS.keyHash();
        // each transaction in a cheese of its own
        jdbc.update(
                """
                INSERT INTO address_entry (address, transaction_id, height, txid, credited_crumbs, debited_crumbs)
                SELECT CAST(? AS VARBINARY), x * CAST(? AS BIGINT), x, HASH('SHA-256', CAST(x AS VARCHAR)), 1, 0 FROM SYSTEM_RANGE(1, ?) AS range(x)""",
                hash,
                IndexedTransactionRow.POSITIONS, ROWS);
        jdbc.update(
                """
                INSERT INTO address_coin (address, txid, output_index, amount_crumbs, height, origin)
                SELECT CAST(? AS VARBINARY), HASH('SHA-256', CAST(x AS VARCHAR)), 0, 1, x, 1 FROM SYSTEM_RANGE(1, ?) AS range(x)""",
                hash, ROWS);
        jdbc.update("INSERT INTO address_balance (address, balance_crumbs, coin_count) VALUES (?, ?, ?)", hash, ROWS,
                ROWS);
    }

    private void fillCheeses() {
        jdbc.update("""
                INSERT INTO cheese (id, smell, height, parent_smell, header, parent_time_millis, base_target,
                    total_work, size_bytes, transaction_count)
                SELECT x, HASH('SHA-256', CAST(x AS VARCHAR)), x, X'00', X'00', 0, 0, X'00', 1, 1
                FROM SYSTEM_RANGE(1, ?) AS range(x)""", ROWS);
        jdbc.update(
                "INSERT INTO best_cheese (height, cheese_id) SELECT x, x FROM SYSTEM_RANGE(1, ?) AS range(x) WHERE MOD(x, 2) = 0",
                ROWS);
        jdbc.update(
                "INSERT INTO side_cheese (id, height) SELECT x, x FROM SYSTEM_RANGE(1, ?) AS range(x) WHERE MOD(x, 2) = 1",
                ROWS);
    }

    @Test
    void theBalanceOfAnAddressWithManyCoinsReadsAFewRows() {
        fillAddress();
        fillCheeses();
        assertThat(read(AddressReader.BALANCE, (Object) ADDRESS.keyHash())).isLessThanOrEqualTo(2);
        read(AddressReader.IMMATURE, ADDRESS.keyHash(), IndexedTransactionRow.POSITIONS, ROWS - 9, ROWS);
        assertThat(context.getBean(AddressReader.class).balance(ADDRESS, ROWS - 9, ROWS))
                .isEqualTo(new AddressReader.Balance(ROWS, 9, ROWS));
    }

    @Test
    void aPageOfALongHistoryReadsAPage() {
        fillAddress();
        AddressReader addresses = context.getBean(AddressReader.class);
        Optional<String> cursor = Optional.empty();
        for (int page = 0; page < 3; page++) {
            Slice<AddressReader.Entry> slice = addresses.history(ADDRESS, cursor, PAGE);
            assertThat(slice.items().getFirst().height()).isEqualTo(ROWS - page * PAGE);
            cursor = slice.next();
        }
        for (long row : List.of(1L, ROWS / 2L, (long) ROWS)) {
            read(AddressReader.HISTORY, ADDRESS.keyHash(), row * IndexedTransactionRow.POSITIONS, PAGE + 1);
        }
    }

    @Test
    void aPageOfManyCoinsReadsAPage() {
        fillAddress();
        for (int first : List.of(0x00, 0x80, 0xff)) {
            byte[] txid = new byte[32];
            txid[0] = (byte) first;
            read(AddressReader.COINS, ADDRESS.keyHash(), txid, txid, 0, PAGE + 1);
        }
    }

    @Test
    void aPageOfALongStackReadsAPage() {
        fillCheeses();
        CheeseRows cheeses = context.getBean(CheeseRows.class);
        STATEMENTS.clear();
        cheeses.below(ROWS / 2, 0, Limit.of(PAGE));
        read(STATEMENTS.getLast(), ROWS / 2, ROWS / 2, 0L, PAGE);
        cheeses.sideBelow(ROWS / 2, 0, Limit.of(PAGE));
        read(STATEMENTS.getLast(), ROWS / 2, ROWS / 2, 0L, PAGE);
        cheeses.bestBelow(ROWS / 2, Limit.of(PAGE));
        read(STATEMENTS.getLast(), ROWS / 2, PAGE);
    }
}
