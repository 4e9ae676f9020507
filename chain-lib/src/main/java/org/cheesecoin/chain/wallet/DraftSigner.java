package org.cheesecoin.chain.wallet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.FeeRate;
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
import org.cheesecoin.chain.consensus.TransactionRules;
import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.crypto.SignatureScheme;

/** Signs drafts that keep the signer's terms, puts signatures together, and finishes. */
public final class DraftSigner {

    private final SignatureScheme signatures;
    private final Smell networkId;

    /** For one network. */
    public DraftSigner(SignatureScheme signatures, Smell networkId) {
        this.signatures = signatures;
        this.networkId = networkId;
    }

    /**
     * Signs with each own key that the draft needs.
     *
     * @param keys finds the key of an own address
     * @return the draft with the signatures; or, before anything is signed: NET-NETWORK, TRX-UNDERFUNDED, WLT-FEE if it
     *     overpays, WLT-DRAFT-COIN if it spends an own coin outside the terms or none at all, WLT-DRAFT-CHANGE if it
     *     costs the signer more than agreed
     */
    public Outcome<PaymentDraft> sign(
            PaymentDraft draft, SigningTerms terms, Function<Address, Optional<WalletKey>> keys) {
        TreeMap<Address, WalletKey> own = new TreeMap<>();
        for (Address owner : draft.owners()) {
            keys.apply(owner).filter(key -> key.address().equals(owner)).ifPresent(key -> own.put(owner, key));
        }
        Optional<Violation> objection = objection(draft, terms, own, keys);
        if (objection.isPresent()) {
            return Outcome.refused(objection.get());
        }
        return soundBody(draft).then(body -> {
            Hash256 digest = PaymentBody.digest(networkId, body.txid());
            List<Witness> made = new ArrayList<>();
            own.values()
                    .forEach(key -> made.add(new Witness(key.publicKey(), signatures.sign(key.privateKey(), digest))));
            return draft.withWitnesses(made);
        });
    }

    /**
     * Puts the signatures of two copies of a draft together.
     *
     * @return the draft with both; WLT-DRAFT-OTHER if inputs or outputs differ, TRX-SIGNATURE if one does not hold
     */
    public Outcome<PaymentDraft> combine(PaymentDraft one, PaymentDraft other) {
        return soundBody(one).then(body -> soundBody(other).then(otherBody -> {
            if (!body.equals(otherBody)) {
                return Outcome.refused(Violation.of(Rule.WLT_DRAFT_OTHER)
                        .with("txid", body.txid())
                        .with("otherTxid", otherBody.txid()));
            }
            List<Witness> all = new ArrayList<>(one.witnesses());
            all.addAll(other.witnesses());
            return firstBad(body, all)
                    .<Outcome<PaymentDraft>>map(Outcome::refused)
                    .orElseGet(() -> one.withWitnesses(other.witnesses()));
        }));
    }

    /**
     * The payment, ready for the mempool.
     *
     * @return the payment, stand-alone checked; TRX-WITNESS-MISSING while an owner has not signed, or what breaks a rule
     */
    public Outcome<CheckedTransaction> finish(PaymentDraft draft) {
        return soundBody(draft).then(body -> {
            List<Address> unsigned = draft.unsigned();
            return unsigned.isEmpty()
                    ? TransactionRules.standAlone(new Payment(body, draft.witnesses()), networkId, signatures)
                    : Outcome.refused(Violation.of(Rule.TRX_WITNESS_MISSING).with("owner", unsigned.getFirst()));
        });
    }

    /** Of this network, funded, within a relayed payment's size, and not overpaying. */
    private Outcome<PaymentBody> soundBody(PaymentDraft draft) {
        if (!draft.networkId().equals(networkId)) {
            return Outcome.refused(Violation.of(Rule.NET_NETWORK)
                    .with("draftNetwork", draft.networkId())
                    .with("ourNetwork", networkId));
        }
        int sizeBytes = draft.paymentSizeBytes();
        if (sizeBytes > FeePolicy.MAX_PAYMENT_BYTES) {
            return Outcome.refused(Violation.of(Rule.POL_SIZE).with("sizeBytes", sizeBytes));
        }
        return draft.body().then(body -> draft.fee()
                .then(fee -> FeePolicy.checked(new FeeRate(fee.crumbs(), sizeBytes)))
                .then(rate -> Outcome.passed(body)));
    }

    private static Optional<Violation> objection(
            PaymentDraft draft,
            SigningTerms terms,
            Map<Address, WalletKey> own,
            Function<Address, Optional<WalletKey>> keys) {
        TreeSet<OutPoint> agreed = new TreeSet<>(terms.coins());
        Amount given = Amount.ZERO;
        for (Map.Entry<OutPoint, TransactionOutput> input : draft.inputs().entrySet()) {
            if (own.containsKey(input.getValue().address())) {
                if (!agreed.contains(input.getKey())) {
                    return Optional.of(Violation.of(Rule.WLT_DRAFT_COIN)
                            .with("coin", input.getKey())
                            .with("amountCrumbs", input.getValue().amount().crumbs()));
                }
                given = given.plus(input.getValue().amount());
            }
        }
        if (own.isEmpty()) {
            return Optional.of(Violation.of(Rule.WLT_DRAFT_COIN).with("reason", "it spends no coin of this wallet"));
        }
        Amount back = Amount.ZERO;
        for (TransactionOutput output : draft.outputs()) {
            if (keys.apply(output.address()).isPresent()) {
                back = back.plus(output.amount());
            }
        }
        long costCrumbs = given.crumbs() - back.crumbs();
        return costCrumbs > terms.mostCost().crumbs()
                ? Optional.of(Violation.of(Rule.WLT_DRAFT_CHANGE)
                        .with("costCrumbs", costCrumbs)
                        .with("agreedCrumbs", terms.mostCost().crumbs()))
                : Optional.empty();
    }

    private Optional<Violation> firstBad(PaymentBody body, List<Witness> witnesses) {
        Hash256 digest = PaymentBody.digest(networkId, body.txid());
        return witnesses.stream()
                .filter(witness -> !signatures.verify(witness.publicKey(), digest, witness.signature()))
                .findFirst()
                .map(witness -> Violation.of(Rule.TRX_SIGNATURE).with("publicKey", witness.publicKey()));
    }
}
