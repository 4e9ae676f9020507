package org.cheesecoin.chain.consensus;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.Coinbase;
import org.cheesecoin.chain.cheese.FullId;
import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.cheese.Transaction;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.crypto.SignatureScheme;

/** The rules for whole cheeses, cheap before dear. */
public final class CheeseRules {

    private CheeseRules() {}

    /**
     * All that can be seen without a look-up, the signatures among it: the expensive part, which any thread may do.
     *
     * @param alreadyChecked transactions whose signatures this member has checked, as those of its mempool
     */
    public static Outcome<CheckedCheese> standAlone(
            Cheese cheese, Smell networkId, SignatureScheme signatures, Predicate<FullId> alreadyChecked) {
        Optional<Violation> header = HeaderRules.standAlone(cheese.header(), cheese.smell());
        if (header.isPresent()) {
            return Outcome.refused(header.get());
        }
        Optional<Violation> shape = body(cheese);
        if (shape.isPresent()) {
            return Outcome.refused(shape.get());
        }
        List<CheckedTransaction> checked = new ArrayList<>(cheese.transactions().size());
        for (Transaction transaction : cheese.transactions().subList(1, cheese.transactions().size())) {
            Payment payment = (Payment) transaction;
            if (alreadyChecked.test(payment.fullId())) {
                checked.add(CheckedTransaction.trusted(payment, networkId));
                continue;
            }
            switch (TransactionRules.standAlone(payment, networkId, signatures)) {
                case Outcome.Passed<CheckedTransaction>(CheckedTransaction passed) -> checked.add(passed);
                case Outcome.Refused<CheckedTransaction>(Violation violation) -> {
                    return Outcome.refused(violation);
                }
            }
        }
        return Outcome.passed(new CheckedCheese(cheese, checked));
    }

    /** Whether the transactions are the ones that the header commits to; if not, that says nothing about the header. */
    public static Optional<Violation> merkleRoot(Cheese cheese) {
        // CHS-MERKLE-ROOT: the header's Merkle root is the root over the full transactions.
        Hash256 root = Cheese.merkleRoot(cheese.transactions());
        return root.equals(cheese.header().merkleRoot())
                ? Optional.empty()
                : Optional.of(Violation.of(Rule.CHS_MERKLE_ROOT)
                        .with("smell", cheese.smell())
                        .with("merkleRoot", cheese.header().merkleRoot())
                        .with("computed", root));
    }

    private static Optional<Violation> body(Cheese cheese) {
        // CHS-SIZE: at most 2,000,000 bytes.
        if (cheese.sizeBytes() > Cheese.MAX_BYTES) {
            return Optional.of(on(Rule.CHS_SIZE, cheese).with("sizeBytes", cheese.sizeBytes()));
        }
        // CHS-COINBASE-FIRST: the first transaction is a coinbase.
        if (cheese.transactions().isEmpty() || !(cheese.transactions().getFirst() instanceof Coinbase coinbase)) {
            return Optional.of(on(Rule.CHS_COINBASE_FIRST, cheese));
        }
        // CHS-COINBASE-HEIGHT: the coinbase carries the height of its cheese.
        if (coinbase.height() != cheese.height()) {
            return Optional.of(on(Rule.CHS_COINBASE_HEIGHT, cheese)
                    .with("height", cheese.height())
                    .with("coinbaseHeight", coinbase.height()));
        }
        return merkleRoot(cheese).or(() -> spends(cheese));
    }

    private static Optional<Violation> spends(Cheese cheese) {
        Set<OutPoint> spent = HashSet.newHashSet(2 * cheese.transactions().size());
        for (Transaction transaction : cheese.transactions().subList(1, cheese.transactions().size())) {
            // CHS-COINBASE-ONLY: only the first transaction is a coinbase.
            if (!(transaction instanceof Payment payment)) {
                return Optional.of(on(Rule.CHS_COINBASE_ONLY, cheese).with("txid", transaction.txid()));
            }
            for (OutPoint input : payment.inputs()) {
                // CHS-DOUBLE-SPEND: no two transactions of a cheese spend the same output.
                if (!spent.add(input)) {
                    return Optional.of(on(Rule.CHS_DOUBLE_SPEND, cheese)
                            .with("txid", payment.txid())
                            .with("input", input));
                }
            }
        }
        return Optional.empty();
    }

    /**
     * All that needs the coins as they are after the parent. The header's own rules are not asked again.
     *
     * @param coins as they are after the parent
     */
    public static Outcome<CoinChanges> inContext(
            CheckedCheese cheese, CoinView coins, NetworkParameters parameters) {
        int height = cheese.header().height();
        List<PlacedCoin> spent = new ArrayList<>();
        List<PlacedCoin> made = new ArrayList<>();
        Map<OutPoint, Coin> madeHere = new HashMap<>();
        // A payment may spend what an earlier transaction of the same cheese made; nothing is spent twice within the
        // cheese by CHS-DOUBLE-SPEND.
        CoinView view = outPoint -> {
            Coin coin = madeHere.get(outPoint);
            return coin != null ? Optional.of(coin) : coins.coin(outPoint);
        };
        place(cheese.coinbase(), height, made, madeHere);
        Amount fees = Amount.ZERO;
        for (CheckedTransaction payment : cheese.payments()) {
            switch (TransactionRules.inContext(payment, view, height, parameters)) {
                case Outcome.Refused<TransactionRules.Funding>(Violation violation) -> {
                    return Outcome.refused(violation.with("smell", cheese.smell()));
                }
                case Outcome.Passed<TransactionRules.Funding>(TransactionRules.Funding funding) -> {
                    spent.addAll(funding.spent());
                    fees = fees.plus(funding.fee());
                }
            }
            place(payment.payment(), height, made, madeHere);
        }
        // CHS-COINBASE-AMOUNT: the coinbase pays at most the subsidy and the fees.
        Amount allowed = fees.plus(Subsidy.at(height, parameters));
        Amount paid = cheese.coinbase().outputSum();
        if (paid.compareTo(allowed) > 0) {
            return Outcome.refused(on(Rule.CHS_COINBASE_AMOUNT, cheese.cheese())
                    .with("paidCrumbs", paid.crumbs())
                    .with("allowedCrumbs", allowed.crumbs()));
        }
        return Outcome.passed(new CoinChanges(spent, made, fees));
    }

    /** What the Blue Cheese does to the coins: it makes the allocations, spendable at once. */
    public static CoinChanges blueCheese(Network network) {
        return new CoinChanges(List.of(), PlacedCoin.madeBy(network.blueCheese()), Amount.ZERO);
    }

    private static void place(
            Transaction transaction, int height, List<PlacedCoin> made, Map<OutPoint, Coin> madeHere) {
        for (PlacedCoin placed : PlacedCoin.madeBy(transaction, height)) {
            made.add(placed);
            madeHere.put(placed.outPoint(), placed.coin());
        }
    }

    private static Violation on(Rule rule, Cheese cheese) {
        return Violation.of(rule).with("smell", cheese.smell());
    }
}
