package org.cheesecoin.member.persistence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.CheeseHeader;
import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Transaction;
import org.cheesecoin.chain.cheese.TransactionOutput;
import org.cheesecoin.chain.consensus.Coin;
import org.cheesecoin.chain.consensus.PlacedCoin;

/** The index's tables, a cheese at a time. */
final class IndexTables {

    private static final int LIST_HEAD_BYTES = CheeseHeader.BYTES + 4;

    private final Session session;
    /** What {@link #writeBalances} has to add. */
    private final Map<Address, Balance> balances = new LinkedHashMap<>();

    IndexTables(Session session) {
        this.session = session;
    }

    /** What a transaction does to one address. */
    private record Entry(long creditedCrumbs, long debitedCrumbs) {

        static final Entry NONE = new Entry(0, 0);

        Entry credited(long crumbs) {
            return new Entry(creditedCrumbs + crumbs, debitedCrumbs);
        }

        Entry debited(long crumbs) {
            return new Entry(creditedCrumbs, debitedCrumbs + crumbs);
        }
    }

    /** Coins of one address, or how much more of them there are. */
    private record Balance(long crumbs, long coins) {

        static final Balance NONE = new Balance(0, 0);

        Balance plus(long moreCrumbs, long moreCoins) {
            return new Balance(crumbs + moreCrumbs, coins + moreCoins);
        }
    }

    /** Empties every table of the index. */
    void clear() {
        List.of("indexed_transaction", "address_entry", "address_coin", "address_balance")
                .forEach(table -> session.update("TRUNCATE TABLE " + table));
    }

    /** Adds what the cheeses since the last call have changed. Until then the sums are behind the coins. */
    void writeBalances() {
        balances.values().removeIf(Balance.NONE::equals);
        List<Map.Entry<Address, Balance>> changed = List.copyOf(balances.entrySet());
        List<Integer> updated = session.batch(
                """
                UPDATE address_balance SET balance_crumbs = balance_crumbs + ?, coin_count = coin_count + ?
                WHERE address = ?""",
                changed.stream().map(IndexTables::row).toList());
        List<Object[]> fresh = new ArrayList<>();
        for (int i = 0; i < changed.size(); i++) {
            if (updated.get(i) == 0) {
                fresh.add(row(changed.get(i)));
            }
        }
        session.batch("INSERT INTO address_balance (balance_crumbs, coin_count, address) VALUES (?, ?, ?)", fresh);
        session.update("UPDATE index_state SET circulating_crumbs = circulating_crumbs + ?",
                balances.values().stream().mapToLong(Balance::crumbs).sum());
        balances.clear();
    }

    private static Object[] row(Map.Entry<Address, Balance> entry) {
        return new Object[]{entry.getValue().crumbs(), entry.getValue().coins(), entry.getKey().keyHash()};
    }

    private void count(PlacedCoin placed, int sign) {
        Coin coin = placed.coin();
        balances.merge(coin.address(), Balance.NONE.plus(sign * coin.amount().crumbs(), sign),
                (before, more) -> before.plus(more.crumbs(), more.coins()));
    }

    void add(long cheeseId, Cheese cheese, List<PlacedCoin> spent) {
        List<Object[]> transactions = new ArrayList<>();
        int offset = LIST_HEAD_BYTES;
        for (int position = 0; position < cheese.transactions().size(); position++) {
            Transaction transaction = cheese.transactions().get(position);
            transactions.add(new Object[]{IndexedTransactionRow.id(cheeseId, position),
                    transaction.txid().hash().toBytes(), offset, transaction.sizeBytes()});
            offset += transaction.sizeBytes();
        }
        session.batch("INSERT INTO indexed_transaction (id, txid, offset_bytes, size_bytes) VALUES (?, ?, ?, ?)",
                transactions);
        session.batch(
                """
                INSERT INTO address_entry (address, transaction_id, height, txid, credited_crumbs, debited_crumbs)
                VALUES (?, ?, ?, ?, ?, ?)""",
                entryRows(cheeseId, cheese, spent));
        List<PlacedCoin> made = PlacedCoin.madeBy(cheese);
        Set<OutPoint> passing = passing(made, spent);
        deleteCoins(without(spent, passing));
        insertCoins(without(made, passing));
    }

    void remove(long cheeseId, Cheese cheese, List<PlacedCoin> spent) {
        session.update("DELETE FROM indexed_transaction WHERE id BETWEEN ? AND ?",
                IndexedTransactionRow.id(cheeseId, 0), IndexedTransactionRow.id(cheeseId + 1, 0) - 1);
        session.batch("DELETE FROM address_entry WHERE address = ? AND transaction_id = ?",
                entryRows(cheeseId, cheese, spent).stream().map(row -> new Object[]{row[0], row[1]}).toList());
        List<PlacedCoin> made = PlacedCoin.madeBy(cheese);
        Set<OutPoint> passing = passing(made, spent);
        deleteCoins(without(made, passing));
        insertCoins(without(spent, passing));
    }

    private static List<Object[]> entryRows(long cheeseId, Cheese cheese, List<PlacedCoin> spent) {
        List<Object[]> rows = new ArrayList<>();
        int nextSpent = 0;
        for (int position = 0; position < cheese.transactions().size(); position++) {
            Transaction transaction = cheese.transactions().get(position);
            Map<Address, Entry> entries = new LinkedHashMap<>();
            for (TransactionOutput output : transaction.outputs()) {
                Entry before = entries.getOrDefault(output.address(), Entry.NONE);
                entries.put(output.address(), before.credited(output.amount().crumbs()));
            }
            if (transaction instanceof Payment payment) {
                for (PlacedCoin coin : spent.subList(nextSpent, nextSpent + payment.inputs().size())) {
                    Entry before = entries.getOrDefault(coin.coin().address(), Entry.NONE);
                    entries.put(coin.coin().address(), before.debited(coin.coin().amount().crumbs()));
                }
                nextSpent += payment.inputs().size();
            }
            long transactionId = IndexedTransactionRow.id(cheeseId, position);
            entries.forEach((address, entry) -> rows.add(new Object[]{address.keyHash(), transactionId,
                    cheese.height(), transaction.txid().hash().toBytes(), entry.creditedCrumbs(),
                    entry.debitedCrumbs()}));
        }
        return rows;
    }

    /** Coins that are made and spent within the cheese. */
    private static Set<OutPoint> passing(List<PlacedCoin> made, List<PlacedCoin> spent) {
        Set<OutPoint> passing = new LinkedHashSet<>();
        made.forEach(it -> passing.add(it.outPoint()));
        Set<OutPoint> taken = new LinkedHashSet<>();
        spent.forEach(it -> taken.add(it.outPoint()));
        passing.retainAll(taken);
        return passing;
    }

    private static List<PlacedCoin> without(List<PlacedCoin> coins, Set<OutPoint> passing) {
        return coins.stream().filter(it -> !passing.contains(it.outPoint())).toList();
    }

    private void deleteCoins(List<PlacedCoin> coins) {
        coins.forEach(it -> count(it, -1));
        session.batch("DELETE FROM address_coin WHERE address = ? AND txid = ? AND output_index = ?",
                coins.stream()
                        .map(it -> new Object[]{it.coin().address().keyHash(),
                                it.outPoint().txid().hash().toBytes(), it.outPoint().index()})
                        .toList());
    }

    private void insertCoins(List<PlacedCoin> coins) {
        coins.forEach(it -> count(it, 1));
        session.batch(
                """
                INSERT INTO address_coin (address, txid, output_index, amount_crumbs, height, origin)
                VALUES (?, ?, ?, ?, ?, ?)""",
                coins.stream()
                        .map(it -> new Object[]{it.coin().address().keyHash(),
                                it.outPoint().txid().hash().toBytes(), it.outPoint().index(),
                                it.coin().amount().crumbs(), it.coin().height(), it.coin().origin().ordinal()})
                        .toList());
    }
}
