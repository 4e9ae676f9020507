package org.cheesecoin.member.wallet;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.cheese.Txid;
import org.cheesecoin.chain.consensus.Coin;
import org.cheesecoin.chain.consensus.PlacedCoin;
import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.wallet.AddressBook;
import org.cheesecoin.chain.wallet.Branch;
import org.cheesecoin.chain.wallet.WalletAddress;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads what is committed of the wallet, on any thread. */
final class WalletTables {

    private static final String ENTRIES = """
            SELECT t.txid, t.kind, t.state, t.height, t.first_seen_millis, t.credited_crumbs, t.debited_crumbs,
                t.fee_crumbs, t.counterparties, t.sequence, s.mark_height, t.other_txid
            FROM wallet_transaction t CROSS JOIN wallet_state s
            """;

    private static final String KEYS = """
            SELECT idempotency_key, order_digest, txid, fee_crumbs, change_crumbs, size_bytes FROM wallet_payment_key
            """;

    /** More gain nothing: a journal of 8,000 payments takes eight questions. */
    private static final int TXIDS_AT_ONCE = 1_000;

    private final JdbcTemplate jdbc;

    WalletTables(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The wallet as the last commit left it.
     *
     * @param mark up to where it has read the stack
     * @param addresses own ones
     * @param progress of each branch
     * @param coins own ones in the stack
     * @param lastSequence of the newest entry, 0 for none
     * @param labelled addresses that have a label
     * @param lastPaymentKey id of the newest kept key of a payment, 0 for none
     */
    record Stored(
            WalletMark mark,
            List<WalletAddress> addresses,
            Map<Branch, AddressBook.Progress> progress,
            List<PlacedCoin> coins,
            long lastSequence,
            List<Address> labelled,
            long lastPaymentKey) {

        /** Of a new wallet. */
        static final Stored NOTHING = new Stored(WalletMark.NOTHING, List.of(), Map.of(), List.of(), 0, List.of(), 0);

        /** The same, with at least as many addresses handed out. */
        Stored atLeast(JournalState journal) {
            Map<Branch, AddressBook.Progress> further = new EnumMap<>(Branch.class);
            for (Branch branch : Branch.values()) {
                further.put(branch, new AddressBook.Progress(
                        Math.max(handedOut(branch), journal.handedOut(branch)), of(branch).used()));
            }
            return new Stored(mark, addresses, further, coins, lastSequence, labelled, lastPaymentKey);
        }

        /** How many addresses of a branch are handed out. */
        int handedOut(Branch branch) {
            return of(branch).handedOut();
        }

        private AddressBook.Progress of(Branch branch) {
            return progress.getOrDefault(branch, AddressBook.Progress.NONE);
        }
    }

    /** What an address has come to. */
    enum AddressState {
        KNOWN, GIVEN, USED
    }

    private record AddressRow(WalletAddress address, AddressState state) {}

    Stored load() {
        List<AddressRow> rows = jdbc.query(
                "SELECT branch, address_index, address, state FROM wallet_address ORDER BY branch, address_index",
                (row, _) -> new AddressRow(
                        new WalletAddress(branch(row.getInt(1)), row.getInt(2), Address.ofKeyHash(row.getBytes(3))),
                        AddressState.valueOf(row.getString(4))));
        Map<Branch, AddressBook.Progress> progress = new EnumMap<>(Branch.class);
        for (Branch branch : Branch.values()) {
            List<AddressRow> own = rows.stream().filter(it -> it.address().branch() == branch).toList();
            progress.put(branch,
                    new AddressBook.Progress(end(own, AddressState.GIVEN), end(own, AddressState.USED)));
        }
        List<PlacedCoin> coins = jdbc.query(
                "SELECT txid, output_index, amount_crumbs, address, height, origin FROM wallet_coin",
                (row, _) -> coin(row));
        List<Address> labelled = jdbc.query("SELECT address FROM wallet_address WHERE label IS NOT NULL",
                (row, _) -> Address.ofKeyHash(row.getBytes(1)));
        return new Stored(mark(), rows.stream().map(AddressRow::address).toList(), progress, coins,
                number("SELECT COALESCE(MAX(sequence), 0) FROM wallet_transaction"), labelled,
                number("SELECT COALESCE(MAX(id), 0) FROM wallet_payment_key"));
    }

    private long number(String sql) {
        return jdbc.query(sql, (row, _) -> row.getLong(1)).getFirst();
    }

    /** When the owner acknowledged the words, if that was. */
    OptionalLong wordsAcknowledgedMillis() {
        return jdbc.query("SELECT words_acknowledged_millis FROM wallet_state WHERE id = 1",
                (row, _) -> optionalLong(row, 1))
                .stream()
                .findFirst()
                .orElse(OptionalLong.empty());
    }

    /** What was paid under a key. */
    Optional<KeyedPayment> payment(IdempotencyKey key) {
        return jdbc.query(KEYS + "WHERE idempotency_key = ?", (row, _) -> keyed(row), key.text()).stream().findFirst();
    }

    /** What was paid under keys, the oldest first. */
    List<KeyedPayment> payments() {
        return jdbc.query(KEYS + "ORDER BY id", (row, _) -> keyed(row));
    }

    private static KeyedPayment keyed(ResultSet row) throws SQLException {
        return new KeyedPayment(new IdempotencyKey(row.getString(1)), Hash256.of(row.getBytes(2)),
                new MadePayment(new Txid(Hash256.of(row.getBytes(3))), new Amount(row.getLong(4)),
                        new Amount(row.getLong(5)), row.getInt(6)));
    }

    /** Whether the history has an entry. */
    boolean hasEntry(Txid txid) {
        return !jdbc.query("SELECT 1 FROM wallet_transaction WHERE txid = ?", (row, _) -> row.getInt(1),
                (Object) WalletBatch.bytes(txid)).isEmpty();
    }

    /** Which of these the history has an entry for, {@value #TXIDS_AT_ONCE} with each question. */
    Set<Txid> known(List<Txid> txids) {
        Set<Txid> known = new HashSet<>();
        for (int from = 0; from < txids.size(); from += TXIDS_AT_ONCE) {
            List<Txid> some = txids.subList(from, Math.min(txids.size(), from + TXIDS_AT_ONCE));
            String places = String.join(", ", Collections.nCopies(some.size(), "?"));
            known.addAll(jdbc.query("SELECT txid FROM wallet_transaction WHERE txid IN (" + places + ")",
                    (row, _) -> new Txid(Hash256.of(row.getBytes(1))),
                    some.stream().map(WalletBatch::bytes).toArray()));
        }
        return known;
    }

    private WalletMark mark() {
        return jdbc.query("SELECT mark_height, mark_smell FROM wallet_state WHERE id = 1",
                (row, _) -> new WalletMark(row.getInt(1), new Smell(Hash256.of(row.getBytes(2)))))
                .stream()
                .findFirst()
                .orElse(WalletMark.NOTHING);
    }

    /** One more than the highest index that has come at least so far. */
    private static int end(List<AddressRow> rows, AddressState least) {
        return rows.stream()
                .filter(it -> it.state().compareTo(least) >= 0)
                .mapToInt(it -> it.address().index() + 1)
                .max()
                .orElse(0);
    }

    /** The first receiving address, if the database has a wallet: it tells whose it is. */
    Optional<Address> firstAddress() {
        return jdbc.query("SELECT address FROM wallet_address WHERE branch = 0 AND address_index = 0",
                (row, _) -> Address.ofKeyHash(row.getBytes(1)))
                .stream()
                .findFirst();
    }

    /** Receiving addresses that were handed out, from an index on. */
    List<GivenAddress> given(int fromIndex, int limit) {
        return jdbc.query(
                """
                SELECT address_index, address, state, label FROM wallet_address
                WHERE branch = 0 AND address_index >= ? AND state <> 'KNOWN' ORDER BY address_index LIMIT ?""",
                (row, _) -> new GivenAddress(
                        new WalletAddress(Branch.RECEIVE, row.getInt(1), Address.ofKeyHash(row.getBytes(2))),
                        AddressState.valueOf(row.getString(3)) == AddressState.USED
                                ? GivenAddress.State.USED
                                : GivenAddress.State.UNUSED,
                        Optional.ofNullable(row.getString(4))),
                fromIndex, limit);
    }

    /** Entries of the history, newest first, all before a sequence number. */
    List<NumberedEntry> entries(long beforeSequence, int limit) {
        return jdbc.query(ENTRIES + "WHERE t.sequence < ? ORDER BY t.sequence DESC LIMIT ?",
                (row, _) -> numbered(row), beforeSequence, limit);
    }

    /** One entry of the history. */
    Optional<NumberedEntry> entry(Txid txid) {
        return jdbc.query(ENTRIES + "WHERE t.txid = ?", (row, _) -> numbered(row), WalletBatch.bytes(txid))
                .stream()
                .findFirst();
    }

    private static NumberedEntry numbered(ResultSet row) throws SQLException {
        return new NumberedEntry(entry(row), row.getLong(10), row.getInt(11));
    }

    private static WalletEntry entry(ResultSet row) throws SQLException {
        int height = row.getInt(4);
        OptionalInt confirmedAt = row.wasNull() ? OptionalInt.empty() : OptionalInt.of(height);
        byte[] other = row.getBytes(12);
        return new WalletEntry(
                new Txid(Hash256.of(row.getBytes(1))),
                WalletEntry.Kind.valueOf(row.getString(2)),
                WalletEntry.State.valueOf(row.getString(3)),
                confirmedAt,
                row.getLong(5),
                row.getLong(6),
                row.getLong(7),
                optionalLong(row, 8),
                WalletBatch.counterparties(row.getString(9)),
                Optional.ofNullable(other).map(Hash256::of).map(Txid::new));
    }

    private static OptionalLong optionalLong(ResultSet row, int column) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(number);
    }

    private static PlacedCoin coin(ResultSet row) throws SQLException {
        return new PlacedCoin(
                new OutPoint(new Txid(Hash256.of(row.getBytes(1))), row.getInt(2)),
                new Coin(new Amount(row.getLong(3)), Address.ofKeyHash(row.getBytes(4)), row.getInt(5),
                        Coin.Origin.valueOf(row.getString(6))));
    }

    private static Branch branch(int number) {
        return number == Branch.RECEIVE.number() ? Branch.RECEIVE : Branch.CHANGE;
    }
}
