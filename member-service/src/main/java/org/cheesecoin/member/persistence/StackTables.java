package org.cheesecoin.member.persistence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.consensus.PlacedCoin;
import org.cheesecoin.chain.consensus.StackedHeader;

/** The tables of cheeses, their bodies and undo data, and the best branch. */
final class StackTables {

    private static final String BEST_HEADERS = "SELECT " + Rows.HEADER_COLUMNS
            + " FROM best_cheese b JOIN cheese c ON c.id = b.cheese_id";
    static final String TIP = BEST_HEADERS + " ORDER BY b.height DESC LIMIT 1";
    static final String BEST_BETWEEN = BEST_HEADERS + " WHERE b.height BETWEEN ? AND ? ORDER BY b.height";

    private final Session session;

    StackTables(Session session) {
        this.session = session;
    }

    Optional<StackedHeader> tip() {
        return session.first(TIP, Rows::header);
    }

    Optional<StackedHeader> header(Smell smell) {
        return session.first(
                "SELECT " + Rows.HEADER_COLUMNS + " FROM cheese c WHERE c.smell = ?", Rows::header, Rows.bytes(smell));
    }

    /** Headers of the best branch from one height up to another, both inclusive. */
    List<StackedHeader> bestHeaders(int fromHeight, int toHeight) {
        return session.list(BEST_BETWEEN, Rows::header, fromHeight, toHeight);
    }

    Optional<Long> id(Smell smell) {
        return session.first("SELECT id FROM cheese WHERE smell = ?", row -> row.getLong(1), Rows.bytes(smell));
    }

    /** One more than the highest id in use. */
    long nextId() {
        return session.first("SELECT COALESCE(MAX(id), 0) + 1 FROM cheese", row -> row.getLong(1)).orElse(1L);
    }

    Optional<byte[]> body(long id) {
        return parts("cheese_body", id);
    }

    /** What a cheese that was once connected spent. */
    List<PlacedCoin> spent(long id) {
        return parts("cheese_undo", id).map(Rows::placedCoins).orElse(List.of());
    }

    Optional<Long> bestId(int height) {
        return session.first("SELECT cheese_id FROM best_cheese WHERE height = ?", row -> row.getLong(1), height);
    }

    private Optional<byte[]> parts(String table, long id) {
        List<byte[]> parts = session.list("SELECT bytes FROM " + table + " WHERE id BETWEEN ? AND ? ORDER BY id",
                row -> row.getBytes(1), Parts.firstId(id), Parts.lastId(id));
        return parts.isEmpty() ? Optional.empty() : Optional.of(Parts.join(parts));
    }

    /** A new cheese stands beside the best branch until {@link #rewriteBest} takes it in. */
    void insertCheese(long id, StackedHeader header, Cheese cheese) {
        session.update(
                """
                INSERT INTO cheese (id, smell, height, parent_smell, header, parent_time_millis, base_target,
                    total_work, size_bytes, transaction_count) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                id, Rows.bytes(header.smell()), header.height(), Rows.bytes(header.header().parentSmell()),
                header.header().toBytes(), header.parentTimeMillis(), header.baseTarget().compact(),
                Rows.bytes(header.totalWork()), cheese.sizeBytes(), cheese.transactions().size());
        session.batch("INSERT INTO cheese_body (id, bytes) VALUES (?, ?)", Parts.cut(id, cheese.toBytes()));
        session.update("INSERT INTO side_cheese (id, height) VALUES (?, ?)", id, header.height());
    }

    void deleteCheese(long id) {
        session.update("DELETE FROM cheese WHERE id = ?", id);
        session.update("DELETE FROM side_cheese WHERE id = ?", id);
        session.update("DELETE FROM cheese_body WHERE id BETWEEN ? AND ?", Parts.firstId(id), Parts.lastId(id));
        session.update("DELETE FROM cheese_undo WHERE id BETWEEN ? AND ?", Parts.firstId(id), Parts.lastId(id));
    }

    /** Undo data stays when a cheese is disconnected, and is the same when it is connected again. */
    void insertUndo(long id, List<PlacedCoin> spent) {
        List<Object[]> firstPart = session.list("SELECT id FROM cheese_undo WHERE id = ?",
                row -> new Object[]{row.getLong(1)}, Parts.firstId(id));
        if (firstPart.isEmpty()) {
            session.batch("INSERT INTO cheese_undo (id, bytes) VALUES (?, ?)", Parts.cut(id, Rows.placedCoins(spent)));
        }
    }

    /** Takes the best branch down to below a height, and goes on from there. What was on it stands beside it. */
    void rewriteBest(int fromHeight, List<Long> ids) {
        session.update(
                "INSERT INTO side_cheese (id, height) SELECT cheese_id, height FROM best_cheese WHERE height >= ?",
                fromHeight);
        session.update("DELETE FROM best_cheese WHERE height >= ?", fromHeight);
        List<Object[]> rows = new ArrayList<>(ids.size());
        for (int i = 0; i < ids.size(); i++) {
            rows.add(new Object[]{fromHeight + i, ids.get(i)});
        }
        session.batch("INSERT INTO best_cheese (height, cheese_id) VALUES (?, ?)", rows);
        session.batch("DELETE FROM side_cheese WHERE id = ?", ids.stream().map(id -> new Object[]{id}).toList());
    }
}
