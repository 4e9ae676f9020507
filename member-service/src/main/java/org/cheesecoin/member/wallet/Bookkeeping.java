package org.cheesecoin.member.wallet;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Predicate;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.Coinbase;
import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Transaction;
import org.cheesecoin.chain.cheese.TransactionOutput;
import org.cheesecoin.chain.cheese.Witness;
import org.cheesecoin.chain.consensus.CoinChanges;
import org.cheesecoin.chain.consensus.PlacedCoin;
import org.cheesecoin.chain.wallet.WalletCoins;

/** What transactions mean to a wallet. */
final class Bookkeeping {

    /** Of a payment to thousands the history keeps so many. */
    static final int MAX_COUNTERPARTIES = 10;

    private Bookkeeping() {}

    /**
     * The entry for a transaction, if it touches the wallet.
     *
     * @param owns whether an address is the wallet's
     * @param ownInput the wallet's output that an input spends
     */
    static Optional<WalletEntry> entry(
            Transaction transaction,
            Predicate<Address> owns,
            Function<OutPoint, Optional<TransactionOutput>> ownInput,
            WalletEntry.State state,
            OptionalInt height,
            long timeMillis) {
        long credited = 0;
        boolean paysOthers = false;
        for (TransactionOutput output : transaction.outputs()) {
            if (owns.test(output.address())) {
                credited += output.amount().crumbs();
            } else {
                paysOthers = true;
            }
        }
        long debited = 0;
        int ownInputs = 0;
        List<OutPoint> inputs = transaction instanceof Payment payment ? payment.inputs() : List.of();
        for (OutPoint input : inputs) {
            Optional<TransactionOutput> own = ownInput.apply(input);
            debited += own.map(it -> it.amount().crumbs()).orElse(0L);
            ownInputs += own.isPresent() ? 1 : 0;
        }
        if (credited == 0 && debited == 0) {
            return Optional.empty();
        }
        boolean allOwn = ownInputs == inputs.size();
        WalletEntry.Kind kind = kind(transaction, ownInputs, allOwn && !paysOthers);
        OptionalLong fee = ownInputs > 0 && allOwn
                ? OptionalLong.of(debited - transaction.outputSum().crumbs())
                : OptionalLong.empty();
        return Optional.of(new WalletEntry(transaction.txid(), kind, state, height, timeMillis, credited, debited, fee,
                counterparties(transaction, kind, owns), Optional.empty()));
    }

    private static WalletEntry.Kind kind(Transaction transaction, int ownInputs, boolean withinWallet) {
        // The Blue Cheese pays allocations, which nobody mined.
        if (transaction instanceof Coinbase coinbase && coinbase.height() > 0) {
            return WalletEntry.Kind.MINED;
        }
        if (ownInputs == 0) {
            return WalletEntry.Kind.RECEIVED;
        }
        return withinWallet ? WalletEntry.Kind.SELF : WalletEntry.Kind.SENT;
    }

    private static List<Address> counterparties(
            Transaction transaction, WalletEntry.Kind kind, Predicate<Address> owns) {
        List<Address> all = switch (kind) {
            case SENT -> transaction.outputs().stream().map(TransactionOutput::address).toList();
            case RECEIVED -> signers(transaction);
            case MINED, SELF -> List.of();
        };
        return all.stream().filter(owns.negate()).distinct().limit(MAX_COUNTERPARTIES).toList();
    }

    private static List<Address> signers(Transaction transaction) {
        return transaction instanceof Payment payment
                ? payment.witnesses().stream().map(Witness::publicKey).map(Address::of).toList()
                : List.of();
    }

    /** What a cheese does to the wallet's own coins, from its body alone: for a scan that has no undo data. */
    static CoinChanges ownChanges(Cheese cheese, WalletCoins coins) {
        Map<OutPoint, PlacedCoin> made = new LinkedHashMap<>();
        List<PlacedCoin> spent = new ArrayList<>();
        for (Transaction transaction : cheese.transactions()) {
            if (transaction instanceof Payment payment) {
                for (OutPoint input : payment.inputs()) {
                    Optional.ofNullable(made.get(input))
                            .or(() -> coins.coin(input).map(coin -> new PlacedCoin(input, coin)))
                            .ifPresent(spent::add);
                }
            }
            PlacedCoin.madeBy(transaction, cheese.height()).stream()
                    .filter(it -> coins.owns(it.coin().address()))
                    .forEach(it -> made.put(it.outPoint(), it));
        }
        return new CoinChanges(spent, List.copyOf(made.values()), Amount.ZERO);
    }
}
