package org.cheesecoin.chain.wallet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.ByteReader;
import org.cheesecoin.chain.cheese.ByteWriter;
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
import org.cheesecoin.chain.crypto.Signature;

/**
 * A payment in the making that several owners pass to each other. It carries the transactions that it spends, so that
 * each signer computes their ids and sees the true amounts and the true fee, whoever sent the draft (as BIP-174 does).
 * Immutable; what changes inputs or outputs drops the signatures made so far. {@link DraftSigner} signs, combines and
 * finishes.
 *
 * <p>Encoding: version 1 (1 byte), network id (32), count and sources (2, each as encoded, ascending by txid, none
 * unused), count and inputs (2, each source number 2 and output index 4), count and outputs (2, each as in a payment,
 * ascending by amount, then address), count and witnesses (2, each as in a payment).
 */
public final class PaymentDraft {

    /** Most bytes of an encoded draft. */
    public static final int MAX_BYTES = 2_000_000;

    /** Most transactions that a draft spends from. */
    public static final int MAX_SOURCES = 256;

    private static final int VERSION = 1;
    private static final int INPUT_BYTES = 6;
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

    /** The canonical encoding, in a new array. */
    public byte[] toBytes() {
        ByteWriter writer = new ByteWriter(1_000);
        writer.u8(VERSION).hash(networkId.hash()).u16(sources.size());
        sources.values().forEach(source -> source.write(writer));
        List<Txid> order = List.copyOf(sources.keySet());
        writer.u16(inputs.size());
        int source = 0;
        for (OutPoint input : inputs.keySet()) {
            // Both go up together, since out-points are ordered by their transaction first.
            while (!order.get(source).equals(input.txid())) {
                source++;
            }
            writer.u16(source).u32(input.index());
        }
        writer.u16(outputs.size());
        for (TransactionOutput output : outputs) {
            writer.u64(output.amount().crumbs());
            output.address().write(writer);
        }
        writer.u16(witnesses.size());
        for (Witness witness : witnesses.values()) {
            writer.raw(witness.publicKey().toBytes()).raw(witness.signature().toBytes());
        }
        return writer.toBytes();
    }

    /** Decodes what another member sent; only the canonical encoding passes. */
    public static Outcome<PaymentDraft> decode(byte[] encoded) {
        if (encoded.length > MAX_BYTES) {
            return Outcome.refused(Violation.of(Rule.ENC_LIMIT)
                    .with("draftBytes", encoded.length)
                    .with("limit", MAX_BYTES));
        }
        return ByteReader.decode(encoded, PaymentDraft::read)
                .then(draft -> Arrays.equals(encoded, draft.toBytes())
                        ? Outcome.passed(draft)
                        : Outcome.refused(Violation.of(Rule.ENC_VALUE).with("draft", "is not in canonical order")));
    }

    private static PaymentDraft read(ByteReader reader) {
        int version = reader.u8();
        if (version != VERSION) {
            throw new MalformedException(Violation.of(Rule.ENC_VERSION).with("draftVersion", version));
        }
        Smell networkId = new Smell(reader.hash());
        // The shortest transaction is a coinbase with neither text nor outputs: nine bytes.
        List<Transaction> sources = reader.list(reader.count("sources", reader.u16(), MAX_SOURCES, 9),
                Transaction::read);
        TreeMap<Txid, Transaction> byTxid = new TreeMap<>();
        sources.forEach(source -> byTxid.put(source.txid(), source));
        int inputCount = reader.count("inputs", reader.u16(), PaymentBody.MAX_INPUTS, INPUT_BYTES);
        List<OutPoint> inputs = reader.list(inputCount, it -> readInput(it, sources));
        int outputCount = reader.count("outputs", reader.u16(), Transaction.MAX_OUTPUTS, TransactionOutput.BYTES);
        List<TransactionOutput> outputs = reader.list(outputCount,
                it -> new TransactionOutput(new Amount(it.u64()), Address.read(it)));
        int witnessCount = reader.count("witnesses", reader.u16(), Payment.MAX_WITNESSES, Witness.BYTES);
        List<Witness> witnesses = reader.list(witnessCount, PaymentDraft::readWitness);
        return new PaymentDraft(networkId, byTxid, inputs, outputs, witnesses);
    }

    private static OutPoint readInput(ByteReader reader, List<Transaction> sources) {
        int source = reader.u16();
        int index = reader.u31("index");
        if (source >= sources.size()) {
            throw new MalformedException(Violation.of(Rule.WLT_DRAFT_INPUT).with("source", source));
        }
        return sources.get(source).outPoint(index);
    }

    private static Witness readWitness(ByteReader reader) {
        byte[] key = reader.raw(PublicKey.BYTES);
        if (key[0] != 2 && key[0] != 3) {
            throw new MalformedException(Violation.of(Rule.TRX_PUBLIC_KEY).with("firstByte", key[0]));
        }
        return new Witness(PublicKey.of(key), Signature.of(reader.raw(Signature.BYTES)));
    }

    private static void requireAtMost(String list, int count, int limit) {
        if (count > limit) {
            throw new MalformedException(Violation.of(Rule.ENC_LIMIT)
                    .with("list", list)
                    .with("count", count)
                    .with("limit", limit));
        }
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
        return object instanceof PaymentDraft other && Arrays.equals(toBytes(), other.toBytes());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(toBytes());
    }

    @Override
    public String toString() {
        return "PaymentDraft[" + inputs.size() + " inputs, " + outputs.size() + " outputs, " + witnesses.size() + " of "
                + owners().size() + " signatures]";
    }
}
