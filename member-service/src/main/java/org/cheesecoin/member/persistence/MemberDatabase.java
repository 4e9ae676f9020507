package org.cheesecoin.member.persistence;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

import javax.sql.DataSource;

import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.member.settings.MemoryPlan;
import org.cheesecoin.web.start.EndStatus;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;

/** The member's one database: a pool of connections for readers, and a connection of its own for the loop. */
public final class MemberDatabase implements AutoCloseable {

    /** Name of the H2 database in the data folder. */
    public static final String NAME = "stack";

    private static final int MAX_READERS = 10;
    /** For a connection; whoever asks over HTTP is told then to come again. */
    private static final long MAX_WAIT_MILLIS = 10_000;

    private final Login login;
    private final MarkBeside mark;
    private final HikariDataSource readers;
    private volatile Optional<UnusableDatabase> damage = Optional.empty();

    private MemberDatabase(Login login, MarkBeside mark) {
        this.login = login;
        this.mark = mark;
        HikariConfig config = new HikariConfig();
        config.setPoolName("readers");
        config.setJdbcUrl(login.url());
        config.setUsername(login.user());
        config.setPassword(login.password());
        login.kind().patience().forEach(config::addDataSourceProperty);
        config.setMaximumPoolSize(MAX_READERS);
        config.setConnectionTimeout(MAX_WAIT_MILLIS);
        config.setMinimumIdle(1);
        config.setExceptionOverride(new DamageWatch());
        this.readers = new HikariDataSource(config);
    }

    /**
     * An H2 database in this folder, with the newest schema and its mark beside it; a new one where there is none.
     *
     * @throws UnusableDatabase if another process has it open, if its file cannot be read and written, or if it cannot be
     *             brought to the newest schema
     * @throws org.cheesecoin.web.start.BadSetting if H2 would take a part of the folder's path for something else
     */
    public static MemberDatabase inFolder(Path folder) {
        return at(urlIn(folder), "sa", "", MarkBeside.inFolder(folder));
    }

    /** The URL of the H2 database in this folder. */
    static String urlIn(Path folder) {
        // H2 itself would take most of a small heap.
        long cacheKibibytes = MemoryPlan.ofThisProcess().bytes(MemoryPlan.Share.DATABASE) / 1024;
        // RETENTION_TIME: H2 keeps old chunks for 45 s by default, and a file of 3 MB grew to 500 in small commits.
        // What is committed becomes durable by the CHECKPOINT SYNC of StackStore.commit.
        return FolderUrl.of(folder) + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE"
                + ";DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_ON_EXIT=FALSE;RETENTION_TIME=1000;CACHE_SIZE=" + cacheKibibytes;
    }

    /**
     * The database at this JDBC URL, H2 or PostgreSQL, with the newest schema and its mark in this folder. An H2 file is
     * opened so that no interrupt closes it.
     *
     * @throws UnusableDatabase if it is an H2 database that another process has open or whose file cannot be read and
     *             written, or a PostgreSQL that lets nobody in, or neither of them, or it cannot be brought to the newest
     *             schema
     */
    public static MemberDatabase at(String url, String user, String password, Path folder) {
        return at(url, user, password, MarkBeside.inFolder(folder));
    }

    /** As {@link #at(String, String, String, Path)}, without a mark: nobody notices where it goes back. */
    public static MemberDatabase at(String url, String user, String password) {
        return at(url, user, password, MarkBeside.none());
    }

    private static MemberDatabase at(String givenUrl, String user, String password, MarkBeside mark) {
        mark.requireUsable();
        Login login = new Login(SteadyFilePath.steady(givenUrl), user, password);
        // first without the pool, which would try again and again and bury the reason
        try (Connection _ = SchemaStart.open(login)) {
            return new MemberDatabase(login, mark);
        } catch (SQLException e) {
            throw new StoreFailure("cannot close the first connection", e);
        } catch (RuntimeException e) {
            throw explained(login, e);
        }
    }

    /** In words for the owner where the file is why, unless the failure has such words of its own. */
    private static RuntimeException explained(Login login, RuntimeException failure) {
        return login.trouble(failure)
                .filter(it -> !(failure instanceof UnusableDatabase) || it.endStatus() == EndStatus.MEND_FIRST)
                .<RuntimeException>map(it -> it)
                .orElse(failure);
    }

    /** Who runs a database. */
    public enum Host {
        /** This process: it may be closed for as long as this process lives, as H2 is after a write that failed. */
        THIS_PROCESS,
        /** A server of its own: it is there or not, whoever asks. */
        SERVER
    }

    /** Who runs this one. */
    public Host host() {
        return switch (login.kind()) {
            case H2 -> Host.THIS_PROCESS;
            case POSTGRESQL -> Host.SERVER;
        };
    }

    /** Remembers that a reader met a damaged file. The pool lets go of a connection as it would by itself. */
    private final class DamageWatch implements SQLExceptionOverride {

        // in full, since what it implements has another type of that name
        @java.lang.Override
        public Override adjudicate(SQLException failure) {
            trouble(failure).filter(it -> it.endStatus() == EndStatus.MEND_FIRST)
                    .ifPresent(it -> damage = Optional.of(it));
            return Override.CONTINUE_EVICT;
        }
    }

    /** That the file is damaged, in a line for the owner, once a reader has met that; the loop says so by itself. */
    public Optional<String> damage() {
        return damage.map(UnusableDatabase::getMessage);
    }

    /** What is wrong with the file of the database, where that is why something failed; nothing of a server's. */
    public Optional<UnusableDatabase> trouble(Throwable failure) {
        return login.trouble(failure);
    }

    /** Connections for readers, who see what is committed. */
    public DataSource readers() {
        return readers;
    }

    /** Reads once, as readers do, and says what came of it. It takes as long as it takes: {@link StoreProbe} does not. */
    StoreProbe.Verdict read() {
        try (Connection connection = readers.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT network_id FROM stack_state")) {
            return row.next() ? StoreProbe.Verdict.READS : StoreProbe.Verdict.FAILS;
        } catch (SQLException e) {
            return login.kind().isClosedForGood(e) ? StoreProbe.Verdict.CLOSED : StoreProbe.Verdict.FAILS;
        }
    }

    /**
     * Opens the loop's store. One at a time; after a failure close it and open another.
     *
     * @throws UnusableDatabase if the database is another network's, if another member writes into it, or if a server
     *             lets nobody in
     */
    public StackStore openStore(Network network) {
        return openStore(network, heldBytes(MemoryPlan.ofThisProcess()));
    }

    /** What the plan leaves for changes and for the mempool together; a full mempool leaves changes their own share. */
    static long heldBytes(MemoryPlan plan) {
        return plan.bytes(MemoryPlan.Share.CHANGES) + plan.bytes(MemoryPlan.Share.MEMPOOL);
    }

    /** @param maxHeldBytes most memory for changes that are not written, together with what waits in the mempool */
    StackStore openStore(Network network, long maxHeldBytes) {
        DatabaseKind kind = login.kind();
        if (host() == Host.THIS_PROCESS && read() == StoreProbe.Verdict.CLOSED) {
            // H2 would wait a minute for itself
            throw new StoreFailure("the database was closed under this process, which cannot open it again");
        }
        Session session = new Session(login.connect());
        try {
            return StackStore.open(session, kind, maxHeldBytes, network, mark);
        } catch (RuntimeException e) {
            try (session) {
                throw e;
            }
        }
    }

    /** How far it is behind what its mark remembers; nothing where it is not, or no longer. */
    public Optional<WentBack> wentBack() {
        return mark.wentBack();
    }

    @Override
    public void close() {
        readers.close();
        mark.close();
    }
}
