package org.cheesecoin.member.wallet;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Txid;
import org.cheesecoin.chain.wallet.Branch;

/** What the entries of a journal come to, read one after the other. */
final class JournalState {

    /** Whole payments that are kept, in bytes: 8,000 of usual size. Of older ones the key is kept without them. */
    static final long MAX_PAYMENT_BYTES = 2_000_000;

    private Optional<Address> wallet = Optional.empty();
    private final Map<Branch, Integer> handedOut = new EnumMap<>(Branch.class);
    private final SequencedMap<IdempotencyKey, KeyedPayment> orders = new LinkedHashMap<>();
    private final SequencedMap<Txid, Payment> payments = new LinkedHashMap<>();
    private OptionalLong acknowledgedMillis = OptionalLong.empty();
    private long paymentBytes;

    void add(JournalEntry entry) {
        switch (entry) {
            case JournalEntry.OfWallet(Address first) -> {
                clear();
                wallet = Optional.of(first);
            }
            case JournalEntry.Given(Branch branch, int count) -> handedOut.merge(branch, count, Math::max);
            case JournalEntry.Ordered(KeyedPayment order) -> add(order);
            case JournalEntry.Made(Payment payment) -> add(payment);
            case JournalEntry.Lost(Txid txid) -> drop(txid);
            case JournalEntry.WordsAcknowledged(long millis) -> acknowledgedMillis = OptionalLong.of(millis);
        }
    }

    /** As though all that the other has, of the same wallet, had come after this. */
    void addAll(JournalState other) {
        other.entries().stream().filter(it -> !(it instanceof JournalEntry.OfWallet)).forEach(this::add);
    }

    private void clear() {
        handedOut.clear();
        orders.clear();
        payments.clear();
        paymentBytes = 0;
        acknowledgedMillis = OptionalLong.empty();
    }

    private void add(KeyedPayment order) {
        orders.remove(order.key());
        orders.put(order.key(), order);
        if (orders.size() > WalletBooks.MAX_PAYMENT_KEYS) {
            orders.pollFirstEntry();
        }
    }

    private void add(Payment payment) {
        if (payments.putIfAbsent(payment.txid(), payment) == null) {
            paymentBytes += payment.sizeBytes();
        }
        while (paymentBytes > MAX_PAYMENT_BYTES) {
            drop(payments.firstEntry().getKey());
        }
    }

    private void drop(Txid txid) {
        Optional.ofNullable(payments.remove(txid)).ifPresent(it -> paymentBytes -= it.sizeBytes());
    }

    /** Whose it is; nobody's if it is new. */
    Optional<Address> wallet() {
        return wallet;
    }

    /** So many addresses of a branch were given to somebody. */
    int handedOut(Branch branch) {
        return handedOut.getOrDefault(branch, 0);
    }

    /** What was paid under keys, the oldest first. */
    Map<IdempotencyKey, KeyedPayment> orders() {
        return Collections.unmodifiableMap(orders);
    }

    /** Payments that were made and not lost, the oldest first. */
    Collection<Payment> payments() {
        return List.copyOf(payments.values());
    }

    /** When the owner acknowledged the words, if that was. */
    OptionalLong acknowledgedMillis() {
        return acknowledgedMillis;
    }

    /** The fewest entries that come to the same. */
    List<JournalEntry> entries() {
        List<JournalEntry> entries = new ArrayList<>();
        wallet.ifPresent(it -> entries.add(new JournalEntry.OfWallet(it)));
        handedOut.forEach((branch, count) -> entries.add(new JournalEntry.Given(branch, count)));
        acknowledgedMillis.ifPresent(it -> entries.add(new JournalEntry.WordsAcknowledged(it)));
        orders.values().forEach(it -> entries.add(new JournalEntry.Ordered(it)));
        payments.values().forEach(it -> entries.add(new JournalEntry.Made(it)));
        return entries;
    }
}
