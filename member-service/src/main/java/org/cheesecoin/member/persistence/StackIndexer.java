package org.cheesecoin.member.persistence;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

import javax.sql.DataSource;

import org.cheesecoin.chain.cheese.Cheese;

/**
 * Follows the committed tip with the index of transactions and addresses, in transactions of its own, so that joining a
 * network need not wait for it. No mark means no index: whatever the tables hold then is thrown away first, so that a
 * rebuild is nothing but taking the mark away, and may be killed at any instant.
 */
public final class StackIndexer {

    /** Cheeses in one transaction at most. */
    private static final int MAX_CHEESES = 100;
    /** Transactions in one database transaction, about. */
    private static final int MAX_TRANSACTIONS = 20_000;

    private final DataSource dataSource;
    private final int maxCheeses;

    /** Indexes the database behind these connections. */
    public StackIndexer(DataSource dataSource) {
        this(dataSource, MAX_CHEESES);
    }

    /** With smaller steps, so that a test can stop in the middle. */
    StackIndexer(DataSource dataSource, int maxCheeses) {
        this.dataSource = dataSource;
        this.maxCheeses = maxCheeses;
    }

    /** What {@link #advance} came to. */
    public enum Progress {
        /** There is more to index. */
        BEHIND,
        /** The index has the tip. */
        AT_TIP
    }

    private record Mark(long cheeseId, int height, boolean best) {}

    /** Takes the index some cheeses on, or back where the best branch has changed. */
    public synchronized Progress advance() {
        try (Connection connection = dataSource.getConnection()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            return advance(new Session(connection));
        } catch (SQLException e) {
            throw new StoreFailure("cannot index", e);
        }
    }

    /** Forgets the index; {@link #advance} builds it again from the Blue Cheese on. */
    public synchronized void forget() {
        try (Connection connection = dataSource.getConnection()) {
            Session session = new Session(connection);
            session.update("DELETE FROM index_state");
            session.commit();
        } catch (SQLException e) {
            throw new StoreFailure("cannot forget the index", e);
        }
    }

    private Progress advance(Session session) {
        try {
            Progress progress = moveOn(session);
            session.commit();
            return progress;
        } catch (StoreFailure e) {
            session.rollback();
            throw e;
        }
    }

    private Progress moveOn(Session session) {
        IndexTables index = new IndexTables(session);
        if (mark(session).isEmpty()) {
            index.clear();
        }
        Progress progress = moveOn(session, index);
        index.writeBalances();
        return progress;
    }

    private Progress moveOn(Session session, IndexTables index) {
        StackTables tables = new StackTables(session);
        Optional<Mark> mark = mark(session);
        int transactions = 0;
        for (int i = 0; i < maxCheeses && transactions < MAX_TRANSACTIONS; i++) {
            if (mark.isPresent() && !mark.get().best()) {
                Cheese cheese = cheese(tables, mark.get().cheeseId());
                index.remove(mark.get().cheeseId(), cheese, tables.spent(mark.get().cheeseId()));
                move(session, tables.id(cheese.header().parentSmell()).orElseThrow());
                transactions += cheese.transactions().size();
            } else {
                int height = mark.map(Mark::height).orElse(-1) + 1;
                Optional<Long> next = tables.bestId(height);
                if (next.isEmpty()) {
                    return Progress.AT_TIP;
                }
                Cheese cheese = cheese(tables, next.get());
                index.add(next.get(), cheese, tables.spent(next.get()));
                move(session, next.get());
                transactions += cheese.transactions().size();
            }
            mark = mark(session);
        }
        return Progress.BEHIND;
    }

    private static Optional<Mark> mark(Session session) {
        return session.first(
                """
                SELECT c.id, c.height, b.cheese_id FROM index_state s JOIN cheese c ON c.id = s.cheese_id
                LEFT JOIN best_cheese b ON b.height = c.height""",
                row -> new Mark(row.getLong(1), row.getInt(2), row.getLong(3) == row.getLong(1)));
    }

    private static void move(Session session, long cheeseId) {
        if (session.update("UPDATE index_state SET cheese_id = ? WHERE id = 1", cheeseId) == 0) {
            session.update("INSERT INTO index_state (id, cheese_id, circulating_crumbs) VALUES (1, ?, 0)", cheeseId);
        }
    }

    private static Cheese cheese(StackTables tables, long id) {
        byte[] body = tables.body(id).orElseThrow(() -> new StoreFailure("no body of cheese " + id));
        return Cheese.decode(body).orElseThrow();
    }
}
