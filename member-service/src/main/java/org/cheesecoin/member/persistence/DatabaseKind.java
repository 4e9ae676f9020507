package org.cheesecoin.member.persistence;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

        @Override
        boolean isClosedForGood(SQLException failure) {
            return Stream.iterate((Throwable) failure, Objects::nonNull, Throwable::getCause)
                    .anyMatch(it -> it instanceof SQLException e && H2_CLOSED.contains(e.getErrorCode()));
        }

        @Override
        Optional<UnusableDatabase> trouble(String place, Throwable failure) {
            return DatabaseFile.trouble(place, failure);
        }
    },

    /** A server of its own. It flushes at each commit, unless it was told not to. */
    POSTGRESQL {
        @Override
        void prepare(Session session) {
            SETTINGS_SQL.ifPresent(sql -> session.list(sql, row -> row.getString(1)));
            session.commit();
            refuseUnsuitable(session);
            keepOthersAway(session);
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

        /** It opens again when it is back. */
        @Override
        boolean isClosedForGood(SQLException failure) {
            return false;
        }

        /** Its files are the server's. */
        @Override
        Optional<UnusableDatabase> trouble(String place, Throwable failure) {
            return Optional.empty();
        }
    };

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseKind.class);
    private static final String H2_PREFIX = "jdbc:h2:";
    private static final String POSTGRESQL_PREFIX = "jdbc:postgresql:";
    private static final int H2_ALREADY_OPEN = 90_020;
    /** The database is closed; it is closing. So it stays in this process after a read or a write that failed. */
    private static final Set<Integer> H2_CLOSED = Set.of(90_098, 90_121);
    /** "CHEESE" in ASCII: the lock that whoever writes into a member's database holds. */
    private static final long WRITER_LOCK = 0x434845455345L;
    /** A connection that broke or was closed just now may still hold the lock for a moment. */
    private static final String WRITER_LOCK_WAIT = "5s";
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    /** Classes of SQLSTATE: no connection, no entry, no such database, too many, starting or stopping just now. */
    private static final List<String> UNREACHABLE = List.of("08", "28", "3D", "53", "57");
    /**
     * What the loop and migrations need, whatever server, database or role were told; a server leaves out what it does not know. It
     * may have nothing to say for long, and a statement that is ended from outside would begin the loop again and again.
     * Of a member that vanished without a word the server lets go within half a minute, and with it of the lock.
     */
    private static final Map<String, String> SETTINGS = Map.of(
            "idle_in_transaction_session_timeout", "0",
            "idle_session_timeout", "0",
            "statement_timeout", "0",
            "transaction_timeout", "0",
            "default_transaction_isolation", "read committed",
            "tcp_keepalives_idle", "10",
            "tcp_keepalives_interval", "5",
            "tcp_keepalives_count", "3",
            // also while a statement runs, as a migration's (PostgreSQL 14 and later)
            "client_connection_check_interval", "1000");
    private static final Optional<String> SETTINGS_SQL = Optional.of(SETTINGS.entrySet().stream()
            .map(it -> "('%s', '%s')".formatted(it.getKey(), it.getValue()))
            .collect(Collectors.joining(", ",
                    "SELECT set_config(s.name, v.wanted, false) FROM pg_settings s JOIN (VALUES ",
                    ") v (name, wanted) ON v.name = s.name")));
    /**
     * What the driver is told where the URL says nothing of it, in seconds: a server that is there and does not answer, or
     * a network that swallows everything, would else hold a connection for ever.
     */
    private static final Map<String, String> PATIENCE = Map.of(
            "connectTimeout", "10",
            "loginTimeout", "15",
            "socketTimeout", "60");

    /** Makes the loop's connection ready for the one writer. */
    abstract void prepare(Session session);

    /** After a commit: when it returns, what was committed survives the end of the process, and of the machine. */
    abstract void flush(Session session);

    /** Whether this failure says that the database was closed under this process, which cannot open it again. */
    abstract boolean isClosedForGood(SQLException failure);

    /** What is wrong with the file of the database at this place, where that is why something failed. */
    abstract Optional<UnusableDatabase> trouble(String place, Throwable failure);

    /**
     * Which one a JDBC URL means.
     *
     * @throws UnusableDatabase if neither; the URL is not repeated, since people put passwords into it
     */
    static DatabaseKind of(String url) {
        if (url.startsWith(H2_PREFIX)) {
            return H2;
        }
        if (url.startsWith(POSTGRESQL_PREFIX)) {
            return POSTGRESQL;
        }
        throw UnusableDatabase.untilMended(
                "the database's URL must begin with " + POSTGRESQL_PREFIX + " (or " + H2_PREFIX + "), and does not");
    }

    /** What a connection of the pool or the loop is opened with, beside user and password. */
    Map<String, String> patience() {
        return this == POSTGRESQL ? PATIENCE : Map.of();
    }

    /** What is executed first on a connection for migrations. */
    Optional<String> settings() {
        return this == POSTGRESQL ? SETTINGS_SQL : Optional.empty();
    }

    /** A database as an owner knows it: its URL without settings, user and password. */
    static String place(String url) {
        return SteadyFilePath.plain(url).replaceAll("[;?].*", "").replaceAll("//[^/]*@", "//");
    }

    /** Why a database cannot be opened, in words for its owner where they can do something about it. */
    static RuntimeException unopened(String url, SQLException reason) {
        String place = place(url);
        if (reason.getErrorCode() == H2_ALREADY_OPEN) {
            return UnusableDatabase.forNow("another program has this database open: " + place);
        }
        if (of(url) == H2) {
            return DatabaseFile.unopened(place, reason);
        }
        String state = reason.getSQLState();
        if (of(url) == POSTGRESQL && state != null && UNREACHABLE.stream().anyMatch(state::startsWith)) {
            return UnusableDatabase.forNow("cannot open " + place + ": " + reason.getMessage());
        }
        return new StoreFailure("cannot open " + place, reason);
    }

    /** What went wrong in a database, in words for its owner where the file is why. */
    static Exception explained(String url, SQLException reason) {
        return of(url).trouble(place(url), reason).<Exception>map(it -> it).orElse(reason);
    }

    /** The same for bytes that make no sense; a server answers for its own. */
    static RuntimeException notAsWritten(String url, RuntimeException reason) {
        return of(url) == H2 ? DatabaseFile.damaged(place(url), reason) : reason;
    }

    private static void refuseUnsuitable(Session session) {
        session.first("SELECT current_setting('server_encoding') WHERE current_setting('server_encoding') <> 'UTF8'",
                row -> row.getString(1)).ifPresent(encoding -> {
                    throw UnusableDatabase.untilMended(
                            "this database keeps text as %s: make one with ENCODING 'UTF8'".formatted(encoding));
                });
        if (session.first("SELECT 1 WHERE current_setting('transaction_read_only') = 'on'", row -> row.getInt(1))
                .isPresent()) {
            throw UnusableDatabase
                    .untilMended("this database cannot be written to: it is a standby, or was made read-only");
        }
        session.commit();
    }

    private static void keepOthersAway(Session session) {
        session.execute("SET LOCAL lock_timeout = '" + WRITER_LOCK_WAIT + "'");
        try {
            session.first("SELECT pg_advisory_lock(?)", _ -> true, WRITER_LOCK);
        } catch (StoreFailure e) {
            if (e.getCause() instanceof SQLException cause && LOCK_NOT_AVAILABLE.equals(cause.getSQLState())) {
                throw UnusableDatabase.forNow("another member has this database open");
            }
            throw e;
        }
        session.commit();
    }
}
