package org.cheesecoin.member.wallet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.FeeRate;
import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.cheese.Transaction;
import org.cheesecoin.chain.cheese.TransactionOutput;
import org.cheesecoin.chain.cheese.Txid;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.consensus.CheckedTransaction;
import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.consensus.PlacedCoin;
import org.cheesecoin.chain.consensus.StackedHeader;
import org.cheesecoin.chain.crypto.SignatureScheme;
import org.cheesecoin.chain.wallet.CoinSelection;
import org.cheesecoin.chain.wallet.DraftSigner;
import org.cheesecoin.chain.wallet.FeePolicy;
import org.cheesecoin.chain.wallet.PaymentDraft;
import org.cheesecoin.chain.wallet.SigningTerms;
import org.cheesecoin.member.node.LoopAccess;
import org.cheesecoin.member.node.Mailbox;

/**
 * Payments that several owners make together, for any thread. Nothing is kept here between two calls: the draft has all
 * there is, and its coins stay free for other payments until it is submitted.
 */
public final class WalletDrafts {

    /** Most copies of a draft that are combined at once. */
    public static final int MAX_COMBINED = 16;

    private static final Executor OFF_THE_LOOP = Thread::startVirtualThread;

    private final WalletKeeper keeper;
    private final Network network;
    private final DraftSigner signer;
    private final Function<Smell, Optional<Cheese>> committedCheeses;
    private final Mailbox mailbox;

    /** What this wallet brings. */
    private record Share(List<PlacedCoin> coins, Map<Smell, List<Txid>> sources, List<TransactionOutput> change) {}

    WalletDrafts(
            WalletKeeper keeper,
            Network network,
            SignatureScheme signatures,
            Function<Smell, Optional<Cheese>> committedCheeses,
            Mailbox mailbox) {
        this.keeper = keeper;
        this.network = network;
        this.signer = new DraftSigner(signatures, network.id());
        this.committedCheeses = committedCheeses;
        this.mailbox = mailbox;
    }

    /**
     * Begins a draft: these receivers, and what this wallet gives.
     *
     * @param contribution what it gives the receivers; the fee for the receivers and its own part comes on top
     * @return the draft, or WLT-DUST, WLT-FUNDS, WLT-FEE, WLT-COINS, or the rule that it breaks
     */
    public CompletableFuture<Outcome<PaymentDraft>> create(
            List<TransactionOutput> receivers, Amount contribution, Optional<FeeRate> feeRate) {
        Outcome<PaymentDraft> empty = PaymentMaker.dust(receivers)
                .<Outcome<PaymentDraft>>map(Outcome::refused)
                .orElseGet(() -> PaymentDraft.paying(network.id(), receivers));
        return empty instanceof Outcome.Passed<PaymentDraft>(PaymentDraft draft)
                ? add(draft, contribution, receivers.size(), feeRate)
                : CompletableFuture.completedFuture(empty);
    }

    /**
     * Adds what this wallet gives to a draft; signatures made so far are dropped.
     *
     * @param contribution what it gives the receivers; the fee for its own part comes on top
     */
    public CompletableFuture<Outcome<PaymentDraft>> add(
            PaymentDraft draft, Amount contribution, Optional<FeeRate> feeRate) {
        return add(draft, contribution, 1, feeRate);
    }

    private CompletableFuture<Outcome<PaymentDraft>> add(
            PaymentDraft draft, Amount contribution, int receivers, Optional<FeeRate> feeRate) {
        return mailbox.call(access -> share(draft, contribution, receivers, feeRate, access))
                .thenApplyAsync(share -> share.then(it -> draft.adding(
                        sources(it), it.coins().stream().map(PlacedCoin::outPoint).toList(), it.change())),
                        OFF_THE_LOOP);
    }

    private Outcome<Share> share(
            PaymentDraft draft, Amount contribution, int receivers, Optional<FeeRate> feeRate, LoopAccess access) {
        FeeRate rate = feeRate.orElseGet(() -> Payer.usualRate(access));
        int tipHeight = access.node().stack().tip().height();
        return keeper.ready(access).then(books -> FeePolicy.checked(rate).then(checked -> {
            List<PlacedCoin> coins = books.coins().spendable(tipHeight, network.parameters()).stream()
                    .filter(it -> !draft.inputs().containsKey(it.outPoint()))
                    .toList();
            return switch (CoinSelection.select(coins, contribution, receivers, checked)) {
                case CoinSelection.Result.Insufficient insufficient -> Outcome.refused(Shortage.explained(
                        insufficient, books.coins().balance(tipHeight, network.parameters()), tipHeight));
                case CoinSelection.Result.TooManyCoins tooMany -> Outcome.refused(tooMany.violation());
                case CoinSelection.Result.Selected selected -> share(selected, books, access);
            };
        }));
    }

    private static Outcome<Share> share(
            CoinSelection.Result.Selected selected, WalletBooks books, LoopAccess access) {
        if (selected.coins().size() > PaymentDraft.MAX_SOURCES) {
            return Outcome.refused(Violation.of(Rule.ENC_LIMIT)
                    .with("coins", selected.coins().size())
                    .with("limit", PaymentDraft.MAX_SOURCES));
        }
        Map<Smell, List<Txid>> sources = new TreeMap<>();
        for (PlacedCoin placed : selected.coins()) {
            StackedHeader header = access.node().stack().headerAt(placed.coin().height()).orElseThrow();
            sources.computeIfAbsent(header.smell(), _ -> new ArrayList<>()).add(placed.outPoint().txid());
        }
        List<TransactionOutput> change = selected.change().stream()
                .map(it -> new TransactionOutput(it, books.takeChangeAddress().address()))
                .toList();
        books.joinNextCommit(access);
        return Outcome.passed(new Share(selected.coins(), sources, change));
    }

    /** Off the loop, for these are whole cheeses to read. */
    private List<Transaction> sources(Share share) {
        List<Transaction> sources = new ArrayList<>();
        share.sources().forEach((smell, txids) -> {
            Set<Txid> wanted = new TreeSet<>(txids);
            committedCheeses.apply(smell).stream()
                    .flatMap(cheese -> cheese.transactions().stream())
                    .filter(it -> wanted.contains(it.txid()))
                    .forEach(sources::add);
        });
        return sources;
    }

    /**
     * Signs with the keys that this wallet has, if the draft spends none of its coins but such as are free to spend, and
     * costs it no more than agreed.
     *
     * @param mostCost the most that the wallet is left poorer by
     * @return the draft with the signatures; or, before anything is signed, what {@link DraftSigner#sign} refuses by
     */
    public CompletableFuture<Outcome<PaymentDraft>> sign(PaymentDraft draft, Amount mostCost) {
        return mailbox.call(access -> keeper.ready(access).then(books -> {
            int tipHeight = access.node().stack().tip().height();
            List<OutPoint> free = books.coins().spendable(tipHeight, network.parameters()).stream()
                    .map(PlacedCoin::outPoint)
                    .filter(draft.inputs()::containsKey)
                    .toList();
            return signer.sign(draft, new SigningTerms(free, mostCost), books.book()::key);
        }));
    }

    /** Puts the signatures of copies of one draft together; two at least. */
    public Outcome<PaymentDraft> combine(List<PaymentDraft> copies) {
        Outcome<PaymentDraft> all = Outcome.passed(copies.getFirst());
        for (PaymentDraft copy : copies.subList(1, copies.size())) {
            all = all.then(it -> signer.combine(it, copy));
        }
        return all;
    }

    /** Hands in what everybody has signed; from then on no other payment of this wallet takes its coins. */
    public CompletableFuture<Outcome<Txid>> submit(PaymentDraft draft) {
        return switch (signer.finish(draft)) {
            case Outcome.Refused<CheckedTransaction>(Violation violation) ->
                    CompletableFuture.completedFuture(Outcome.refused(violation));
            case Outcome.Passed<CheckedTransaction>(CheckedTransaction checked) ->
                    mailbox.call(access -> keeper.submit(checked.payment(), access)).thenCompose(it -> it);
        };
    }

    /** Which of these addresses are this wallet's. */
    public CompletableFuture<Set<Address>> own(Set<Address> addresses) {
        return mailbox.call(_ -> {
            Set<Address> own = new TreeSet<>();
            addresses.stream().filter(keeper::owns).forEach(own::add);
            return own;
        });
    }
}
