package org.cheesecoin.member.wallet;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Txid;
import org.cheesecoin.chain.consensus.PlacedCoin;
import org.cheesecoin.chain.wallet.WalletAddress;
import org.cheesecoin.chain.wallet.WalletCoins;
import org.cheesecoin.member.node.LoopAccess;

/** Rows of the wallet that wait for the loop's next commit, in the order in which they came to be. */
final class WalletBatch {

    private static final String SEPARATOR = " ";

    /** A statement; where it changes no row, the other one is for it. */
    private record Row(String sql, List<Object> values, Optional<Row> otherwise) {}

    private final List<Row> rows = new ArrayList<>();
    private final List<JournalEntry> forJournal = new ArrayList<>();
    private Optional<WalletMark> mark = Optional.empty();
    private boolean isInNextCommit;

    /** Makes sure that what waits is in the loop's next commit. */
    void joinNextCommit(LoopAccess access) {
        if (!isInNextCommit && (!rows.isEmpty() || mark.isPresent())) {
            isInNextCommit = true;
            access.write(this::write);
        }
    }

    /** Keeps something that somebody may be told after the commit, for the journal. */
    void journal(JournalEntry entry) {
        forJournal.add(entry);
    }

    /** Takes what is for the journal. */
    List<JournalEntry> takeForJournal() {
        List<JournalEntry> taken = List.copyOf(forJournal);
        forJournal.clear();
        return taken;
    }

    /** Only the last one before the commit is written. */
    void mark(WalletMark newMark) {
        mark = Optional.of(newMark);
    }

    void wordsShown(long nowMillis) {
        add("UPDATE wallet_state SET words_shown_millis = ? WHERE id = 1", nowMillis);
    }

    void wordsAcknowledged(long nowMillis) {
        journal(new JournalEntry.WordsAcknowledged(nowMillis));
        add("UPDATE wallet_state SET words_acknowledged_millis = ? WHERE id = 1", nowMillis);
    }

    void label(WalletAddress address, Optional<String> label) {
        add("UPDATE wallet_address SET label = ? WHERE branch = ? AND address_index = ?",
                label, address.branch().number(), address.index());
    }

    void known(WalletAddress address) {
        add("INSERT INTO wallet_address (branch, address_index, address, state) VALUES (?, ?, ?, 'KNOWN')",
                address.branch().number(), address.index(), address.address().keyHash());
    }

    void given(WalletAddress address) {
        add("UPDATE wallet_address SET state = 'GIVEN' WHERE branch = ? AND address_index = ? AND state = 'KNOWN'",
                address.branch().number(), address.index());
    }

    void used(Address address) {
        add("UPDATE wallet_address SET state = 'USED' WHERE address = ?", address.keyHash());
    }

    void coins(WalletCoins.Changes changes) {
        for (PlacedCoin placed : changes.removed()) {
            OutPoint outPoint = placed.outPoint();
            add("DELETE FROM wallet_coin WHERE txid = ? AND output_index = ?", bytes(outPoint.txid()),
                    outPoint.index());
        }
        for (PlacedCoin placed : changes.added()) {
            add(
                    """
                    INSERT INTO wallet_coin (txid, output_index, amount_crumbs, address, height, origin)
                    VALUES (?, ?, ?, ?, ?, ?)""",
                    bytes(placed.outPoint().txid()), placed.outPoint().index(), placed.coin().amount().crumbs(),
                    placed.coin().address().keyHash(), placed.coin().height(), placed.coin().origin().name());
        }
    }

    /** Writes an entry, or what it is now. The time at which it was first seen and its sequence stay. */
    void entry(WalletEntry entry, long sequence) {
        String others = entry.counterparties().stream().map(Address::toString).collect(Collectors.joining(SEPARATOR));
        Row insert = new Row(
                """
                INSERT INTO wallet_transaction (txid, sequence, kind, state, height, first_seen_millis,
                    credited_crumbs, debited_crumbs, fee_crumbs, counterparties) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                List.of(bytes(entry.txid()), sequence, entry.kind().name(), entry.state().name(), entry.height(),
                        entry.firstSeenMillis(), entry.creditedCrumbs(), entry.debitedCrumbs(), entry.feeCrumbs(),
                        others),
                Optional.empty());
        rows.add(new Row(
                """
                UPDATE wallet_transaction SET kind = ?, state = ?, height = ?, credited_crumbs = ?, debited_crumbs = ?,
                    fee_crumbs = ?, counterparties = ?, other_txid = NULL WHERE txid = ?""",
                List.of(entry.kind().name(), entry.state().name(), entry.height(), entry.creditedCrumbs(),
                        entry.debitedCrumbs(), entry.feeCrumbs(), others, bytes(entry.txid())),
                Optional.of(insert)));
    }

    /** An entry that stood in a state is in another, with no cheese. */
    void restate(Txid txid, WalletEntry.State from, WalletEntry.State to) {
        add("UPDATE wallet_transaction SET state = ?, height = NULL WHERE txid = ? AND state = ?",
                to.name(), bytes(txid), from.name());
    }

    /** Which payment took the place of an entry's. */
    void other(Txid txid, Txid other) {
        add("UPDATE wallet_transaction SET other_txid = ? WHERE txid = ?", bytes(other), bytes(txid));
    }

    /** Keeps under which key a payment was ordered, once though it comes twice, and lets go of those up to an id. */
    void paymentKey(KeyedPayment payment, long id, long forgottenUpTo) {
        // two statements: H2 uses no index where conditions are joined by OR
        add("DELETE FROM wallet_payment_key WHERE id <= ?", forgottenUpTo);
        add("DELETE FROM wallet_payment_key WHERE idempotency_key = ?", payment.key().text());
        add(
                """
                INSERT INTO wallet_payment_key (id, idempotency_key, order_digest, txid, fee_crumbs, change_crumbs,
                    size_bytes) VALUES (?, ?, ?, ?, ?, ?, ?)""",
                id, payment.key().text(), payment.orderDigest().toBytes(), bytes(payment.payment().txid()),
                payment.payment().fee().crumbs(), payment.payment().change().crumbs(),
                payment.payment().sizeBytes());
    }

    /** Forgets all that was read from the stack, before it is read anew. */
    void forgetStack() {
        add("DELETE FROM wallet_coin");
        add("DELETE FROM wallet_transaction");
        mark(WalletMark.NOTHING);
    }

    /** Forgets a wallet, before another takes its place. */
    void forgetWallet(Address another) {
        journal(new JournalEntry.OfWallet(another));
        add("DELETE FROM wallet_address");
        add("DELETE FROM wallet_payment_key");
        forgetStack();
    }

    /** Writes all on the loop's connection, and is empty again. */
    private void write(Connection connection) throws SQLException {
        // First of all: the other columns of the state have their row from it.
        mark.ifPresent(
                it -> rows.addFirst(new Row("UPDATE wallet_state SET mark_height = ?, mark_smell = ? WHERE id = 1",
                        List.of(it.height(), it.smell().hash().toBytes()),
                        Optional.of(new Row("INSERT INTO wallet_state (id, mark_height, mark_smell) VALUES (1, ?, ?)",
                                List.of(it.height(), it.smell().hash().toBytes()), Optional.empty())))));
        Map<String, PreparedStatement> statements = new LinkedHashMap<>();
        try {
            for (Row row : rows) {
                write(connection, statements, row);
            }
        } finally {
            for (PreparedStatement statement : statements.values()) {
                statement.close();
            }
        }
        rows.clear();
        mark = Optional.empty();
        isInNextCommit = false;
    }

    private static void write(Connection connection, Map<String, PreparedStatement> statements, Row row)
            throws SQLException {
        PreparedStatement statement = statements.get(row.sql());
        if (statement == null) {
            statement = connection.prepareStatement(row.sql());
            statements.put(row.sql(), statement);
        }
        for (int i = 0; i < row.values().size(); i++) {
            bind(statement, i + 1, row.values().get(i));
        }
        if (statement.executeUpdate() == 0 && row.otherwise().isPresent()) {
            write(connection, statements, row.otherwise().get());
        }
    }

    private static void bind(PreparedStatement statement, int index, Object value) throws SQLException {
        switch (value) {
            case OptionalInt number when number.isEmpty() -> statement.setNull(index, Types.INTEGER);
            case OptionalInt number -> statement.setInt(index, number.getAsInt());
            case OptionalLong number when number.isEmpty() -> statement.setNull(index, Types.BIGINT);
            case OptionalLong number -> statement.setLong(index, number.getAsLong());
            case Optional<?> text when text.isEmpty() -> statement.setNull(index, Types.VARCHAR);
            case Optional<?> text -> statement.setString(index, text.get().toString());
            case Integer number -> statement.setInt(index, number);
            case Long number -> statement.setLong(index, number);
            case String text -> statement.setString(index, text);
            case byte[] bytes -> statement.setBytes(index, bytes);
            default -> throw new IllegalArgumentException("no value of a row: " + value.getClass());
        }
    }

    private void add(String sql, Object... values) {
        rows.add(new Row(sql, List.of(values), Optional.empty()));
    }

    static byte[] bytes(Txid txid) {
        return txid.hash().toBytes();
    }

    /** Reads back what {@link #entry} wrote. */
    static List<Address> counterparties(String text) {
        return text.isEmpty()
                ? List.of()
                : List.of(text.split(SEPARATOR)).stream().map(it -> Address.parse(it).orElseThrow()).toList();
    }
}
