package org.cheesecoin.member.persistence;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Txid;
import org.cheesecoin.chain.consensus.Coin;
import org.cheesecoin.chain.consensus.PlacedCoin;
import org.cheesecoin.chain.crypto.Hash256;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Reads what the index knows of addresses, up to the height that {@link ExplorerStore#indexedHeight} answers. */
@Component
@Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
public class AddressReader {

    // H2 takes the order from a key only where the ORDER BY names all of its columns, the fixed first one too
    static final String BALANCE = "SELECT balance_crumbs, coin_count FROM address_balance WHERE address = ?";
    static final String IMMATURE = """
            SELECT COALESCE(SUM(e.credited_crumbs), 0) FROM cheese c
            JOIN address_entry e ON e.address = ? AND e.transaction_id = c.id * ? WHERE c.height > ? AND c.height <= ?""";
    static final String COINS = """
            SELECT txid, output_index, amount_crumbs, height, origin FROM address_coin
            WHERE address = ? AND txid >= ? AND (txid > ? OR output_index > ?)
            ORDER BY address, txid, output_index LIMIT ?""";
    static final String HISTORY = """
            SELECT transaction_id, txid, height, credited_crumbs, debited_crumbs FROM address_entry
            WHERE address = ? AND transaction_id < ? ORDER BY address DESC, transaction_id DESC LIMIT ?""";

    private static final HexFormat HEX = HexFormat.of();
    private static final int OUT_POINT_BYTES = OutPoint.BYTES;

    /**
     * What an address has.
     *
     * @param crumbs the sum of its coins
     * @param immatureCrumbs the part of it that a cheese on the indexed tip may not spend yet
     * @param coins how many there are
     */
    public record Balance(long crumbs, long immatureCrumbs, long coins) {}

    /**
     * What a transaction did to an address.
     *
     * @param txid which
     * @param height of its cheese
     * @param creditedCrumbs what its outputs gave
     * @param debitedCrumbs what its inputs took
     */
    public record Entry(Txid txid, int height, long creditedCrumbs, long debitedCrumbs) {}

    private record EntryRow(long transactionId, Entry entry) {}

    private final JdbcTemplate jdbc;

    AddressReader(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The sum of an address's coins. It takes no longer for one with many: the index keeps the sum, and what is immature
     * stands in the coinbases of the last few cheeses, of which none can be spent yet.
     *
     * @param lastMatureHeight the highest height of a coinbase that is spendable now
     * @param indexedHeight the highest height that counts
     */
    public Balance balance(Address address, int lastMatureHeight, int indexedHeight) {
        List<Balance> found = jdbc.query(BALANCE,
                (row, _) -> new Balance(row.getLong(1), 0, row.getLong(2)), address.keyHash());
        if (found.isEmpty()) {
            return new Balance(0, 0, 0);
        }
        Balance all = found.getFirst();
        // the allocations of the Blue Cheese, at height 0, are spendable at once
        Long immature = jdbc.queryForObject(IMMATURE, Long.class, address.keyHash(), IndexedTransactionRow.POSITIONS,
                Math.max(lastMatureHeight, 0), indexedHeight);
        return new Balance(all.crumbs(), Objects.requireNonNull(immature), all.coins());
    }

    /**
     * The coins of an address, by out-point.
     *
     * @throws BadCursor if the cursor is not one of this list
     */
    public Slice<PlacedCoin> coins(Address address, Optional<String> cursor, int limit) {
        byte[] after = cursor.map(AddressReader::outPointBytes).orElse(new byte[0]);
        byte[] txid = after.length == 0 ? after : Arrays.copyOf(after, Hash256.BYTES);
        int index = after.length == 0 ? -1 : ByteBuffer.wrap(after).getInt(Hash256.BYTES);
        List<PlacedCoin> rows = jdbc.query(COINS,
                (row, _) -> new PlacedCoin(
                        new OutPoint(new Txid(Hash256.of(row.getBytes(1))), row.getInt(2)),
                        new Coin(new Amount(row.getLong(3)), address, row.getInt(4), Rows.origin(row.getInt(5)))),
                address.keyHash(), txid, txid, index, limit + 1);
        return Slice.of(rows, limit, it -> it, it -> cursor(it.outPoint()));
    }

    /**
     * What happened to an address, newest first.
     *
     * @throws BadCursor if the cursor is not one of this list
     */
    public Slice<Entry> history(Address address, Optional<String> cursor, int limit) {
        long before = cursor.map(ExplorerStore::number).orElse(Long.MAX_VALUE);
        List<EntryRow> rows = jdbc.query(HISTORY,
                (row, _) -> new EntryRow(row.getLong(1), new Entry(new Txid(Hash256.of(row.getBytes(2))),
                        row.getInt(3), row.getLong(4), row.getLong(5))),
                address.keyHash(), before, limit + 1);
        return Slice.of(rows, limit, EntryRow::entry, it -> Long.toString(it.transactionId()));
    }

    private static String cursor(OutPoint outPoint) {
        return outPoint.txid().toHex() + HEX.toHexDigits(outPoint.index());
    }

    private static byte[] outPointBytes(String cursor) {
        if (!cursor.matches("[0-9a-f]{" + 2 * OUT_POINT_BYTES + "}")) {
            throw new BadCursor(cursor);
        }
        return HEX.parseHex(cursor);
    }
}
