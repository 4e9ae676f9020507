package org.cheesecoin.member.wallet;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Transaction;
import org.cheesecoin.chain.cheese.TransactionOutput;
import org.cheesecoin.chain.cheese.Txid;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.consensus.CoinChanges;
import org.cheesecoin.chain.consensus.PlacedCoin;
import org.cheesecoin.chain.consensus.StackedHeader;
import org.cheesecoin.chain.mempool.MempoolEntry;
import org.cheesecoin.chain.mempool.MempoolStep;
import org.cheesecoin.chain.wallet.AddressBook;
import org.cheesecoin.chain.wallet.Branch;
import org.cheesecoin.chain.wallet.KeyChain;
import org.cheesecoin.chain.wallet.WalletAddress;
import org.cheesecoin.chain.wallet.WalletCoins;
import org.cheesecoin.member.node.LoopAccess;

/** Addresses, coins and history of the wallet in memory, each change with its row in the batch. For the loop. */
final class WalletBooks {

    /** Keys of payments that are kept. */
    static final long MAX_PAYMENT_KEYS = 10_000;

    private final AddressBook book;
    private final WalletCoins coins = new WalletCoins();
    private final WalletBatch batch;
    private final TreeSet<Address> labelled;
    private final List<Txid> justReplaced = new ArrayList<>();
    private final Map<Txid, Txid> rivals = new TreeMap<>();
    private Optional<Cheese> lastCheese = Optional.empty();
    private WalletMark mark;
    private long lastSequence;
    private long lastPaymentKey;

    private WalletBooks(AddressBook book, WalletBatch batch, WalletTables.Stored stored) {
        this.book = book;
        this.batch = batch;
        this.labelled = new TreeSet<>(stored.labelled());
        this.mark = stored.mark();
        this.lastSequence = stored.lastSequence();
        this.lastPaymentKey = stored.lastPaymentKey();
    }

    /** The books as they are stored; those of a new wallet begin with the address that mining pays to. */
    static WalletBooks of(KeyChain keys, WalletTables.Stored stored, WalletBatch batch) {
        AddressBook book = new AddressBook(keys, stored.addresses(), stored.progress());
        WalletBooks books = new WalletBooks(book, batch, stored);
        Set<Address> written = new HashSet<>();
        stored.addresses().forEach(it -> written.add(it.address()));
        for (WalletAddress address : book.addresses()) {
            books.coins.addAddress(address.address());
            if (!written.contains(address.address())) {
                batch.known(address);
            }
        }
        books.coins.load(stored.coins());
        if (book.progress(Branch.RECEIVE).handedOut() == 0) {
            books.newAddress().orElseThrow();
        }
        return books;
    }

    /** An address that was given to somebody, whatever the database says. */
    void gaveOut(WalletAddress address) {
        batch.given(address);
    }

    AddressBook book() {
        return book;
    }

    WalletCoins coins() {
        return coins;
    }

    WalletMark mark() {
        return mark;
    }

    /** Hands out the next receiving address. */
    Outcome<WalletAddress> newAddress() {
        Outcome<WalletAddress> next = book.nextReceiving();
        if (next instanceof Outcome.Passed<WalletAddress>(WalletAddress address)) {
            give(address);
        }
        return next;
    }

    /** The next address for change; it is the wallet's in the next commit. */
    WalletAddress takeChangeAddress() {
        WalletAddress address = book.nextChange();
        give(address);
        return address;
    }

    private void give(WalletAddress address) {
        batch.given(address);
        batch.journal(new JournalEntry.Given(address.branch(), book.progress(address.branch()).handedOut()));
    }

    /** The receiving address that was handed out, if this is one. */
    Optional<WalletAddress> given(Address address) {
        return book.find(address)
                .filter(it -> it.branch() == Branch.RECEIVE)
                .filter(it -> it.index() < book.progress(Branch.RECEIVE).handedOut());
    }

    /** Whether one more address may have a label. */
    boolean hasRoomForLabel() {
        return labelled.size() < GivenAddress.MAX_LABELS;
    }

    /** WLT-LABEL with the figure. */
    Violation tooManyLabels() {
        return Violation.of(Rule.WLT_LABEL).with("labels", labelled.size());
    }

    /** Calls a receiving address something, or nothing; WLT-LABEL if too many have one. */
    Outcome<WalletAddress> label(WalletAddress address, Optional<String> label) {
        if (label.isEmpty()) {
            labelled.remove(address.address());
        } else if (!hasRoomForLabel() && !labelled.contains(address.address())) {
            return Outcome.refused(tooManyLabels());
        } else {
            labelled.add(address.address());
        }
        batch.label(address, label);
        return Outcome.passed(address);
    }

    /** Whether nothing was ever paid to it or by it, and nobody else was told an address. */
    boolean isFresh() {
        return lastSequence == 0
                && coins.confirmed().isEmpty()
                && coins.pending().isEmpty()
                && book.progress(Branch.RECEIVE).handedOut() <= 1
                && book.progress(Branch.CHANGE).handedOut() == 0;
    }

    /** Keeps under which key a payment was ordered; of many the newest. */
    void keepKey(KeyedPayment payment) {
        restoreKey(payment);
        batch.journal(new JournalEntry.Ordered(payment));
    }

    /** As {@link #keepKey}, for one that the journal has already. */
    void restoreKey(KeyedPayment payment) {
        lastPaymentKey++;
        batch.paymentKey(payment, lastPaymentKey, lastPaymentKey - MAX_PAYMENT_KEYS);
    }

    /** Makes sure that what was changed is in the loop's next commit. */
    void joinNextCommit(LoopAccess access) {
        batch.joinNextCommit(access);
    }

    /** Forgets what the stack said; addresses stay. Waiting payments must be told again. */
    void forgetStack() {
        coins.disconnect(new CoinChanges(List.of(), coins.confirmed(), Amount.ZERO));
        batch.forgetStack();
        mark = WalletMark.NOTHING;
    }

    /** The cheese above the mark joined the best branch. */
    void connected(StackedHeader header, Cheese cheese, CoinChanges changes) {
        markUsed(cheese);
        connect(header, cheese, changes);
    }

    /** The same for a cheese of which only the body is at hand. */
    void read(StackedHeader header, Cheese cheese) {
        markUsed(cheese);
        connect(header, cheese, Bookkeeping.ownChanges(cheese, coins));
    }

    private void connect(StackedHeader header, Cheese cheese, CoinChanges changes) {
        Map<OutPoint, TransactionOutput> spent = ownSpent(changes);
        for (Transaction transaction : cheese.transactions()) {
            Bookkeeping.entry(transaction, coins::owns, it -> Optional.ofNullable(spent.get(it)),
                    WalletEntry.State.CONFIRMED, OptionalInt.of(header.height()), header.header().timeMillis())
                    .ifPresent(this::enter);
        }
        batch.coins(coins.connect(changes));
        lastCheese = Optional.of(cheese);
        rivals.clear();
        moveTo(WalletMark.at(header));
    }

    /** The cheese at the mark left the best branch. */
    void disconnected(StackedHeader header, Cheese cheese, CoinChanges changes) {
        Map<OutPoint, TransactionOutput> spent = ownSpent(changes);
        for (Transaction transaction : cheese.transactions()) {
            boolean pays = transaction.outputs().stream().anyMatch(it -> coins.owns(it.address()));
            boolean spends = transaction instanceof Payment payment
                    && payment.inputs().stream().anyMatch(spent::containsKey);
            if (pays || spends) {
                batch.restate(transaction.txid(), WalletEntry.State.CONFIRMED, WalletEntry.State.REVERTED);
            }
        }
        batch.coins(coins.disconnect(changes));
        moveTo(WalletMark.below(header));
    }

    private Map<OutPoint, TransactionOutput> ownSpent(CoinChanges changes) {
        Map<OutPoint, TransactionOutput> spent = new TreeMap<>();
        for (PlacedCoin placed : changes.spent()) {
            if (coins.owns(placed.coin().address())) {
                spent.put(placed.outPoint(), new TransactionOutput(placed.coin().amount(), placed.coin().address()));
            }
        }
        return spent;
    }

    /** An own address that is used makes more addresses known, which this very cheese may use too. */
    private void markUsed(Cheese cheese) {
        Set<Address> paid = new TreeSet<>();
        for (Transaction transaction : cheese.transactions()) {
            transaction.outputs().forEach(it -> paid.add(it.address()));
        }
        boolean again = true;
        while (again) {
            again = false;
            for (Address address : paid) {
                if (coins.owns(address)) {
                    again |= markUsed(address);
                }
            }
        }
    }

    private boolean markUsed(Address address) {
        List<WalletAddress> added = book.markUsed(address);
        for (WalletAddress known : added) {
            coins.addAddress(known.address());
            batch.known(known);
        }
        batch.used(address);
        return !added.isEmpty();
    }

    private void moveTo(WalletMark newMark) {
        mark = newMark;
        batch.mark(newMark);
    }

    /** A payment waits in the mempool. */
    void admitted(Payment payment, long arrivedMillis) {
        justReplaced.forEach(it -> batch.other(it, payment.txid()));
        justReplaced.clear();
        Function<OutPoint, Optional<TransactionOutput>> ownInput = coins::ownOutput;
        Bookkeeping.entry(payment, coins::owns, ownInput, WalletEntry.State.PENDING, OptionalInt.empty(), arrivedMillis)
                .ifPresent(entry -> {
                    if (entry.debitedCrumbs() > 0) {
                        batch.journal(new JournalEntry.Made(payment));
                    }
                    coins.addPending(payment);
                    enter(entry);
                });
    }

    /** A payment waits no more. */
    void removed(Txid txid, MempoolStep.Reason reason) {
        Optional<Payment> own = coins.removePending(txid);
        if (own.isEmpty()) {
            return;
        }
        switch (reason) {
            // its cheese has told more
            case CONFIRMED -> {
            }
            case CONFLICTED -> {
                lost(txid, WalletEntry.State.CONFLICTED);
                rival(own.get()).ifPresent(rival -> {
                    rivals.put(txid, rival);
                    batch.other(txid, rival);
                });
            }
            case REPLACED -> {
                lost(txid, WalletEntry.State.REPLACED);
                // The one that replaces it is told next.
                justReplaced.add(txid);
            }
            case EVICTED -> lost(txid, WalletEntry.State.EVICTED);
            case INVALID -> lost(txid, WalletEntry.State.INVALID);
        }
    }

    private void lost(Txid txid, WalletEntry.State state) {
        batch.restate(txid, WalletEntry.State.PENDING, state);
        batch.journal(new JournalEntry.Lost(txid));
    }

    /** The payment of the newest cheese that spends what this one would, or what one that it builds on would. */
    private Optional<Txid> rival(Payment lost) {
        return directRival(lost).or(() -> lost.inputs().stream()
                .flatMap(it -> Optional.ofNullable(rivals.get(it.txid())).stream())
                .findFirst());
    }

    private Optional<Txid> directRival(Payment lost) {
        return lastCheese.stream()
                .flatMap(cheese -> cheese.transactions().stream())
                .filter(it -> it instanceof Payment payment
                        && payment.inputs().stream().anyMatch(lost.inputs()::contains))
                .map(Transaction::txid)
                .findFirst();
    }

    /** What waits in the mempool now, in the order in which it came. */
    void adopt(Collection<MempoolEntry> waiting) {
        waiting.forEach(it -> admitted(it.payment(), it.arrivedMillis()));
    }

    private void enter(WalletEntry entry) {
        lastSequence++;
        batch.entry(entry, lastSequence);
    }
}
