package org.cheesecoin.chain.wallet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.MalformedException;
import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.PaymentBody;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.cheese.Transaction;
import org.cheesecoin.chain.cheese.TransactionOutput;
import org.cheesecoin.chain.cheese.Txid;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.cheese.Witness;
import org.cheesecoin.chain.crypto.PublicKey;

/**
 * A payment in the making that several owners pass to each other. It carries the transactions that it spends, so that
 * each signer computes their ids and sees the true amounts and the true fee, whoever sent the draft (as BIP-174 does).
 * Immutable; what changes inputs or outputs drops the signatures made so far. {@link DraftSigner} signs, combines and
 * finishes.
 */
public final class PaymentDraft {

    /** Most transactions that a draft spends from. */
    public static final int MAX_SOURCES = 256;

    private static final Comparator<TransactionOutput> OUTPUT_ORDER = Comparator.comparing(TransactionOutput::amount)
            .thenComparing(TransactionOutput::address);

    private final Smell networkId;
    private final SortedMap<Txid, Transaction> sources = new TreeMap<>();
    private final SortedMap<OutPoint, TransactionOutput> inputs = new TreeMap<>();
    private final List<TransactionOutput> outputs;
    private final SortedMap<PublicKey, Witness> witnesses = new TreeMap<>();

    /** Puts everything in order and checks what can be seen in the draft. */
    private PaymentDraft(
            Smell networkId,
            SortedMap<Txid, Transaction> known,
            List<OutPoint> spent,
            List<TransactionOutput> outputs,
            List<Witness> signed) {
        this.networkId = networkId;
        this.outputs = outputs.stream().sorted(OUTPUT_ORDER).toList();
        for (OutPoint outPoint : spent) {
            Transaction source = known.get(outPoint.txid());
            if (source == null || outPoint.index() >= source.outputs().size()) {
                throw new MalformedException(Violation.of(Rule.WLT_DRAFT_INPUT).with("input", outPoint));
            }
            sources.put(outPoint.txid(), source);
            if (inputs.put(outPoint, source.outputs().get(outPoint.index())) != null) {
                throw new MalformedException(
                        Violation.of(Rule.TRX_INPUT_DUPLICATE).with("input", outPoint));
            }
        }
        requireAtMost("sources", sources.size(), MAX_SOURCES);
        requireAtMost("inputs", inputs.size(), PaymentBody.MAX_INPUTS);
        requireAtMost("outputs", outputs.size(), Transaction.MAX_OUTPUTS);
        sum(List.copyOf(inputs.values()));
        sum(outputs);
        TreeSet<Address> owners = new TreeSet<>(owners());
        for (Witness witness : signed) {
            Address signer = Address.of(witness.publicKey());
            if (!owners.contains(signer)) {
                throw new MalformedException(
                        Violation.of(Rule.TRX_WITNESS_UNUSED).with("signer", signer));
            }
            witnesses.put(witness.publicKey(), witness);
        }
    }

    /** A draft that pays these receivers and has no inputs yet. */
    public static Outcome<PaymentDraft> paying(Smell networkId, List<TransactionOutput> receivers) {
        return attempt(() -> new PaymentDraft(networkId, new TreeMap<>(), List.of(), receivers, List.of()));
    }

    /**
     * A draft as another member sent it.
     *
     * @param body what it spends and makes, in the order of drafts: inputs ascending, outputs by amount, then address
     * @param sources the transactions that it spends from; those that it does not need are left out
     * @param witnesses the signatures so far; whether they hold is for {@link DraftSigner} to see
     * @return it, or WLT-DRAFT-INPUT, ENC-VALUE where the order is another, or the rule that it breaks
     */
    public static Outcome<PaymentDraft> of(
            Smell networkId, PaymentBody body, List<Transaction> sources, List<Witness> witnesses) {
        if (sources.size() > MAX_SOURCES) {
            return Outcome.refused(limit("sources", sources.size(), MAX_SOURCES));
        }
        SortedMap<Txid, Transaction> byTxid = new TreeMap<>();
        sources.forEach(source -> byTxid.put(source.txid(), source));
        return attempt(() -> new PaymentDraft(networkId, byTxid, body.inputs(), body.outputs(), witnesses))
                .then(draft -> draft.body().then(sorted -> sorted.equals(body)
                        ? Outcome.passed(draft)
                        : Outcome.refused(Violation.of(Rule.ENC_VALUE).with("body", "is not in the order of drafts"))));
    }

    /**
     * Adds what an owner gives and, as outputs, the change that comes back. Signatures made so far are dropped.
     *
     * @param spent the transactions whose outputs are added
     * @param moreInputs the outputs to spend
     * @param moreOutputs change, or more receivers
     * @return the longer draft, or WLT-DRAFT-INPUT, or the rule that it breaks
     */
    public Outcome<PaymentDraft> adding(
            List<Transaction> spent, List<OutPoint> moreInputs, List<TransactionOutput> moreOutputs) {
        TreeMap<Txid, Transaction> allSources = new TreeMap<>(sources);
        spent.forEach(source -> allSources.put(source.txid(), source));
        List<OutPoint> allInputs = new ArrayList<>(inputs.keySet());
        allInputs.addAll(moreInputs);
        List<TransactionOutput> allOutputs = new ArrayList<>(outputs);
        allOutputs.addAll(moreOutputs);
        return attempt(() -> new PaymentDraft(networkId, allSources, allInputs, allOutputs, List.of()));
    }

    /** The same draft with these witnesses too; whether they hold is for {@link DraftSigner} to see. */
    Outcome<PaymentDraft> withWitnesses(List<Witness> more) {
        List<Witness> all = new ArrayList<>(witnesses.values());
        all.addAll(more);
        return attempt(() -> new PaymentDraft(networkId, sources, List.copyOf(inputs.keySet()), outputs, all));
    }

    /** The network it is meant for. */
    public Smell networkId() {
        return networkId;
    }

    /** The transactions that it spends from, by their names, none unused. */
    public List<Transaction> sources() {
        return List.copyOf(sources.values());
    }

    /** What it spends, each with the amount and the owner that its transaction shows. */
    public SortedMap<OutPoint, TransactionOutput> inputs() {
        return new TreeMap<>(inputs);
    }

    /** What it makes. */
    public List<TransactionOutput> outputs() {
        return outputs;
    }

    /** The signatures so far. */
    public List<Witness> witnesses() {
        return List.copyOf(witnesses.values());
    }

    /** Who must sign: each owner of an input, once. */
    public List<Address> owners() {
        TreeSet<Address> owners = new TreeSet<>();
        inputs.values().forEach(input -> owners.add(input.address()));
        return List.copyOf(owners);
    }

    /** Who has not signed yet. */
    public List<Address> unsigned() {
        TreeSet<Address> owners = new TreeSet<>(owners());
        witnesses.keySet().forEach(key -> owners.remove(Address.of(key)));
        return List.copyOf(owners);
    }

    /** What is signed, or TRX-INPUTS-EMPTY or TRX-OUTPUTS-EMPTY while something is missing. */
    public Outcome<PaymentBody> body() {
        return attempt(() -> new PaymentBody(List.copyOf(inputs.keySet()), outputs));
    }

    /** What the miner gets, from the amounts of the transactions it carries; TRX-UNDERFUNDED if there is too little. */
    public Outcome<Amount> fee() {
        Amount in = sum(List.copyOf(inputs.values()));
        Amount out = sum(outputs);
        return in.compareTo(out) < 0
                ? Outcome.refused(Violation.of(Rule.TRX_UNDERFUNDED)
                        .with("inputCrumbs", in.crumbs())
                        .with("outputCrumbs", out.crumbs()))
                : Outcome.passed(in.minus(out));
    }

    /** Length of the payment when everybody has signed, in bytes. */
    public int paymentSizeBytes() {
        return Payment.sizeBytes(inputs.size(), outputs.size(), owners().size());
    }

    private static void requireAtMost(String list, int count, int limit) {
        if (count > limit) {
            throw new MalformedException(limit(list, count, limit));
        }
    }

    private static Violation limit(String list, int count, int limit) {
        return Violation.of(Rule.ENC_LIMIT)
                .with("list", list)
                .with("count", count)
                .with("limit", limit);
    }

    private static Amount sum(List<TransactionOutput> parts) {
        Amount sum = Amount.ZERO;
        for (TransactionOutput part : parts) {
            sum = sum.plus(part.amount());
        }
        return sum;
    }

    private static <T> Outcome<T> attempt(Supplier<T> make) {
        try {
            return Outcome.passed(make.get());
        } catch (MalformedException e) {
            return Outcome.refused(e.violation());
        }
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof PaymentDraft other
                && networkId.equals(other.networkId)
                && inputs.equals(other.inputs)
                && outputs.equals(other.outputs)
                && witnesses.equals(other.witnesses);
    }

    @Override
    public int hashCode() {
        return Objects.hash(networkId, inputs, outputs, witnesses);
    }

    @Override
    public String toString() {
        return "PaymentDraft[" + inputs.size() + " inputs, " + outputs.size() + " outputs, " + witnesses.size() + " of "
                + owners().size() + " signatures]";
    }
}
