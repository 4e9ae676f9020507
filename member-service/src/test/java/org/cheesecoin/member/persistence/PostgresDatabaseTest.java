package org.cheesecoin.member.persistence;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.membertest.PostgresServer;
import org.cheesecoin.membertest.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What only PostgreSQL must do. */
class PostgresDatabaseTest {

    @TempDir private Path folder;
    private MemberDatabase database;
    private final Network network = History.network();

    @BeforeEach
    void open() {
        database = TestDatabase.POSTGRESQL.open(folder);
        database.migrate();
    }

    @AfterEach
    void close() {
        if (database != null) {
            database.close();
        }
    }

    @Test
    void aCommitIsFlushedWhateverTheServerWasTold() throws SQLException {
        try (Connection connection = database.readers().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER DATABASE " + connection.getCatalog() + " SET synchronous_commit = off");
        }
        try (StackStore store = database.openStore(network)) {
            assertThat(setting(store.connection(), "synchronous_commit")).isEqualTo("on");
        }
    }

    @Test
    void leavesAStrongerPromiseAsItIs() throws SQLException {
        try (Connection connection = database.readers().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER DATABASE " + connection.getCatalog() + " SET synchronous_commit = remote_apply");
        }
        try (StackStore store = database.openStore(network)) {
            assertThat(setting(store.connection(), "synchronous_commit")).isEqualTo("remote_apply");
        }
    }

    @Test
    void twoMembersNeverWriteIntoOneDatabase() {
        try (MemberDatabase second = TestDatabase.POSTGRESQL.open(folder)) {
            try (StackStore _ = database.openStore(network)) {
                assertThatThrownBy(() -> second.openStore(network)).isInstanceOf(UnusableDatabase.class)
                        .hasMessage("another member has this database open");
            }
            second.openStore(network).close();
        }
    }

    @Test
    void saysInOneLineWhyTheServerLetsItNotIn() throws SQLException {
        String url;
        try (Connection connection = database.readers().getConnection()) {
            url = connection.getMetaData().getURL();
        }
        assertThatThrownBy(() -> MemberDatabase.at(url + "?loginTimeout=5", PostgresServer.USER, "wrong-secret"))
                .isInstanceOf(UnusableDatabase.class)
                .hasMessageContaining("password authentication failed")
                .hasMessageNotContainingAny("wrong-secret", "?", "\n");
    }

    private static String setting(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW " + name)) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        }
    }
}
