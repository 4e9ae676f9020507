package org.cheesecoin.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Commits a second into a table like the member's of unspent outputs, flushed as the member does: a batch, commit,
 * {@code CHECKPOINT SYNC}. The rows a second are these times {@link #rows}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class H2CommitBenchmark {

    private static final int COIN_BYTES = 70;

    /** Rows that one flushed commit inserts. */
    @Param({"10", "100", "1000", "5000"}) public int rows = 0;

    private final SplittableRandom random = new SplittableRandom(1);
    private final byte[] coin = new byte[COIN_BYTES];
    private Optional<Path> folder = Optional.empty();
    private Optional<Connection> opened = Optional.empty();

    /** A new database in a temporary folder. */
    @Setup
    public void open() throws IOException, SQLException {
        Path made = Files.createTempDirectory("cheesecoin-h2");
        folder = Optional.of(made);
        Connection connection = DriverManager.getConnection(
                "jdbc:h2:file:" + made.resolve("stack") + ";DB_CLOSE_ON_EXIT=FALSE;RETENTION_TIME=1000", "sa", "");
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE unspent (slot BIGINT PRIMARY KEY, coins BYTEA NOT NULL)");
        }
        opened = Optional.of(connection);
    }

    /** Removes it. */
    @TearDown
    public void close() throws IOException, SQLException {
        if (opened.isPresent()) {
            opened.get().close();
        }
        if (folder.isPresent()) {
            Folders.delete(folder.get());
        }
    }

    /** One commit. */
    @Benchmark
    public void commit() throws SQLException {
        Connection connection = opened.orElseThrow();
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO unspent VALUES (?, ?)");
                Statement flush = connection.createStatement()) {
            for (int i = 0; i < rows; i++) {
                insert.setLong(1, random.nextLong());
                insert.setBytes(2, coin);
                insert.addBatch();
            }
            insert.executeBatch();
            connection.commit();
            flush.execute("CHECKPOINT SYNC");
        }
    }
}
