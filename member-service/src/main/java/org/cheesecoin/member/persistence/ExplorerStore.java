package org.cheesecoin.member.persistence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.cheese.Transaction;
import org.cheesecoin.chain.cheese.Txid;
import org.springframework.data.domain.Limit;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reads what is committed. Each call sees one state; calls that must see the same one are made in one transaction of the
 * caller's, read-only and repeatable.
 */
@Component
@Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
public class ExplorerStore {

    /**
     * All coins of the indexed branch together.
     *
     * @param indexedHeight of the last cheese that counts
     * @param crumbs their sum
     */
    public record Circulating(int indexedHeight, long crumbs) {}

    private final CheeseRows cheeses;
    private final PendingPaymentRows payments;
    private final IndexedTransactionRows transactions;
    private final CheeseReader bodies;
    private final JdbcTemplate jdbc;

    ExplorerStore(
            CheeseRows cheeses,
            PendingPaymentRows payments,
            IndexedTransactionRows transactions,
            CheeseReader bodies,
            JdbcTemplate jdbc) {
        this.cheeses = cheeses;
        this.payments = payments;
        this.transactions = transactions;
        this.bodies = bodies;
        this.jdbc = jdbc;
    }

    /** The committed tip; none only before the loop's first start. */
    public Optional<StoredCheese> tip() {
        return cheeses.bestFromTheTop(Limit.of(1)).stream()
                .findFirst()
                .map(it -> it.value(StoredCheese.Branch.BEST));
    }

    /** A cheese on whichever branch. */
    public Optional<StoredCheese> cheese(Smell smell) {
        return cheeses.findBySmell(Rows.bytes(smell)).map(it -> placed(List.of(it)).getFirst());
    }

    /** The cheese at this height on the best branch. */
    public Optional<StoredCheese> cheeseAt(int height) {
        return cheeses.bestAt(height).map(it -> it.value(StoredCheese.Branch.BEST));
    }

    /** All cheeses at this height, in the order in which they came. */
    public List<StoredCheese> allCheesesAt(int height) {
        return placed(cheeses.findByHeightOrderById(height));
    }

    /**
     * Cheeses of all branches from the top down.
     *
     * @throws BadCursor if the cursor is not one of this list
     */
    public Slice<StoredCheese> cheeses(Optional<String> cursor, int limit) {
        Place before = Place.of(cursor);
        List<CheeseRow> rows = cheeses.below(before.height(), before.id(), Limit.of(limit + 1));
        List<StoredCheese> values = placed(rows);
        return Slice.of(rows, limit, it -> values.get(rows.indexOf(it)), ExplorerStore::cursor);
    }

    /**
     * Cheeses beside the best branch from the top down.
     *
     * @throws BadCursor if the cursor is not one of this list
     */
    public Slice<StoredCheese> sideCheeses(Optional<String> cursor, int limit) {
        Place before = Place.of(cursor);
        List<CheeseRow> rows = cheeses.sideBelow(before.height(), before.id(), Limit.of(limit + 1));
        return Slice.of(rows, limit, it -> it.value(StoredCheese.Branch.SIDE), ExplorerStore::cursor);
    }

    private static String cursor(CheeseRow row) {
        return row.height() + "-" + row.id();
    }

    /** Where a page of cheeses begins: below this one. */
    private record Place(int height, long id) {

        static Place of(Optional<String> cursor) {
            String[] parts = cursor.orElse(Integer.MAX_VALUE + "-0").split("-", -1);
            if (parts.length != 2) {
                throw new BadCursor(cursor.orElse(""));
            }
            return new Place((int) Math.min(Integer.MAX_VALUE, number(parts[0])), number(parts[1]));
        }
    }

    /**
     * Cheeses of the best branch from the top down.
     *
     * @throws BadCursor if the cursor is not one of this list
     */
    public Slice<StoredCheese> bestCheeses(Optional<String> cursor, int limit) {
        long below = cursor.map(ExplorerStore::number).orElse((long) Integer.MAX_VALUE);
        List<CheeseRow> rows = cheeses.bestBelow((int) Math.min(Integer.MAX_VALUE, below), Limit.of(limit + 1));
        return Slice.of(rows, limit, it -> it.value(StoredCheese.Branch.BEST), it -> Integer.toString(it.height()));
    }

    /** Whether a transaction is indexed, on whichever branch. */
    public boolean isIndexed(Txid txid) {
        return transactions.existsByTxid(txid.hash().toBytes());
    }

    /** Where a transaction stands, the best branch first; empty if the index has not reached it. */
    public List<PlacedTransaction> transaction(Txid txid) {
        List<PlacedTransaction> found = new ArrayList<>();
        for (IndexedTransactionRow row : transactions.findByTxidOrderById(txid.hash().toBytes())) {
            found.add(placed(row, body(row.cheeseId())));
        }
        found.sort(Comparator.comparing(it -> it.cheese().branch()));
        return found;
    }

    /**
     * Confirmed transactions, newest first, as far as the index has come.
     *
     * @throws BadCursor if the cursor is not one of this list
     */
    public Slice<PlacedTransaction> confirmed(Optional<String> cursor, int limit) {
        long before = cursor.map(ExplorerStore::number).orElse(Long.MAX_VALUE);
        List<IndexedTransactionRow> rows = transactions.findByIdLessThanOrderByIdDesc(before, Limit.of(limit + 1));
        // neighbours in the list are neighbours in a cheese, whose body is read once
        Map<Long, byte[]> read = new HashMap<>();
        return Slice.of(rows, limit, it -> placed(it, read.computeIfAbsent(it.cheeseId(), this::body)),
                it -> Long.toString(it.id()));
    }

    /** Payments of the mempool with this name. */
    public List<PendingPayment> pending(Txid txid) {
        return payments.findByTxidOrderById(txid.hash().toBytes()).stream().map(PendingPaymentRow::value).toList();
    }

    /**
     * The mempool in the order of arrival.
     *
     * @throws BadCursor if the cursor is not one of this list
     */
    public Slice<PendingPayment> mempool(Optional<String> cursor, int limit) {
        long after = cursor.map(ExplorerStore::number).orElse(0L);
        List<PendingPaymentRow> rows = payments.findByIdGreaterThanOrderById(after, Limit.of(limit + 1));
        return Slice.of(rows, limit, PendingPaymentRow::value, it -> Long.toString(it.id()));
    }

    /** How many payments wait. */
    public long mempoolCount() {
        return payments.count();
    }

    /** Up to which height transactions and addresses are indexed; none before the first cheese is. */
    public Optional<Integer> indexedHeight() {
        return jdbc.query("SELECT c.height FROM index_state s JOIN cheese c ON c.id = s.cheese_id",
                (row, _) -> row.getInt(1)).stream().findFirst();
    }

    /** How far the index is, and what all coins up to there sum up to; none before the first cheese is indexed. */
    public Optional<Circulating> circulating() {
        return jdbc.query(
                """
                SELECT c.height, s.circulating_crumbs FROM index_state s JOIN cheese c ON c.id = s.cheese_id""",
                (row, _) -> new Circulating(row.getInt(1), row.getLong(2))).stream().findFirst();
    }

    private byte[] body(long cheeseId) {
        return bodies.encoded(cheeseId).orElseThrow(() -> new StoreFailure("no body of cheese " + cheeseId));
    }

    private PlacedTransaction placed(IndexedTransactionRow row, byte[] body) {
        CheeseRow cheese = cheeses.findById(row.cheeseId())
                .orElseThrow(() -> new StoreFailure("indexed, but not stored: cheese " + row.cheeseId()));
        byte[] encoded = Arrays.copyOfRange(body, row.offsetBytes(), row.offsetBytes() + row.sizeBytes());
        return new PlacedTransaction(
                placed(List.of(cheese)).getFirst(), row.position(), Transaction.decode(encoded).orElseThrow());
    }

    private List<StoredCheese> placed(List<CheeseRow> rows) {
        Set<Long> best = new HashSet<>(cheeses.bestIdsAt(rows.stream().map(CheeseRow::height).distinct().toList()));
        return rows.stream()
                .map(it -> it.value(best.contains(it.id()) ? StoredCheese.Branch.BEST : StoredCheese.Branch.SIDE))
                .toList();
    }

    static long number(String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw new BadCursor(text);
        }
        return Long.parseLong(text);
    }
}
