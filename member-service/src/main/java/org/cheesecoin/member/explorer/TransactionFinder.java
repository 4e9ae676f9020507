package org.cheesecoin.member.explorer;

import java.util.List;
import java.util.Optional;

import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.Coinbase;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.cheese.Transaction;
import org.cheesecoin.chain.cheese.Txid;
import org.cheesecoin.chain.consensus.Coin;
import org.cheesecoin.chain.consensus.PlacedCoin;
import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.crypto.MerkleTree;
import org.cheesecoin.member.explorer.CheeseBrowser.Seen;
import org.cheesecoin.member.persistence.CheeseReader;
import org.cheesecoin.member.persistence.ExplorerStore;
import org.cheesecoin.member.persistence.PendingPayment;
import org.cheesecoin.member.persistence.PlacedTransaction;
import org.cheesecoin.member.persistence.Slice;
import org.cheesecoin.member.persistence.StoredCheese;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Finds committed transactions: in the index, in the cheeses that it has not reached, and in the mempool. */
@Component
@Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
public class TransactionFinder {

    /** How many cheeses above the index are looked through; the index is seldom one behind. */
    private static final int MAX_CHEESES_ABOVE_INDEX = 10;

    private final ExplorerStore store;
    private final CheeseReader bodies;

    TransactionFinder(ExplorerStore store, CheeseReader bodies) {
        this.store = store;
        this.bodies = bodies;
    }

    private record Place(StoredCheese cheese, int position) {}

    /**
     * That a transaction stands in a cheese, for a client that has only headers.
     *
     * @param transaction it, whose leaf the path begins at
     * @param cheese where
     * @param index its place
     * @param size how many transactions the cheese has
     * @param path from the leaf's sibling up, as RFC 6962 has it
     */
    public record Proof(Transaction transaction, Seen cheese, int index, int size, List<Hash256> path) {}

    /** A transaction that waits or stands on the best branch. */
    public Optional<SeenTransaction> find(Txid txid) {
        return place(txid).<SeenTransaction>map(this::confirmed).or(() -> pending(txid));
    }

    /** A payment of the best branch as it stands there, in the index or in the few cheeses above it. */
    Optional<Payment> confirmedAs(Txid txid) {
        return place(txid).map(place -> body(place.cheese()).transactions().get(place.position()))
                .flatMap(TransactionFinder::payment);
    }

    /** Whether the index knows a transaction, on whichever branch; cheap. */
    boolean isIndexed(Txid txid) {
        return store.isIndexed(txid);
    }

    /** A payment of the best branch as it stands there, as far as the index has come. */
    Optional<Payment> indexedAs(Txid txid) {
        return store.transaction(txid).stream()
                .filter(it -> it.cheese().branch() == StoredCheese.Branch.BEST)
                .findFirst()
                .map(PlacedTransaction::transaction)
                .flatMap(TransactionFinder::payment);
    }

    private static Optional<Payment> payment(Transaction transaction) {
        return transaction instanceof Payment payment ? Optional.of(payment) : Optional.empty();
    }

    /** The proof that a transaction stands on the best branch. */
    public Optional<Proof> proof(Txid txid) {
        return place(txid).map(place -> {
            List<Transaction> all = body(place.cheese()).transactions();
            List<Hash256> leaves = all.stream().map(Cheese::leaf).toList();
            return new Proof(all.get(place.position()), seen(place.cheese()), place.position(), all.size(),
                    MerkleTree.path(leaves, place.position()));
        });
    }

    /**
     * Confirmed transactions, newest first, as far as the index has come.
     *
     * @throws org.cheesecoin.member.persistence.BadCursor if the cursor is not one of this list
     */
    public Slice<SeenTransaction> confirmed(Optional<String> cursor, int limit) {
        Slice<PlacedTransaction> slice = store.confirmed(cursor, limit);
        int tipHeight = tipHeight();
        List<SeenTransaction> items = slice.items().stream()
                .<SeenTransaction>map(it -> new SeenTransaction.Confirmed(it.transaction(), Optional.empty(),
                        List.of(), new Seen(it.cheese(), tipHeight), it.position()))
                .toList();
        return new Slice<>(items, slice.next());
    }

    /**
     * Payments that wait, in the order of arrival.
     *
     * @throws org.cheesecoin.member.persistence.BadCursor if the cursor is not one of this list
     */
    public Slice<SeenTransaction> pending(Optional<String> cursor, int limit) {
        Slice<PendingPayment> slice = store.mempool(cursor, limit);
        return new Slice<>(slice.items().stream().map(TransactionFinder::pending).toList(), slice.next());
    }

    private Optional<SeenTransaction> pending(Txid txid) {
        return store.pending(txid).stream().findFirst().map(TransactionFinder::pending);
    }

    private static SeenTransaction pending(PendingPayment pending) {
        return new SeenTransaction.Pending(pending.payment(), Optional.of(pending.fee()), List.of(),
                pending.arrivedMillis());
    }

    private Optional<Place> place(Txid txid) {
        return store.transaction(txid).stream()
                .filter(it -> it.cheese().branch() == StoredCheese.Branch.BEST)
                .findFirst()
                .map(it -> new Place(it.cheese(), it.position()))
                .or(() -> placeAboveIndex(txid));
    }

    /** What was confirmed a moment ago has left the mempool and may not be in the index yet. */
    private Optional<Place> placeAboveIndex(Txid txid) {
        int tipHeight = tipHeight();
        int from = Math.max(store.indexedHeight().orElse(-1) + 1, tipHeight - MAX_CHEESES_ABOVE_INDEX + 1);
        for (int height = tipHeight; height >= from; height--) {
            StoredCheese stored = store.cheeseAt(height).orElseThrow();
            List<Transaction> all = body(stored).transactions();
            for (int position = 0; position < all.size(); position++) {
                if (all.get(position).txid().equals(txid)) {
                    return Optional.of(new Place(stored, position));
                }
            }
        }
        return Optional.empty();
    }

    private SeenTransaction confirmed(Place place) {
        List<Transaction> all = body(place.cheese()).transactions();
        Transaction transaction = all.get(place.position());
        Seen seen = seen(place.cheese());
        return switch (transaction) {
            case Coinbase _ -> new SeenTransaction.Confirmed(transaction, Optional.empty(), List.of(), seen,
                    place.position());
            case Payment payment -> {
                List<Coin> spent = spent(place, all, payment.inputs().size());
                yield new SeenTransaction.Confirmed(payment, fee(payment, spent),
                        spent.stream().map(Optional::of).toList(), seen, place.position());
            }
        };
    }

    private List<Coin> spent(Place place, List<Transaction> all, int count) {
        int before = 0;
        for (Transaction earlier : all.subList(0, place.position())) {
            before += switch (earlier) {
                case Payment payment -> payment.inputs().size();
                case Coinbase _ -> 0;
            };
        }
        List<PlacedCoin> spent = bodies.spent(place.cheese().header().smell());
        return spent.subList(before, before + count).stream().map(PlacedCoin::coin).toList();
    }

    private static Optional<Amount> fee(Payment payment, List<Coin> spent) {
        long inputCrumbs = spent.stream().mapToLong(it -> it.amount().crumbs()).sum();
        return Optional.of(new Amount(inputCrumbs - payment.outputSum().crumbs()));
    }

    private Cheese body(StoredCheese stored) {
        Smell smell = stored.header().smell();
        return bodies.cheese(smell).orElseThrow(() -> new IllegalStateException("no body of " + smell));
    }

    private Seen seen(StoredCheese stored) {
        return new Seen(stored, tipHeight());
    }

    private int tipHeight() {
        return store.tip().map(it -> it.header().height()).orElse(-1);
    }
}
