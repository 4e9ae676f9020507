package org.cheesecoin.member.wallet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.FeeRate;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.TransactionOutput;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.consensus.CheckedTransaction;
import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.consensus.NetworkParameters;
import org.cheesecoin.chain.consensus.PlacedCoin;
import org.cheesecoin.chain.crypto.SignatureScheme;
import org.cheesecoin.chain.mempool.MempoolLimits;
import org.cheesecoin.chain.wallet.AddressBook;
import org.cheesecoin.chain.wallet.Balance;
import org.cheesecoin.chain.wallet.CoinSelection;
import org.cheesecoin.chain.wallet.FeePolicy;
import org.cheesecoin.chain.wallet.PaymentBuilder;
import org.cheesecoin.chain.wallet.WalletAddress;
import org.cheesecoin.chain.wallet.WalletCoins;

/** Makes a payment of what a wallet has; changes no coin. */
final class PaymentMaker {

    private final PaymentBuilder builder;
    private final NetworkParameters parameters;

    PaymentMaker(Network network, SignatureScheme signatures) {
        this.builder = new PaymentBuilder(signatures, network.id());
        this.parameters = network.parameters();
    }

    /**
     * A payment that only waits to be handed in.
     *
     * @param payment it, signed
     * @param fee what the miner gets
     * @param change what comes back, and where
     */
    record Made(Payment payment, Amount fee, Optional<Change> change) {

        FeeRate feeRate() {
            return new FeeRate(fee.crumbs(), payment.sizeBytes());
        }
    }

    /** What comes back, and where. */
    record Change(Amount amount, WalletAddress address) {}

    /**
     * Makes it. The address book hands out an address only if there is change.
     *
     * @return WLT-DUST, WLT-FEE, WLT-COINS or WLT-FUNDS if it cannot be; the last with what there is and when it
     *     matures
     */
    Outcome<Made> make(PaymentOrder order, FeeRate rate, int tipHeight, WalletCoins coins, AddressBook book) {
        if (FeePolicy.isDust(order.amount().crumbs(), MempoolLimits.DEFAULT.relayRate())) {
            long least = MempoolLimits.DEFAULT.relayRate().feeFor(FeePolicy.SPENDING_BYTES).crumbs() + 1;
            return Outcome.refused(Violation.of(Rule.WLT_DUST)
                    .with("amountCrumbs", order.amount().crumbs())
                    .with("leastCrumbs", least));
        }
        return FeePolicy.checked(rate).then(paid -> select(order, paid, tipHeight, coins)).then(
                selection -> build(order, selection, book));
    }

    private Outcome<CoinSelection.Result.Selected> select(
            PaymentOrder order, FeeRate rate, int tipHeight, WalletCoins coins) {
        List<PlacedCoin> confirmed = coins.spendable(tipHeight, parameters);
        CoinSelection.Result first = CoinSelection.select(confirmed, order.amount(), 1, rate);
        if (first instanceof CoinSelection.Result.Selected selected) {
            return Outcome.passed(selected);
        }
        List<PlacedCoin> all = new ArrayList<>(confirmed);
        all.addAll(coins.unconfirmedChange(tipHeight));
        return switch (CoinSelection.select(all, order.amount(), 1, rate)) {
            case CoinSelection.Result.Selected selected -> Outcome.passed(selected);
            case CoinSelection.Result.TooManyCoins tooMany -> Outcome.refused(tooMany.violation());
            case CoinSelection.Result.Insufficient insufficient ->
                    Outcome.refused(explained(insufficient, tipHeight, coins));
        };
    }

    /** With what the wallet has beside what it can spend, and when that would do. */
    private Violation explained(CoinSelection.Result.Insufficient insufficient, int tipHeight, WalletCoins coins) {
        Balance balance = coins.balance(tipHeight, parameters);
        Violation violation = insufficient.violation()
                .with("spendableCrumbs", balance.spendable().crumbs())
                .with("immatureCrumbs", balance.immature().crumbs())
                .with("pendingInCrumbs", balance.pendingIn().crumbs())
                .with("pendingOutCrumbs", balance.pendingOut().crumbs())
                .with("height", tipHeight);
        if (balance.nextMaturesAtHeight().isPresent()) {
            violation = violation.with("nextMatureHeight", balance.nextMaturesAtHeight().getAsInt());
        }
        List<PlacedCoin> immature = coins.confirmed().stream()
                .filter(it -> maturesAt(it) > tipHeight)
                .sorted(Comparator.comparing(this::maturesAt))
                .toList();
        long missing = insufficient.missing().crumbs();
        for (PlacedCoin coin : immature) {
            missing -= coin.coin().amount().crumbs();
            if (missing <= 0) {
                return violation.with("enoughAtHeight", maturesAt(coin));
            }
        }
        return violation;
    }

    /** The height of the tip from which on the next cheese may spend it. */
    private int maturesAt(PlacedCoin placed) {
        return placed.coin().spendableFrom(parameters) - 1;
    }

    private Outcome<Made> build(PaymentOrder order, CoinSelection.Result.Selected selection, AddressBook book) {
        Optional<Change> change = selection.change().map(amount -> new Change(amount, book.nextChange()));
        Address changeAddress = change.map(it -> it.address().address()).orElse(order.to());
        List<TransactionOutput> receivers = List.of(new TransactionOutput(order.amount(), order.to()));
        return builder.build(selection, receivers, changeAddress, book::key)
                .then((CheckedTransaction checked) -> Outcome.passed(
                        new Made(checked.payment(), selection.fee(), change)));
    }
}
