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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
    }

    @AfterEach
    void close() {
        if (database != null) {
            database.close();
        }
    }

    @Test
    void aCommitIsFlushedWhateverTheServerWasTold() throws SQLException {
        serverSays("synchronous_commit", "off");
        try (StackStore store = database.openStore(network)) {
            assertThat(setting(store.connection(), "synchronous_commit")).isEqualTo("on");
        }
    }

    @Test
    void leavesAStrongerPromiseAsItIs() throws SQLException {
        serverSays("synchronous_commit", "remote_apply");
        try (StackStore store = database.openStore(network)) {
            assertThat(setting(store.connection(), "synchronous_commit")).isEqualTo("remote_apply");
        }
    }

    @ParameterizedTest
    @CsvSource({"idle_session_timeout,10000,0", "idle_in_transaction_session_timeout,10000,0",
            "statement_timeout,10000,0", "transaction_timeout,10000,0",
            "default_transaction_isolation,serializable,read committed"})
    void theLoopIsNotEndedByWhatTheServerWasToldForOthers(String name, String server, String loop)
            throws SQLException {
        serverSays(name, server);
        try (StackStore store = database.openStore(network)) {
            assertThat(setting(store.connection(), name)).isEqualTo(loop);
        }
    }

    @Test
    void aMemberThatVanishedLosesItsLockWithinHalfAMinute() throws SQLException {
        try (StackStore store = database.openStore(network)) {
            assertThat(setting(store.connection(), "tcp_keepalives_idle")).isEqualTo("10");
            assertThat(setting(store.connection(), "tcp_keepalives_interval")).isEqualTo("5");
            assertThat(setting(store.connection(), "tcp_keepalives_count")).isEqualTo("3");
        }
    }

    @Test
    void aLoopThatOnlyReadKeepsTheServerFromNothing() throws SQLException {
        try (StackStore store = database.openStore(network)) {
            int session = Integer.parseInt(
                    value(store.connection(), "SELECT pg_backend_pid()"));
            assertThat(store.headersFrom(0, 10)).hasSize(1);
            assertThat(state(session)).startsWith("idle in transaction");
            store.commit();
            assertThat(state(session)).isEqualTo("idle");
        }
    }

    @Test
    void refusesADatabaseThatCannotBeWrittenTo() throws SQLException {
        serverSays("default_transaction_read_only", "on");
        assertThatThrownBy(() -> database.openStore(network)).isInstanceOf(UnusableDatabase.class)
                .hasMessage("this database cannot be written to: it is a standby, or was made read-only");
        serverSays("default_transaction_read_only", "off");
        database.openStore(network).close();
    }

    @Test
    void refusesADatabaseThatCannotKeepEveryText() throws SQLException {
        String name = "latin_" + Integer.toHexString(folder.hashCode());
        execute("CREATE DATABASE " + name + " ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0");
        String latin = url().replaceFirst("[^/]*$", name);
        assertThatThrownBy(() -> MemberDatabase.at(latin, PostgresServer.USER, PostgresServer.PASSWORD))
                .isInstanceOf(UnusableDatabase.class)
                .hasMessage("this database keeps text as LATIN1: make one with ENCODING 'UTF8'");
    }

    @Test
    void whatIsNoUrlOfADatabaseIsRefusedAndNotRepeated() {
        assertThatThrownBy(() -> MemberDatabase.at("postgres://me:wrong-secret@db/cheesecoin", "", ""))
                .isInstanceOf(UnusableDatabase.class)
                .hasMessageContaining("must begin with jdbc:postgresql:")
                .hasMessageNotContaining("wrong-secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"57P03", "53300", "08001", "28P01", "3D000"})
    void aServerThatIsNotThereYetIsOneLineForTheOwner(String state) {
        assertThat(DatabaseKind.unopened("jdbc:postgresql://me:wrong-secret@db/cheesecoin",
                new SQLException("the database system is starting up", state)))
                .isInstanceOf(UnusableDatabase.class)
                .hasMessage("cannot open jdbc:postgresql://db/cheesecoin: the database system is starting up");
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
        String url = url();
        assertThatThrownBy(() -> MemberDatabase.at(url + "?loginTimeout=5", PostgresServer.USER, "wrong-secret"))
                .isInstanceOf(UnusableDatabase.class)
                .hasMessageContaining("password authentication failed")
                .hasMessageNotContainingAny("wrong-secret", "?", "\n");
    }

    private String url() throws SQLException {
        try (Connection connection = database.readers().getConnection()) {
            return connection.getMetaData().getURL();
        }
    }

    /** For every session from now on. */
    private void serverSays(String name, String value) throws SQLException {
        String database = url().replaceAll(".*/", "");
        execute("SET default_transaction_read_only = off; ALTER DATABASE %s SET %s = '%s'".formatted(database, name,
                value));
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.readers().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String state(int session) throws SQLException {
        try (Connection connection = database.readers().getConnection()) {
            return value(connection, "SELECT state FROM pg_stat_activity WHERE pid = " + session);
        }
    }

    private static String setting(Connection connection, String name) throws SQLException {
        return value(connection, "SHOW " + name);
    }

    private static String value(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        }
    }
}
