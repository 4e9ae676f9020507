package org.cheesecoin.member.persistence;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Supplier;

/** One connection with its prepared statements, for one thread. Transactions begin by themselves. */
final class Session implements AutoCloseable {

    /** Rows in one batch: more gain nothing and cost memory in the driver. */
    private static final int BATCH_ROWS = 1_000;

    /** Reads one row. */
    @FunctionalInterface
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private final Connection connection;
    private final String url;
    private final Map<String, PreparedStatement> statements = new LinkedHashMap<>();
    private boolean isOpen;

    Session(Connection connection) {
        this.connection = connection;
        try {
            connection.setAutoCommit(false);
            // asked now, since a connection that was closed under this session no longer says it
            this.url = connection.getMetaData().getURL();
        } catch (SQLException e) {
            throw new StoreFailure("cannot begin", e);
        }
    }

    /** Where the file of the database is why, the failure has that among its causes, in words for the owner. */
    private StoreFailure failure(String what, SQLException reason) {
        return new StoreFailure(what, DatabaseKind.explained(url, reason));
    }

    /** For others, who may begin a transaction on it. */
    Connection connection() {
        isOpen = true;
        return connection;
    }

    /** All rows. A parameter is a number, a text, a byte array, an array of numbers, or an optional byte array. */
    <T> List<T> list(String sql, RowReader<T> reader, Object... parameters) {
        try {
            PreparedStatement statement = bound(sql, parameters);
            List<T> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(row(reader, result));
                }
            }
            return rows;
        } catch (SQLException e) {
            throw failure("cannot read: " + sql, e);
        }
    }

    private <T> T row(RowReader<T> reader, ResultSet result) throws SQLException {
        try {
            return reader.read(result);
        } catch (IllegalArgumentException | IllegalStateException | NoSuchElementException e) {
            throw notAsWritten(e);
        }
    }

    /** What is made of stored bytes. */
    <T> T asWritten(Supplier<T> decoding) {
        try {
            return decoding.get();
        } catch (IllegalArgumentException | IllegalStateException | NoSuchElementException e) {
            throw notAsWritten(e);
        }
    }

    /** Bytes that make no sense are not those that were written: H2 finds noise in the head of a page, and not in the rest. */
    private StoreFailure notAsWritten(RuntimeException reason) {
        return new StoreFailure("cannot read what is stored", DatabaseKind.notAsWritten(url, reason));
    }

    <T> Optional<T> first(String sql, RowReader<T> reader, Object... parameters) {
        return list(sql, reader, parameters).stream().findFirst();
    }

    int update(String sql, Object... parameters) {
        try {
            return bound(sql, parameters).executeUpdate();
        } catch (SQLException e) {
            throw failure("cannot write: " + sql, e);
        }
    }

    /** Runs a statement for each row of parameters, in batches. Answers how many rows each one changed. */
    List<Integer> batch(String sql, List<Object[]> rows) {
        try {
            return executeBatch(sql, rows);
        } catch (SQLException e) {
            throw failure("cannot write: " + sql, e);
        }
    }

    /** As {@link #batch}, but all or nothing: where a key is taken nothing is written. */
    InsertResult insertNew(String sql, List<Object[]> rows) {
        if (rows.isEmpty()) {
            return InsertResult.WRITTEN;
        }
        try {
            Savepoint before = connection.setSavepoint();
            try {
                executeBatch(sql, rows);
                connection.releaseSavepoint(before);
                return InsertResult.WRITTEN;
            } catch (SQLException e) {
                connection.rollback(before);
                if (isKeyTaken(e)) {
                    return InsertResult.KEY_TAKEN;
                }
                throw e;
            }
        } catch (SQLException e) {
            throw failure("cannot write: " + sql, e);
        }
    }

    enum InsertResult {
        WRITTEN, KEY_TAKEN
    }

    void execute(String sql) {
        attempt(sql, () -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        });
    }

    void commit() {
        attempt("commit", connection::commit);
        isOpen = false;
    }

    /** Ends a transaction that only read, if there is one: left open, it would keep a server from cleaning up. */
    void endReading() {
        if (isOpen) {
            commit();
        }
    }

    void rollback() {
        attempt("rollback", connection::rollback);
        isOpen = false;
    }

    @Override
    public void close() {
        attempt("close", connection::close);
    }

    private List<Integer> executeBatch(String sql, List<Object[]> rows) throws SQLException {
        List<Integer> counts = new ArrayList<>(rows.size());
        for (int from = 0; from < rows.size(); from += BATCH_ROWS) {
            PreparedStatement statement = statement(sql);
            for (Object[] row : rows.subList(from, Math.min(rows.size(), from + BATCH_ROWS))) {
                bind(statement, row);
                statement.addBatch();
            }
            for (int count : statement.executeBatch()) {
                counts.add(count);
            }
        }
        return counts;
    }

    private static boolean isKeyTaken(SQLException failure) {
        // SQLSTATE class 23: an integrity constraint
        for (SQLException e = failure; e != null; e = e.getNextException()) {
            if (e.getSQLState() != null && e.getSQLState().startsWith("23")) {
                return true;
            }
        }
        return false;
    }

    private PreparedStatement bound(String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = statement(sql);
        bind(statement, parameters);
        return statement;
    }

    private PreparedStatement statement(String sql) throws SQLException {
        isOpen = true;
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        return statement;
    }

    private void bind(PreparedStatement statement, Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            int index = i + 1;
            switch (parameters[i]) {
                case Long number -> statement.setLong(index, number);
                case Integer number -> statement.setInt(index, number);
                case byte[] bytes -> statement.setBytes(index, bytes);
                case String text -> statement.setString(index, text);
                case Long[] numbers -> {
                    Array array = connection.createArrayOf("bigint", numbers);
                    statement.setArray(index, array);
                }
                case Optional<?> optional when optional.isEmpty() -> statement.setNull(index, Types.BINARY);
                case Optional<?> optional -> statement.setBytes(index, (byte[]) optional.get());
                default -> throw new IllegalArgumentException("not a parameter: " + parameters[i]);
            }
        }
    }

    @FunctionalInterface
    private interface Action {
        void run() throws SQLException;
    }

    private void attempt(String what, Action action) {
        try {
            action.run();
        } catch (SQLException e) {
            throw failure("cannot " + what, e);
        }
    }
}
