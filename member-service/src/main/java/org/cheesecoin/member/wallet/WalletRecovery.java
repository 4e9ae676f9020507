package org.cheesecoin.member.wallet;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Txid;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.wallet.Branch;
import org.cheesecoin.chain.wallet.KeyChain;
import org.cheesecoin.chain.wallet.WalletAddress;
import org.cheesecoin.member.persistence.WentBack;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the wallet's tables against its journal when the loop starts, and gives each what it lacks: the journal what is older
 * than it is, a database that went back the orders, addresses and payments that were acknowledged since.
 */
final class WalletRecovery {

    private static final Logger LOG = LoggerFactory.getLogger(WalletRecovery.class);

    private final WalletTables tables;
    private final WalletJournal journal;
    private final Supplier<Optional<WentBack>> wentBack;
    private final OwedPayments owed;
    private final List<JournalEntry> givenUp = new ArrayList<>();

    WalletRecovery(WalletTables tables, WalletJournal journal, Supplier<Optional<WentBack>> wentBack, OnLoop loop) {
        this.tables = tables;
        this.journal = journal;
        this.wentBack = wentBack;
        this.owed = new OwedPayments(loop, tables::hasEntry, this::stack, this::giveUp);
    }

    /** The books of this wallet, with all that tables and journal know of it. */
    WalletBooks books(KeyChain keys, Address first, WalletBatch batch) {
        givenUp.clear();
        JournalState kept = journal.read(first);
        WalletTables.Stored stored = tables.load();
        List<JournalEntry> missing = new ArrayList<>();
        WalletBooks books = WalletBooks.of(keys, stored.atLeast(kept), batch);
        int addresses = 0;
        for (Branch branch : Branch.values()) {
            for (int index = stored.handedOut(branch); index < kept.handedOut(branch); index++) {
                books.gaveOut(new WalletAddress(branch, index, keys.key(branch, index).address()));
                addresses++;
            }
            if (stored.handedOut(branch) > kept.handedOut(branch)) {
                missing.add(new JournalEntry.Given(branch, stored.handedOut(branch)));
            }
        }
        int orders = restoreOrders(kept, books, missing);
        restoreWords(kept, batch, missing);
        Set<Txid> known = tables.known(kept.payments().stream().map(Payment::txid).toList());
        List<Payment> unknown = kept.payments().stream().filter(it -> !known.contains(it.txid())).toList();
        owed.begin(unknown);
        journal.append(missing);
        if (addresses + orders + unknown.size() > 0) {
            LOG.warn("The database lacks what {} has, and gets it back: {} orders, {} addresses, {} payments",
                    WalletJournal.FILE, orders, addresses, unknown.size());
        }
        return books;
    }

    private int restoreOrders(JournalState kept, WalletBooks books, List<JournalEntry> missing) {
        Set<IdempotencyKey> known = new HashSet<>();
        for (KeyedPayment order : tables.payments()) {
            known.add(order.key());
            if (!kept.orders().containsKey(order.key())) {
                missing.add(new JournalEntry.Ordered(order));
            }
        }
        List<KeyedPayment> lost = kept.orders().values().stream().filter(it -> !known.contains(it.key())).toList();
        lost.forEach(books::restoreKey);
        return lost.size();
    }

    private void restoreWords(JournalState kept, WalletBatch batch, List<JournalEntry> missing) {
        if (tables.wordsAcknowledgedMillis().isEmpty()) {
            kept.acknowledgedMillis().ifPresent(batch::wordsAcknowledged);
        } else if (kept.acknowledgedMillis().isEmpty()) {
            missing.add(new JournalEntry.WordsAcknowledged(tables.wordsAcknowledgedMillis().getAsLong()));
        }
    }

    /** All that was changed is durable in the database. */
    void committed(WalletBatch batch) {
        List<JournalEntry> entries = new ArrayList<>(batch.takeForJournal());
        entries.addAll(givenUp);
        journal.append(entries);
        givenUp.clear();
    }

    /** The best branch has another cheese. */
    void tipChanged() {
        owed.tipChanged();
    }

    /** A turn ended at which the wallet had read the stack, and no more of that is on its way. */
    void settled() {
        owed.handIn();
    }

    /** Why no new payment is made: which coins are spent is not known before all is there again. */
    Optional<Violation> objection() {
        Optional<WentBack> behind = wentBack.get();
        if (behind.isPresent()) {
            return Optional.of(Violation.of(Rule.POL_NOT_READY)
                    .with("reason", "the database went back")
                    .with("heightBefore", behind.get().markHeight()));
        }
        return owed.isEmpty()
                ? Optional.empty()
                : Optional.of(Violation.of(Rule.POL_NOT_READY)
                        .with("reason", "payments made before the database went back are handed in again")
                        .with("payments", owed.count()));
    }

    private OwedPayments.Stack stack() {
        return wentBack.get().isPresent() ? OwedPayments.Stack.BEHIND : OwedPayments.Stack.WHOLE;
    }

    private void giveUp(Txid txid) {
        givenUp.add(new JournalEntry.Lost(txid));
    }
}
