package org.cheesecoin.member.persistence;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

import org.cheesecoin.membertest.TestDatabase;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an older member has left: the schema of its version with rows in it, and what the newest schema must make of them.
 * Every tenth cheese is on a side branch, and each address has two coins.
 */
final class OlderDatabase {

    /** The newest schema that a member could leave half made. */
    static final int LAST_HALF = 4;

    private static final int BATCH_ROWS = 1_000;
    private static final String CHEESE = "INSERT INTO cheese (id, smell, height, parent_smell, header, parent_time_millis,"
            + " base_target, total_work, size_bytes, transaction_count) VALUES (?, ?, ?, ?, ?, 0, 0, ?, 1, 1)";
    private static final String COIN = "INSERT INTO address_coin (address, txid, output_index, amount_crumbs, height,"
            + " origin) VALUES (?, ?, 0, ?, 1, 0)";

    private OlderDatabase() {}

    /** The database that belongs to this folder, without the member's own start. */
    static DataSource dataSource(TestDatabase kind, Path folder) {
        List<String> settings = kind.settings(folder).stream().map(it -> it.replaceFirst("[^=]*=", "")).toList();
        return settings.isEmpty()
                ? new DriverManagerDataSource(MemberDatabase.urlIn(folder), "sa", "")
                : new DriverManagerDataSource(settings.get(0), settings.get(1), settings.get(2));
    }

    /** Makes the schema of this version, as a member of then did, in place; 0 is none. */
    static void make(DataSource database, int version, int cheeses) {
        if (version == 0) {
            return;
        }
        // held open, or H2 would close the file after each step
        try (Connection _ = database.getConnection()) {
            migrate(database, version);
            fill(new JdbcTemplate(database), version, cheeses);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static void fill(JdbcTemplate jdbc, int version, int cheeses) {
        List<Object[]> rows = new ArrayList<>();
        List<Object[]> best = new ArrayList<>();
        List<Object[]> coins = new ArrayList<>();
        for (int id = 1; id <= cheeses; id++) {
            rows.add(new Object[]{id, bytes(id), best.size(), bytes(id - 1), bytes(0), bytes(id)});
            coins.add(new Object[]{bytes(id / 2), bytes(id), (long) id});
            if (!isSide(id)) {
                best.add(new Object[]{best.size(), id});
            }
        }
        write(jdbc, CHEESE, rows);
        write(jdbc, "INSERT INTO best_cheese (height, cheese_id) VALUES (?, ?)", best);
        write(jdbc, COIN, coins);
        jdbc.update("INSERT INTO stack_state (id, network_id, network_name) VALUES (1, ?, 'old')", bytes(7));
        jdbc.update("INSERT INTO index_state (id, cheese_id) VALUES (1, 1)");
        if (version >= 2) {
            jdbc.update("INSERT INTO wallet_state (id, mark_height, mark_smell) VALUES (1, 3, ?)", bytes(3));
        }
        if (version >= 3) {
            jdbc.update("INSERT INTO wallet_payment_key (id, idempotency_key, order_digest, txid, fee_crumbs,"
                    + " change_crumbs, size_bytes) VALUES (1, 'order', ?, ?, 1, 2, 3)", bytes(1), bytes(2));
        }
        if (version >= 4) {
            jdbc.update("INSERT INTO side_cheese SELECT id, height FROM cheese WHERE MOD(id, 10) = 0");
            jdbc.update("INSERT INTO address_balance SELECT address, SUM(amount_crumbs), COUNT(*) FROM address_coin"
                    + " GROUP BY address");
            jdbc.update("UPDATE index_state SET circulating_crumbs = ?", sum(cheeses));
        }
    }

    /** Brings it to this version, as a member of then did. */
    static void migrate(DataSource database, int version) {
        Flyway.configure().dataSource(database).locations("classpath:db/migration").target(Integer.toString(version))
                .load().migrate();
    }

    /** That the newest schema holds all that was in the older one. */
    static void isWhole(DataSource database, int version, int cheeses) {
        JdbcTemplate jdbc = new JdbcTemplate(database);
        int kept = version == 0 ? 0 : cheeses;
        long sum = sum(kept);
        assertThat(count(jdbc, "cheese")).isEqualTo(kept);
        assertThat(count(jdbc, "best_cheese")).isEqualTo(kept - kept / 10);
        assertThat(count(jdbc, "side_cheese")).isEqualTo(kept / 10);
        assertThat(count(jdbc, "side_cheese s JOIN best_cheese b ON b.cheese_id = s.id")).isZero();
        assertThat(jdbc.queryForObject("SELECT COALESCE(SUM(balance_crumbs), 0) FROM address_balance", Long.class))
                .isEqualTo(sum);
        assertThat(jdbc.queryForList("SELECT circulating_crumbs FROM index_state", Long.class))
                .isEqualTo(version == 0 ? List.of() : List.of(sum));
        assertThat(count(jdbc, "wallet_state")).isEqualTo(version >= 2 ? 1 : 0);
        assertThat(count(jdbc, "wallet_payment_key")).isEqualTo(version >= 3 ? 1 : 0);
        assertThat(jdbc.queryForList("SELECT success FROM flyway_schema_history WHERE version IS NOT NULL",
                Boolean.class)).hasSizeGreaterThanOrEqualTo(LAST_HALF).containsOnly(true);
    }

    private static long count(JdbcTemplate jdbc, String table) {
        return jdbc.queryForObject("SELECT COUNT(*) FROM " + table, Long.class);
    }

    private static long sum(int coins) {
        return (long) coins * (coins + 1) / 2;
    }

    private static boolean isSide(int id) {
        return id % 10 == 0;
    }

    private static void write(JdbcTemplate jdbc, String sql, List<Object[]> rows) {
        for (int from = 0; from < rows.size(); from += BATCH_ROWS) {
            jdbc.batchUpdate(sql, rows.subList(from, Math.min(rows.size(), from + BATCH_ROWS)));
        }
    }

    private static byte[] bytes(int number) {
        return ByteBuffer.allocate(8).putInt(number).array();
    }
}
