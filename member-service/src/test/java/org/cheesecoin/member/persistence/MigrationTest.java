package org.cheesecoin.member.persistence;

import java.nio.file.Path;

import javax.sql.DataSource;

import org.cheesecoin.membertest.TestDatabase;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/** What a newer schema makes of what an older member has stored. */
class MigrationTest {

    private static final byte[] ADDRESS = {1};
    private static final byte[] OTHER = {2};

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void theFourthCountsWhatTheThirdOnlyListed(TestDatabase kind, @TempDir Path folder) {
        DataSource old = OlderDatabase.dataSource(kind, folder);
        OlderDatabase.migrate(old, 3);
        JdbcTemplate before = new JdbcTemplate(old);
        for (int id = 1; id <= 3; id++) {
            before.update(
                    """
                    INSERT INTO cheese (id, smell, height, parent_smell, header, parent_time_millis, base_target,
                        total_work, size_bytes, transaction_count) VALUES (?, ?, ?, ?, ?, 0, 0, ?, 1, 1)""",
                    id, new byte[]{(byte) id}, id == 3 ? 1 : id - 1, ADDRESS, ADDRESS, ADDRESS);
        }
        before.update("INSERT INTO best_cheese (height, cheese_id) VALUES (0, 1), (1, 2)");
        before.update("INSERT INTO index_state (id, cheese_id) VALUES (1, 2)");
        coin(before, ADDRESS, 1, 1_000_000_000_000L);
        coin(before, ADDRESS, 2, 2);
        coin(before, OTHER, 3, 5);

        try (MemberDatabase database = kind.open(folder)) {
            JdbcTemplate jdbc = new JdbcTemplate(database.readers());
            assertThat(jdbc.queryForList("SELECT balance_crumbs FROM address_balance WHERE coin_count = 2", Long.class))
                    .containsExactly(1_000_000_000_002L);
            assertThat(jdbc.queryForObject("SELECT circulating_crumbs FROM index_state", Long.class))
                    .isEqualTo(1_000_000_000_007L);
            assertThat(jdbc.queryForList("SELECT id FROM side_cheese WHERE height = 1", Long.class))
                    .containsExactly(3L);
        }
    }

    private static void coin(JdbcTemplate jdbc, byte[] address, int txid, long crumbs) {
        jdbc.update(
                """
                INSERT INTO address_coin (address, txid, output_index, amount_crumbs, height, origin)
                VALUES (?, ?, 0, ?, 1, 0)""",
                address, new byte[]{(byte) txid}, crumbs);
    }
}
