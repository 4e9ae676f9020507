package org.cheesecoin.member.persistence;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a database with the newest schema. Killed at any instant, it leaves what the next start can use: an H2 file is
 * made, or a copy of it is changed, beside, and put in its place whole; PostgreSQL takes each version in one transaction.
 */
final class SchemaStart {

    private static final Logger LOG = LoggerFactory.getLogger(SchemaStart.class);

    /** A database that is made. */
    static final String NEW = "new";
    /** The copy that is changed; the launcher looks for it, too. */
    static final String UPGRADE = "upgrade";

    /** Of a database, for its copy: itself, what migrations add, and what H2 writes again on the way. */
    private static final int COPY_FACTOR = 2;
    /** An empty database, and what else is written meanwhile. */
    private static final long SPARE_BYTES = 16L << 20;

    private SchemaStart() {}

    /**
     * A connection to the database; its schema is the newest.
     *
     * @throws UnusableDatabase if it cannot be opened, or brought to the newest schema
     */
    static Connection open(Login login) {
        Optional<H2File> file = H2File.of(login);
        return file.isPresent() ? openFile(file.get()) : openInPlace(login);
    }

    private static Connection openInPlace(Login login) {
        Connection first = login.connect();
        try {
            Schema schema = Schema.of(login);
            Schema.Versions versions = schema.versions();
            if (!versions.isCurrent()) {
                try (LongStep _ = LongStep.begin(() -> step(login, versions));
                        Session writer = new Session(login.connect())) {
                    // an older member may be at work in it
                    login.kind().prepare(writer);
                    LOG.info("{}", step(login, versions));
                    schema.migrate();
                }
                LOG.info("{} has schema {} now", login.place(), versions.newest());
            }
            return first;
        } catch (RuntimeException e) {
            close(first);
            throw e;
        }
    }

    private static Connection openFile(H2File file) {
        DatabaseFile.requireUsable(file.path());
        attempt(file, () -> {
            file.beside(NEW).remove();
            file.beside(UPGRADE).remove();
            if (file.bytes() == 0) {
                make(file);
            }
        });
        Connection first = file.login().connect();
        Schema.Versions versions;
        try {
            versions = Schema.of(file.login()).versions();
            if (versions.isCurrent()) {
                return first;
            }
            if (versions.isNew()) {
                refuseData(file.login(), new Session(first));
            }
        } catch (RuntimeException e) {
            close(first);
            throw e;
        }
        if (versions.isNew()) {
            leave(first);
        }
        close(first);
        attempt(file, () -> {
            if (versions.isNew()) {
                putAside(file);
                make(file);
            } else {
                upgrade(file, versions);
            }
        });
        return file.login().connect();
    }

    /** What will be put aside has nothing in it: at most the empty tables of a first start that was killed. */
    private static void refuseData(Login login, Session session) {
        List<String> tables = session.list("SELECT table_name FROM information_schema.tables"
                + " WHERE table_schema = 'public' AND table_name <> 'flyway_schema_history'", row -> row.getString(1));
        boolean isOurs = tables.isEmpty() || tables.contains("stack_state");
        if (!isOurs || tables.stream().anyMatch(it -> !session.list(
                "SELECT 1 FROM \"%s\" FETCH FIRST ROW ONLY".formatted(it), row -> row.getInt(1)).isEmpty())) {
            throw UnusableDatabase.untilMended(
                    "%s holds data and no history of its schema, so it is not a member's: choose another,"
                            .formatted(login.place()) + " or put a back-up in its place");
        }
        session.commit();
    }

    /** A database that is closed as usual is tidied before, and what H2 takes for free room in its file is cut off. */
    private static void leave(Connection only) {
        try (Statement statement = only.createStatement()) {
            statement.execute("SHUTDOWN IMMEDIATELY");
        } catch (SQLException e) {
            throw new StoreFailure("cannot close the first connection", e);
        }
    }

    /** H2 finds nothing in it, which is less than that there is nothing: of a file that was cut it takes what is whole. */
    private static void putAside(H2File file) throws IOException {
        long bytes = file.bytes();
        LOG.warn(
                "{} has {} KB, and H2 finds no data in it: it was cut, or its first start was killed. It is put aside as"
                        + " {}, and a new database is made",
                file.path(), (bytes + 1023) >> 10, file.putAside().getFileName());
    }

    private static void make(H2File file) throws IOException {
        H2File made = file.beside(NEW);
        Files.createDirectories(file.path().resolveSibling("."));
        requireRoom(file, SPARE_BYTES);
        try (LongStep _ = LongStep.begin(() -> "Making " + file.login().place())) {
            // held open, or H2 would close the file after each step
            try (Session _ = new Session(made.login().connect())) {
                Schema.of(made.login()).migrate();
            }
            made.replace(file);
            LOG.info("{} was made", file.login().place());
        }
    }

    private static void upgrade(H2File file, Schema.Versions versions) throws IOException {
        H2File copy = file.beside(UPGRADE);
        long bytes = file.bytes();
        requireRoom(file, COPY_FACTOR * bytes + SPARE_BYTES);
        String step = step(file.login(), versions);
        LOG.info("{}, in a copy of its {} MB", step, megabytes(bytes));
        AtomicLong copied = new AtomicLong();
        try (LongStep _ = LongStep.begin(() -> step + (copied.get() < bytes
                ? ", %d MB of %d are copied".formatted(megabytes(copied.get()), megabytes(bytes))
                : ", its copy is changed"))) {
            file.copyTo(copy, copied);
            try (Session session = new Session(copy.login().connect())) {
                OldSchema.prepare(session, versions);
                Schema.of(copy.login()).migrate();
                OldSchema.tidy(session, versions);
            }
            copy.replace(file);
            LOG.info("{} has schema {} now", file.login().place(), versions.newest());
        } finally {
            copy.remove();
        }
    }

    private static String step(Login login, Schema.Versions versions) {
        return "Bringing %s from schema %s to %s".formatted(login.place(), versions.present(), versions.newest());
    }

    private static void requireRoom(H2File file, long bytes) throws IOException {
        requireRoom(file.login().place(), bytes,
                Files.getFileStore(file.path().resolveSibling(".")).getUsableSpace());
    }

    /** @throws UnusableDatabase if there is less on the disk than is needed */
    static void requireRoom(String place, long bytes, long usableBytes) {
        if (usableBytes < bytes) {
            throw UnusableDatabase
                    .forNow(("%s needs %d MB of free disk beside it for the newest schema, and there are %d:"
                            + " make room and start again; it is as it was").formatted(place, megabytes(bytes),
                                    usableBytes >> 20));
        }
    }

    private static long megabytes(long bytes) {
        return (bytes + (1L << 20) - 1) >> 20;
    }

    @FunctionalInterface
    private interface Change {
        void make() throws IOException;
    }

    private static void attempt(H2File file, Change change) {
        try {
            change.make();
        } catch (IOException | StoreFailure e) {
            Throwable root = e;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            throw UnusableDatabase.forNow("%s cannot be brought to the newest schema, and is as it was: %s"
                    .formatted(file.login().place(), root), e);
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new StoreFailure("cannot close the first connection", e);
        }
    }
}
