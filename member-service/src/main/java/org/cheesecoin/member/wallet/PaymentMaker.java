package org.cheesecoin.member.wallet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.FeeRate;
import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.TransactionOutput;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.consensus.NetworkParameters;
import org.cheesecoin.chain.consensus.PlacedCoin;
import org.cheesecoin.chain.crypto.SignatureScheme;
import org.cheesecoin.chain.mempool.MempoolLimits;
import org.cheesecoin.chain.wallet.Balance;
import org.cheesecoin.chain.wallet.CoinSelection;
import org.cheesecoin.chain.wallet.FeePolicy;
import org.cheesecoin.chain.wallet.PaymentBuilder;
import org.cheesecoin.chain.wallet.WalletAddress;

/** Makes a payment of what a wallet has. Of the books it changes only which address of change is next. */
final class PaymentMaker {

    /** How often coins are chosen anew where the mempool would not take the choice. */
    private static final int MAX_CHOICES = 5;

    private final PaymentBuilder builder;
    private final NetworkParameters parameters;

    PaymentMaker(Network network, SignatureScheme signatures) {
        this.builder = new PaymentBuilder(signatures, network.id());
        this.parameters = network.parameters();
    }

    /** A payment that only waits to be handed in. */
    record Made(Payment payment, MadePayment summary) {}

    /**
     * What there is to pay with.
     *
     * @param books of the wallet
     * @param tipHeight the stack's
     * @param objection what the mempool has against a payment
     */
    record Purse(WalletBooks books, int tipHeight, Function<Payment, Optional<Violation>> objection) {

        Balance balance(NetworkParameters parameters) {
            return books.coins().balance(tipHeight, parameters);
        }
    }

    /** One address of change for all tries, taken from the book when the first of them has change. */
    private static final class ChangeAddress {

        private final WalletBooks books;
        private Optional<WalletAddress> taken = Optional.empty();

        ChangeAddress(WalletBooks books) {
            this.books = books;
        }

        Address get() {
            WalletAddress address = taken.orElseGet(books::takeChangeAddress);
            taken = Optional.of(address);
            return address.address();
        }
    }

    /**
     * Makes it. Where the mempool would refuse the coins because too many payments wait on one another, it chooses
     * others.
     *
     * @return WLT-DUST, WLT-FEE, WLT-COINS, WLT-FUNDS or the mempool's rule if it cannot be; WLT-FUNDS with what there
     *     is and when it matures
     */
    Outcome<Made> make(PaymentOrder order, FeeRate rate, Purse purse) {
        Optional<Violation> dust = order instanceof PaymentOrder.Pay pay ? dust(pay.receivers()) : Optional.empty();
        if (dust.isPresent()) {
            return Outcome.refused(dust.get());
        }
        return FeePolicy.checked(rate).then(checked -> choose(order, checked, purse));
    }

    private Outcome<Made> choose(PaymentOrder order, FeeRate rate, Purse purse) {
        TreeSet<OutPoint> avoided = new TreeSet<>();
        ChangeAddress change = new ChangeAddress(purse.books());
        Optional<Violation> first = Optional.empty();
        for (int choice = 0; choice < MAX_CHOICES; choice++) {
            Outcome<CoinSelection.Result.Selected> selection = select(order, rate, purse, avoided);
            Outcome<Made> made = selection.then(it -> {
                List<TransactionOutput> receivers = receivers(order, it);
                // What is left for the one who gets all is known only now.
                return dust(receivers).<Outcome<Made>>map(Outcome::refused)
                        .orElseGet(() -> build(receivers, it, purse, change));
            });
            Optional<Violation> objection = switch (made) {
                case Outcome.Passed<Made>(Made payment) -> purse.objection().apply(payment.payment());
                case Outcome.Refused<Made>(Violation violation) -> Optional.of(violation);
            };
            if (objection.isEmpty()) {
                return made;
            }
            first = first.or(() -> objection);
            List<OutPoint> unconfirmed = unconfirmed(selection, purse);
            if (!isChain(objection.get().rule()) || unconfirmed.isEmpty()) {
                break;
            }
            avoided.addAll(unconfirmed);
        }
        return Outcome.refused(first.orElseThrow());
    }

    private static boolean isChain(Rule rule) {
        return rule == Rule.POL_ANCESTORS || rule == Rule.POL_DESCENDANTS;
    }

    private static List<OutPoint> unconfirmed(Outcome<CoinSelection.Result.Selected> selection, Purse purse) {
        return switch (selection) {
            case Outcome.Refused<CoinSelection.Result.Selected> _ -> List.of();
            case Outcome.Passed<CoinSelection.Result.Selected>(var selected) -> selected.coins().stream()
                    .map(PlacedCoin::outPoint)
                    .filter(it -> purse.books().coins().coin(it).isEmpty())
                    .toList();
        };
    }

    /** WLT-DUST where a receiver would get a coin that costs as much to spend as it holds. */
    static Optional<Violation> dust(List<TransactionOutput> receivers) {
        FeeRate relay = MempoolLimits.DEFAULT.relayRate();
        long leastCrumbs = relay.feeFor(FeePolicy.SPENDING_BYTES).crumbs() + 1;
        return receivers.stream()
                .filter(it -> FeePolicy.isDust(it.amount().crumbs(), relay))
                .findFirst()
                .map(it -> Violation.of(Rule.WLT_DUST)
                        .with("amountCrumbs", it.amount().crumbs())
                        .with("leastCrumbs", leastCrumbs));
    }

    private Outcome<CoinSelection.Result.Selected> select(
            PaymentOrder order, FeeRate rate, Purse purse, TreeSet<OutPoint> avoided) {
        List<PlacedCoin> confirmed = purse.books().coins().spendable(purse.tipHeight(), parameters);
        if (order instanceof PaymentOrder.Pay
                && choice(order, rate, confirmed) instanceof CoinSelection.Result.Selected selected) {
            return Outcome.passed(selected);
        }
        List<PlacedCoin> all = new ArrayList<>(confirmed);
        purse.books().coins().unconfirmedChange(purse.tipHeight()).stream()
                .filter(it -> !avoided.contains(it.outPoint()))
                .forEach(all::add);
        return explained(choice(order, rate, all), purse);
    }

    private static CoinSelection.Result choice(PaymentOrder order, FeeRate rate, List<PlacedCoin> coins) {
        return switch (order) {
            case PaymentOrder.SendAll _ -> CoinSelection.selectAll(coins, rate);
            case PaymentOrder.Pay(List<TransactionOutput> receivers, var _) ->
                    CoinSelection.select(coins, sum(receivers), receivers.size(), rate);
        };
    }

    private static Amount sum(List<TransactionOutput> receivers) {
        return receivers.stream().map(TransactionOutput::amount).reduce(Amount.ZERO, Amount::plus);
    }

    private Outcome<CoinSelection.Result.Selected> explained(CoinSelection.Result result, Purse purse) {
        return switch (result) {
            case CoinSelection.Result.Selected selected -> Outcome.passed(selected);
            case CoinSelection.Result.TooManyCoins tooMany -> Outcome.refused(tooMany.violation());
            case CoinSelection.Result.Insufficient insufficient -> Outcome.refused(
                    Shortage.explained(insufficient, purse.balance(parameters), purse.tipHeight()));
        };
    }

    private static List<TransactionOutput> receivers(PaymentOrder order, CoinSelection.Result.Selected selected) {
        return switch (order) {
            case PaymentOrder.Pay(List<TransactionOutput> receivers, var _) -> receivers;
            case PaymentOrder.SendAll(Address to, var _) -> {
                long sum = selected.coins().stream().mapToLong(it -> it.coin().amount().crumbs()).sum();
                yield List.of(new TransactionOutput(new Amount(sum - selected.fee().crumbs()), to));
            }
        };
    }

    private Outcome<Made> build(
            List<TransactionOutput> receivers,
            CoinSelection.Result.Selected selection,
            Purse purse,
            ChangeAddress change) {
        // Without change the address is not looked at.
        Address back = selection.change().isPresent() ? change.get() : receivers.getFirst().address();
        return build(receivers, selection, purse, back);
    }

    private Outcome<Made> build(
            List<TransactionOutput> receivers, CoinSelection.Result.Selected selection, Purse purse, Address back) {
        return builder.build(selection, receivers, back, purse.books().book()::key)
                .then(checked -> Outcome.passed(new Made(checked.payment(), new MadePayment(
                        checked.payment().txid(), selection.fee(), selection.change().orElse(Amount.ZERO),
                        checked.payment().sizeBytes()))));
    }

    /**
     * Makes a payment again with a higher fee: the same coins, others where those do not cover it, the same receivers,
     * and what is left as change.
     *
     * @param original the one that it replaces
     * @param back where its change went, or a fresh address of the wallet
     * @param rate the new fee
     * @return the replacement, or what stands against it
     */
    Outcome<Made> remake(
            Payment original, List<TransactionOutput> receivers, Address back, FeeRate rate, Purse purse) {
        List<PlacedCoin> required = original.inputs().stream()
                .flatMap(it -> purse.books().coins().ownCoin(it, purse.tipHeight()).stream())
                .toList();
        List<PlacedCoin> others = purse.books().coins().spendable(purse.tipHeight(), parameters);
        return FeePolicy.checked(rate)
                .then(it -> explained(
                        CoinSelection.selectWith(required, others, sum(receivers), receivers.size(), it), purse))
                .then(selection -> build(receivers, selection, purse, back))
                .then(made -> purse.objection().apply(made.payment())
                        .<Outcome<Made>>map(Outcome::refused)
                        .orElseGet(() -> Outcome.passed(made)));
    }
}
