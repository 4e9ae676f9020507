package org.cheesecoin.chain.consensus;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.PaymentBody;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.cheese.Transaction;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.cheese.Witness;
import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.crypto.PublicKey;
import org.cheesecoin.chain.crypto.SignatureScheme;

/** The rules for payments, apart from those that their constructors already keep. */
public final class TransactionRules {

    private TransactionRules() {}

    /**
     * A payment's inputs as found, and what it leaves to the miner.
     *
     * @param spent its coins, in the order of its inputs
     * @param fee inputs less outputs
     */
    public record Funding(List<PlacedCoin> spent, Amount fee) {

        public Funding {
            spent = List.copyOf(spent);
        }
    }

    /** All that can be seen without a look-up. */
    public static Outcome<CheckedTransaction> standAlone(
            Transaction transaction, Smell networkId, SignatureScheme signatures) {
        // TRX-COINBASE-LOOSE: a coinbase stands in a cheese only.
        if (!(transaction instanceof Payment payment)) {
            return Outcome.refused(Violation.of(Rule.TRX_COINBASE_LOOSE).with("txid", transaction.txid()));
        }
        // TRX-SIZE: a transaction fits into a cheese, beside the header and the smallest coinbase.
        if (payment.sizeBytes() > Cheese.MAX_PAYMENTS_BYTES) {
            return Outcome.refused(Violation.of(Rule.TRX_SIZE).with("sizeBytes", payment.sizeBytes()));
        }
        Hash256 digest = PaymentBody.digest(networkId, payment.txid());
        for (Witness witness : payment.witnesses()) {
            // TRX-SIGNATURE-LOW-S: a signature's s is at most half the group order.
            if (!witness.signature().hasLowS()) {
                return refused(Rule.TRX_SIGNATURE_LOW_S, payment, witness);
            }
            // TRX-SIGNATURE: each signature is its key's for this transaction on this network.
            if (!signatures.verify(witness.publicKey(), digest, witness.signature())) {
                return refused(Rule.TRX_SIGNATURE, payment, witness);
            }
        }
        return Outcome.passed(new CheckedTransaction(payment, networkId));
    }

    /**
     * All that needs the coins.
     *
     * @param height of the cheese that it stands in, or would stand in next
     */
    public static Outcome<Funding> inContext(
            CheckedTransaction transaction, CoinView coins, int height, NetworkParameters parameters) {
        Payment payment = transaction.payment();
        List<PlacedCoin> spent = new ArrayList<>(payment.inputs().size());
        Amount sum = Amount.ZERO;
        for (OutPoint input : payment.inputs()) {
            // TRX-INPUT-UNKNOWN: every input names an output that exists and is not spent.
            Optional<Coin> found = coins.coin(input);
            if (found.isEmpty()) {
                return Outcome.refused(on(Rule.TRX_INPUT_UNKNOWN, payment).with("input", input));
            }
            Coin coin = found.get();
            // TRX-INPUT-IMMATURE: a coinbase is spendable as many cheeses after its own as its network says.
            if (coin.spendableFrom(parameters) > height) {
                return Outcome.refused(on(Rule.TRX_INPUT_IMMATURE, payment)
                        .with("input", input)
                        .with("coinbaseMaturity", parameters.coinbaseMaturity())
                        .with("spendableFromHeight", coin.spendableFrom(parameters))
                        .with("height", height));
            }
            // TRX-INPUT-SPENT: coins of more than all money are not unspent together, as where a view of a mempool
            // holds a coin beside the one that it was spent into.
            if (coin.amount().crumbs() > Amount.MAX_CRUMBS - sum.crumbs()) {
                return Outcome.refused(on(Rule.TRX_INPUT_SPENT, payment).with("input", input));
            }
            spent.add(new PlacedCoin(input, coin));
            sum = sum.plus(coin.amount());
        }
        Amount inputSum = sum;
        return ownersSigned(payment, transaction.signers(), spent)
                .<Outcome<Funding>>map(Outcome::refused)
                .orElseGet(() -> funded(payment, spent, inputSum));
    }

    private static Outcome<Funding> funded(Payment payment, List<PlacedCoin> spent, Amount inputSum) {
        // TRX-UNDERFUNDED: the outputs are at most the inputs.
        Amount outputSum = payment.outputSum();
        if (outputSum.compareTo(inputSum) > 0) {
            return Outcome.refused(on(Rule.TRX_UNDERFUNDED, payment)
                    .with("inputCrumbs", inputSum.crumbs())
                    .with("outputCrumbs", outputSum.crumbs()));
        }
        return Outcome.passed(new Funding(spent, inputSum.minus(outputSum)));
    }

    /**
     * Whether the witnesses are those of the coins' owners, before anybody pays for their signatures: TRX-WITNESS-MISSING
     * or TRX-WITNESS-UNUSED. Without this look a stranger could have a thousand signatures of his own checked for each
     * payment that spends others' coins.
     *
     * @param coins those that the payment spends, in the order of its inputs
     */
    public static Optional<Violation> ownersSigned(Payment payment, List<PlacedCoin> coins) {
        List<Address> signers = payment.witnesses().stream()
                .map(witness -> Address.of(witness.publicKey()))
                .toList();
        return ownersSigned(payment, signers, coins);
    }

    /**
     * As {@link #ownersSigned(Payment, List)} where the coins are gone or need not be looked up, since the same payment is
     * known already. No key is hashed but the one that is named, however many there are.
     *
     * @param copy the same payment, with witnesses that anybody may have given it
     * @param known the payment whose witnesses are known to be its owners'
     */
    public static Optional<Violation> sameOwnersSigned(Payment copy, Payment known) {
        Set<PublicKey> signed = keys(copy);
        Set<PublicKey> owners = keys(known);
        // TRX-WITNESS-MISSING: each owner of an input has a witness.
        Optional<Violation> missing = owners.stream()
                .filter(key -> !signed.contains(key))
                .findFirst()
                .map(key -> on(Rule.TRX_WITNESS_MISSING, copy).with("owner", Address.of(key)));
        // TRX-WITNESS-UNUSED: each witness is an owner's of at least one input.
        return missing.or(() -> signed.stream()
                .filter(key -> !owners.contains(key))
                .findFirst()
                .map(key -> on(Rule.TRX_WITNESS_UNUSED, copy).with("signer", Address.of(key))));
    }

    private static Set<PublicKey> keys(Payment payment) {
        Set<PublicKey> keys = LinkedHashSet.newLinkedHashSet(payment.witnesses().size());
        payment.witnesses().forEach(witness -> keys.add(witness.publicKey()));
        return keys;
    }

    private static Optional<Violation> ownersSigned(Payment payment, List<Address> signers, List<PlacedCoin> spent) {
        if (signers.size() == 1 && spent.size() == 1) {
            return spent.getFirst().coin().address().equals(signers.getFirst())
                    ? Optional.empty()
                    : Optional.of(on(Rule.TRX_WITNESS_MISSING, payment)
                            .with("owner", spent.getFirst().coin().address()));
        }
        Set<Address> signed = new HashSet<>(signers);
        Set<Address> owners = HashSet.newHashSet(spent.size());
        for (PlacedCoin placed : spent) {
            Address owner = placed.coin().address();
            owners.add(owner);
            // TRX-WITNESS-MISSING: each owner of an input has a witness.
            if (!signed.contains(owner)) {
                return Optional.of(on(Rule.TRX_WITNESS_MISSING, payment).with("owner", owner));
            }
        }
        // TRX-WITNESS-UNUSED: each witness is an owner's of at least one input.
        return signers.stream()
                .filter(signer -> !owners.contains(signer))
                .findFirst()
                .map(signer -> on(Rule.TRX_WITNESS_UNUSED, payment).with("signer", signer));
    }

    private static Violation on(Rule rule, Payment payment) {
        return Violation.of(rule).with("txid", payment.txid());
    }

    private static Outcome<CheckedTransaction> refused(Rule rule, Payment payment, Witness witness) {
        return Outcome.refused(on(rule, payment).with("publicKey", witness.publicKey()));
    }
}
