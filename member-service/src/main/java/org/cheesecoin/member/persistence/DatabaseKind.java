package org.cheesecoin.member.persistence;

import java.sql.SQLException;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What differs between the databases: what makes a commit durable, and what keeps a second writer away. */
enum DatabaseKind {

    /** In the data folder. The lock on its file keeps others away. */
    H2 {
        @Override
        void prepare(Session session) {
            // nothing: all of it stands in the URL
        }

        /** Its commit alone does not survive the end of the process. */
        @Override
        void flush(Session session) {
            session.execute("CHECKPOINT SYNC");
        }
    },

    /** A server of its own. It flushes at each commit, unless it was told not to. */
    POSTGRESQL {
        @Override
        void prepare(Session session) {
            keepOthersAway(session);
            // between two commits the loop may have nothing to say for long
            session.execute("SET idle_in_transaction_session_timeout = 0");
            // only lifted, since "remote_apply" promises more
            session.first("SELECT set_config('synchronous_commit', 'on', false)"
                    + " WHERE current_setting('synchronous_commit') = 'off'", row -> row.getString(1));
            if (!session.list("SELECT 1 WHERE current_setting('fsync') = 'off'", row -> row.getInt(1)).isEmpty()) {
                LOG.warn("This PostgreSQL runs with fsync = off: what was acknowledged may be lost with its machine");
            }
            session.commit();
        }

        @Override
        void flush(Session session) {
            // it did
        }
    };

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseKind.class);
    private static final String H2_PREFIX = "jdbc:h2:";
    private static final int H2_ALREADY_OPEN = 90_020;
    /** "CHEESE" in ASCII: the lock that whoever writes into a member's database holds. */
    private static final long WRITER_LOCK = 0x434845455345L;
    /** A connection that broke or was closed just now may still hold the lock for a moment. */
    private static final String WRITER_LOCK_WAIT = "5s";
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    /** Classes of SQLSTATE: no connection, no entry, no such database. */
    private static final List<String> UNREACHABLE = List.of("08", "28", "3D");

    /** Makes the loop's connection ready for the one writer. */
    abstract void prepare(Session session);

    /** After a commit: when it returns, what was committed survives the end of the process, and of the machine. */
    abstract void flush(Session session);

    /** Which one a JDBC URL means. */
    static DatabaseKind of(String url) {
        return url.startsWith(H2_PREFIX) ? H2 : POSTGRESQL;
    }

    /** Why a database cannot be opened, in words for its owner where they can do something about it. */
    static RuntimeException unopened(String url, SQLException reason) {
        String place = url.replaceAll("[;?].*", "");
        if (reason.getErrorCode() == H2_ALREADY_OPEN) {
            return new UnusableDatabase("another program has this database open: " + place);
        }
        String state = reason.getSQLState();
        if (of(url) == POSTGRESQL && state != null && UNREACHABLE.stream().anyMatch(state::startsWith)) {
            return new UnusableDatabase("cannot open " + place + ": " + reason.getMessage());
        }
        return new StoreFailure("cannot open " + place, reason);
    }

    private static void keepOthersAway(Session session) {
        session.execute("SET LOCAL lock_timeout = '" + WRITER_LOCK_WAIT + "'");
        try {
            session.first("SELECT pg_advisory_lock(?)", _ -> true, WRITER_LOCK);
        } catch (StoreFailure e) {
            if (e.getCause() instanceof SQLException cause && LOCK_NOT_AVAILABLE.equals(cause.getSQLState())) {
                throw new UnusableDatabase("another member has this database open");
            }
            throw e;
        }
        session.commit();
    }
}
