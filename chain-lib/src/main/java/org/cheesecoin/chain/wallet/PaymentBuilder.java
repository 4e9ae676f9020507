package org.cheesecoin.chain.wallet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.FeeRate;
import org.cheesecoin.chain.cheese.MalformedException;
import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.PaymentBody;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.cheese.TransactionOutput;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.cheese.Witness;
import org.cheesecoin.chain.consensus.CheckedTransaction;
import org.cheesecoin.chain.consensus.PlacedCoin;
import org.cheesecoin.chain.consensus.TransactionRules;
import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.crypto.PublicKey;
import org.cheesecoin.chain.crypto.SignatureScheme;

/**
 * Builds and signs payments. What it built it checks as if a stranger had sent it, so that a fault of the wallet or of
 * the hardware never gives money away.
 */
public final class PaymentBuilder {

    private static final Comparator<TransactionOutput> BY_AMOUNT_THEN_ADDRESS = Comparator
            .comparing(TransactionOutput::amount).thenComparing(TransactionOutput::address);

    private final SignatureScheme signatures;
    private final Smell networkId;

    /** For one network. */
    public PaymentBuilder(SignatureScheme signatures, Smell networkId) {
        this.signatures = signatures;
        this.networkId = networkId;
    }

    /**
     * Builds and signs. Inputs and outputs are sorted (BIP-69), so that their order does not tell which is the change.
     *
     * @param selection as {@link CoinSelection} chose it for these receivers
     * @param receivers who is paid
     * @param change a fresh own address; used only if the selection has change
     * @param keys finds the key of an own address
     * @return the payment, stand-alone checked; WLT-KEY if a key is not there, WLT-FEE if the fee is above {@link
     *     FeePolicy#MAX_RATE}, or the rule that the receivers break
     * @throws IllegalArgumentException if coins are not the sum of receivers, fee and change, a bug of the caller
     */
    public Outcome<CheckedTransaction> build(
            CoinSelection.Result.Selected selection,
            List<TransactionOutput> receivers,
            Address change,
            Function<Address, Optional<WalletKey>> keys) {
        List<TransactionOutput> outputs = new ArrayList<>(receivers);
        selection.change().ifPresent(amount -> outputs.add(new TransactionOutput(amount, change)));
        outputs.sort(BY_AMOUNT_THEN_ADDRESS);
        List<OutPoint> inputs = selection.coins().stream().map(PlacedCoin::outPoint).sorted().toList();
        requireBalanced(selection, outputs);
        try {
            return sign(new PaymentBody(inputs, outputs), selection.coins(), keys)
                    .then(payment -> checked(payment, selection.fee()));
        } catch (MalformedException e) {
            return Outcome.refused(e.violation());
        }
    }

    private Outcome<Payment> sign(
            PaymentBody body, List<PlacedCoin> coins, Function<Address, Optional<WalletKey>> keys) {
        Hash256 digest = PaymentBody.digest(networkId, body.txid());
        TreeMap<PublicKey, Witness> witnesses = new TreeMap<>();
        for (PlacedCoin placed : coins) {
            Address owner = placed.coin().address();
            Optional<WalletKey> key = keys.apply(owner).filter(it -> it.address().equals(owner));
            if (key.isEmpty()) {
                return Outcome.refused(Violation.of(Rule.WLT_KEY).with("address", owner));
            }
            witnesses.computeIfAbsent(
                    key.get().publicKey(),
                    publicKey -> new Witness(publicKey, signatures.sign(key.get().privateKey(), digest)));
        }
        return Outcome.passed(new Payment(body, List.copyOf(witnesses.values())));
    }

    private Outcome<CheckedTransaction> checked(Payment payment, Amount fee) {
        FeeRate rate = new FeeRate(fee.crumbs(), payment.sizeBytes());
        return FeePolicy.checked(rate).then(paid -> TransactionRules.standAlone(payment, networkId, signatures));
    }

    private static void requireBalanced(CoinSelection.Result.Selected selection, List<TransactionOutput> outputs) {
        long in = selection.coins().stream()
                .mapToLong(placed -> placed.coin().amount().crumbs())
                .sum();
        long out = outputs.stream().mapToLong(output -> output.amount().crumbs()).sum();
        if (in != out + selection.fee().crumbs()) {
            throw new IllegalArgumentException("inputs of " + in + " crumbs are not outputs of " + out
                    + " and a fee of " + selection.fee().crumbs());
        }
    }
}
