package org.cheesecoin.member.persistence;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.sql.DataSource;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.membertest.TestDatabase;
import org.hibernate.resource.jdbc.spi.StatementInspector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.PGConnection;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.domain.Limit;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/** How many rows the database reads for an answer, however many there are: it counts them itself. */
@ParameterizedClass(name = "{0}")
@EnumSource(TestDatabase.class)
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

    @Parameter private TestDatabase kind;
    @TempDir private Path folder;
    private ConfigurableApplicationContext context;
    private JdbcTemplate jdbc;

    @BeforeEach
    void open() {
        List<String> settings = new ArrayList<>(kind.settings(folder));
        settings.addAll(List.of("--cheesecoin.data=" + folder.resolve("data"), "--cheesecoin.network=test",
                "--cheesecoin.index.enabled=false", "--spring.main.banner-mode=off",
                "--spring.jpa.properties.hibernate.session_factory.statement_inspector=" + Recorder.class.getName(),
                "--management.endpoint.health.validate-group-membership=false"));
        context = new SpringApplicationBuilder(ExplorerStoreTest.Room.class)
                .web(WebApplicationType.NONE)
                .run(settings.toArray(String[]::new));
        jdbc = context.getBean(JdbcTemplate.class);
    }

    @AfterEach
    void close() {
        context.close();
    }

    /** The rows that the database reads to answer this, in the worst case. */
    private int read(String sql, Object... parameters) {
        return switch (kind) {
            case H2 -> readByH2(sql, parameters);
            case POSTGRESQL -> Stream.of("not known", "known")
                    .flatMap(statistics -> {
                        if (statistics.equals("known")) {
                            jdbc.execute("ANALYZE");
                        }
                        // for these values, or once for all, as it does for what is asked often
                        return Stream.of("force_custom_plan", "force_generic_plan");
                    })
                    .mapToInt(plan -> readByPostgres(plan, sql, parameters))
                    .max()
                    .orElseThrow();
        };
    }

    private int readByPostgres(String plan, String sql, Object... parameters) {
        return readByPostgres(plan, connection -> new JdbcTemplate(new SingleConnectionDataSource(connection, true))
                .queryForList(sql, parameters));
    }

    /** The rows that are read while this is done in a transaction that is taken back. */
    private int readByPostgres(String plan, Consumer<Connection> work) {
        try (Connection connection = context.getBean(DataSource.class).getConnection()) {
            connection.unwrap(PGConnection.class).setPrepareThreshold(1);
            connection.setAutoCommit(false);
            JdbcTemplate one = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
            one.execute("SET LOCAL plan_cache_mode = " + plan);
            long before = readSoFar(one);
            work.accept(connection);
            int read = (int) (readSoFar(one) - before);
            connection.rollback();
            assertThat(read).as(plan).isLessThanOrEqualTo(MAX_READ);
            return read;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** By this transaction, of all tables. */
    private static long readSoFar(JdbcTemplate jdbc) {
        Long rows = jdbc.queryForObject(
                "SELECT SUM(COALESCE(seq_tup_read, 0) + COALESCE(idx_tup_fetch, 0)) FROM pg_stat_xact_user_tables",
                Long.class);
        return Objects.requireNonNull(rows);
    }

    private int readByH2(String sql, Object... parameters) {
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

    /** Rows of numbers x from 1 on, as this database makes them. */
    private void fill(String insert, Object... parameters) {
        boolean isH2 = kind == TestDatabase.H2;
        String sql = insert
                .replace("RANGE", isH2 ? "SYSTEM_RANGE(1, %d) AS range(x)" : "generate_series(1, %d) AS range(x)")
                .replace("%d", Integer.toString(ROWS))
                .replace("HASH", isH2 ? "HASH('SHA-256', CAST(x AS VARCHAR))"
                        : "sha256(convert_to(CAST(x AS VARCHAR), 'UTF8'))");
        jdbc.update(sql, parameters);
    }

    private void fillAddress() {
        byte[] hash = ADDRESS.keyHash();
        // each transaction in a cheese of its own
        fill(
                """
                INSERT INTO address_entry (address, transaction_id, height, txid, credited_crumbs, debited_crumbs)
                SELECT CAST(? AS BYTEA), x * CAST(? AS BIGINT), x, HASH, 1, 0 FROM RANGE""",
                hash, IndexedTransactionRow.POSITIONS);
        fill(
                """
                INSERT INTO address_coin (address, txid, output_index, amount_crumbs, height, origin)
                SELECT CAST(? AS BYTEA), HASH, 0, 1, x, 1 FROM RANGE""",
                hash);
        jdbc.update("INSERT INTO address_balance (address, balance_crumbs, coin_count) VALUES (?, ?, ?)", hash, ROWS,
                ROWS);
    }

    private void fillCheeses() {
        byte[] nothing = new byte[1];
        fill("""
                INSERT INTO cheese (id, smell, height, parent_smell, header, parent_time_millis, base_target,
                    total_work, size_bytes, transaction_count)
                SELECT x, HASH, x, CAST(? AS BYTEA), CAST(? AS BYTEA), 0, 0, CAST(? AS BYTEA), 1, 1 FROM RANGE""",
                nothing, nothing, nothing);
        fill("INSERT INTO best_cheese (height, cheese_id) SELECT x, x FROM RANGE WHERE MOD(x, 2) = 0");
        fill("INSERT INTO side_cheese (id, height) SELECT x, x FROM RANGE WHERE MOD(x, 2) = 1");
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

    @Test
    void theTipAndAFewHeadersReadAFewRows() {
        fillCheeses();
        assertThat(read(StackTables.TIP)).isLessThanOrEqualTo(4);
        read(StackTables.BEST_BETWEEN, ROWS / 2, ROWS / 2 + PAGE);
    }

    @Test
    void aCheeseOnTheTipReadsAFewRows() {
        Assumptions.assumeTrue(kind == TestDatabase.POSTGRESQL, "H2 counts for one SELECT only");
        fillCheeses();
        // the loop asks the same each time, so that the plan is soon one for all heights
        for (String plan : List.of("force_custom_plan", "force_generic_plan")) {
            readByPostgres(plan, connection -> new StackTables(new Session(connection))
                    .rewriteBest(ROWS + 1, List.of((long) ROWS - 1)));
        }
    }
}
