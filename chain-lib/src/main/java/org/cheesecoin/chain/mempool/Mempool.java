package org.cheesecoin.chain.mempool;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.Consumer;

import org.cheesecoin.chain.cheese.FeeRate;
import org.cheesecoin.chain.cheese.FullId;
import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Transaction;
import org.cheesecoin.chain.cheese.Txid;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.consensus.CheckedTransaction;
import org.cheesecoin.chain.consensus.Coin;
import org.cheesecoin.chain.consensus.CoinView;
import org.cheesecoin.chain.consensus.Moment;
import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.consensus.PlacedCoin;
import org.cheesecoin.chain.consensus.StackedHeader;
import org.cheesecoin.chain.consensus.TransactionRules;
import org.cheesecoin.chain.mempool.AdmissionRules.Setting;
import org.cheesecoin.chain.mempool.AdmissionRules.Terms;
import org.cheesecoin.chain.mempool.AdmissionRules.Verdict;
import org.cheesecoin.chain.mempool.MempoolStep.Reason;
import org.cheesecoin.chain.stack.StackStep;

/**
 * The payments that wait for a cheese. Not safe for several threads: its owner is the loop. Every change goes to the
 * sink in the order in which it happens.
 *
 * <p>After each step of the stack call {@link #connected} or {@link #disconnected}, and after the last step of one
 * change of the tip {@link #readmit}; only then is it consistent with the stack again.
 *
 * <p>A time {@code nowMillis} is of the steady clock: nothing here lasts longer or shorter because a clock was set.
 */
public final class Mempool {

    private final Network network;
    private final MempoolLimits limits;
    private final EntryGraph graph = new EntryGraph();
    private final SpentLately spent;
    private final AdmissionRules rules;
    private final MinimumRate minimumRate;
    private final Orphans orphans;
    private final Comeback comeback;
    private long nextSequence;

    /** An empty one. */
    public Mempool(Network network, MempoolLimits limits) {
        this.network = network;
        this.limits = limits;
        this.spent = new SpentLately(limits.spentRemembered());
        this.rules = new AdmissionRules(graph, spent, limits, network.parameters());
        this.minimumRate = new MinimumRate(limits.relayRate(), limits.minimumHalfLifeMillis());
        this.orphans = new Orphans(limits.orphans(), limits.orphanBytes(), limits.orphanMillis());
        this.comeback = new Comeback(limits.memoryBytes());
    }

    /**
     * What can be said before anybody pays for its signatures: all rules but that each signature is its key's.
     *
     * @param confirmedCoins the coins as they are after the tip
     * @param nextHeight the height of the cheese that could hold it
     */
    public Precheck precheck(Payment payment, CoinView confirmedCoins, int nextHeight, long nowMillis) {
        FeeRate minimum = minimumRate.now(nowMillis);
        return switch (rules.judge(payment, new Setting(confirmedCoins, nextHeight, minimum, Terms.OFFERED))) {
            case Verdict.Fits(var coins, var _, var _, var _) -> TransactionRules.ownersSigned(payment, placed(coins))
                    .<Precheck>map(Precheck.Refused::new)
                    .orElseGet(Precheck.Wanted::new);
            case Verdict.Breaks(Violation violation) -> new Precheck.Refused(violation);
            case Verdict.Lacks(List<OutPoint> missing) -> new Precheck.MissingInputs(missing);
        };
    }

    /**
     * Takes a payment in if every rule allows it.
     *
     * @param confirmedCoins the coins as they are after the tip
     * @param nextHeight the height of the cheese that could hold it
     */
    public Admission admit(
            CheckedTransaction transaction,
            CoinView confirmedCoins,
            int nextHeight,
            Moment now,
            Consumer<MempoolStep> sink) {
        FeeRate minimum = minimumRate.now(now.steadyMillis());
        Setting setting = new Setting(confirmedCoins, nextHeight, minimum, Terms.OFFERED);
        return switch (rules.judge(transaction.payment(), setting)) {
            case Verdict.Breaks(Violation violation) -> new Admission.Refused(violation);
            case Verdict.Lacks(List<OutPoint> missing) -> new Admission.MissingInputs(missing);
            case Verdict.Fits fits -> witnessesBroken(transaction, fits, nextHeight)
                    .<Admission>map(Admission.Refused::new)
                    .orElseGet(() -> takeIn(transaction, fits, now, sink));
        };
    }

    private static List<PlacedCoin> placed(Map<OutPoint, Coin> coins) {
        return coins.entrySet().stream().map(coin -> new PlacedCoin(coin.getKey(), coin.getValue())).toList();
    }

    private Optional<Violation> witnessesBroken(CheckedTransaction transaction, Verdict.Fits fits, int nextHeight) {
        CoinView found = outPoint -> Optional.ofNullable(fits.coins().get(outPoint));
        return switch (TransactionRules.inContext(transaction, found, nextHeight, network.parameters())) {
            case Outcome.Passed<TransactionRules.Funding> _ -> Optional.empty();
            case Outcome.Refused<TransactionRules.Funding>(Violation violation) -> Optional.of(violation);
        };
    }

    private Admission takeIn(
            CheckedTransaction transaction, Verdict.Fits fits, Moment now, Consumer<MempoolStep> sink) {
        List<MempoolEntry> replaced = graph.removeWithDescendants(fits.replaced());
        MempoolEntry entry = newEntry(transaction, fits, now);
        graph.insert(entry);
        List<MempoolEntry> evicted = trim(now.steadyMillis());
        if (evicted.contains(entry)) {
            // It pays less than what would have to go for it: everything is put back.
            List<MempoolEntry> back = new ArrayList<>(replaced);
            back.addAll(evicted);
            back.remove(entry);
            EntryGraph.sorted(back).forEach(graph::insert);
            // POL-MEMPOOL-FULL: a full mempool takes only what pays more than what it would evict.
            return new Admission.Refused(Violation.of(Rule.POL_MEMPOOL_FULL)
                    .with("txid", entry.txid())
                    .with("feeCrumbs", entry.fee().crumbs())
                    .with("neededCrumbs",
                            minimumRate.now(now.steadyMillis()).feeFor(entry.sizeBytes()).crumbs()));
        }
        tell(replaced, Reason.REPLACED, Optional.of(entry.txid()), sink);
        tell(evicted, Reason.EVICTED, sink);
        sink.accept(new MempoolStep.Admitted(entry.payment(), entry.fee(), now.clockMillis()));
        List<MempoolEntry> removed = new ArrayList<>(replaced);
        removed.addAll(evicted);
        return new Admission.Admitted(entry, removed);
    }

    private MempoolEntry newEntry(CheckedTransaction transaction, Verdict.Fits fits, Moment arrived) {
        return new MempoolEntry(transaction, fits.fee(), arrived, nextSequence++, fits.spendableFromHeight());
    }

    /** Evicts the worst with what builds on them until the rest fits. */
    private List<MempoolEntry> trim(long nowMillis) {
        List<MempoolEntry> evicted = new ArrayList<>();
        while (graph.memoryBytes() > limits.memoryBytes()) {
            MempoolEntry worst = graph.evictionOrder().first();
            minimumRate.evicted(worst.evictionRate(), nowMillis);
            evicted.addAll(graph.removeWithDescendants(List.of(worst)));
        }
        return evicted;
    }

    private static void tell(Collection<MempoolEntry> removed, Reason reason, Consumer<MempoolStep> sink) {
        tell(removed, reason, Optional.empty(), sink);
    }

    private static void tell(
            Collection<MempoolEntry> removed, Reason reason, Optional<Txid> rival, Consumer<MempoolStep> sink) {
        removed.forEach(entry -> sink.accept(new MempoolStep.Removed(entry.payment(), reason, rival)));
    }

    /** A cheese came onto the best branch: what it confirms waits no more, nor what it makes impossible. */
    public void connected(StackStep.Connected step, Consumer<MempoolStep> sink) {
        spent.connected(step.cheese());
        step.cheese().transactions().forEach(transaction -> {
            orphans.parentCame(transaction.txid());
            if (transaction instanceof Payment payment) {
                comeback.confirmed(payment.txid())
                        .ifPresent(entry -> tell(List.of(entry), Reason.CONFIRMED, sink));
                confirm(payment, sink);
            }
        });
    }

    private void confirm(Payment payment, Consumer<MempoolStep> sink) {
        Optional<MempoolEntry> same = graph.byTxid(payment.txid());
        if (same.isPresent()) {
            graph.remove(same.get());
            tell(List.of(same.get()), Reason.CONFIRMED, sink);
            return;
        }
        SequencedSet<MempoolEntry> conflicts = new LinkedHashSet<>();
        payment.inputs().forEach(input -> graph.spender(input).ifPresent(conflicts::add));
        tell(graph.removeWithDescendants(conflicts), Reason.CONFLICTED, Optional.of(payment.txid()), sink);
    }

    /** A cheese left the best branch: its payments come back with {@link #readmit}. */
    public void disconnected(StackStep.Disconnected step, Consumer<MempoolStep> sink) {
        spent.disconnected(step.cheese());
        comeback.disconnected(step.cheese());
        SequencedSet<MempoolEntry> touched = new LinkedHashSet<>();
        for (Transaction transaction : step.cheese().transactions()) {
            for (int index = 0; index < transaction.outputs().size(); index++) {
                graph.spender(transaction.outPoint(index)).ifPresent(touched::add);
            }
        }
        comeback.setAside(graph.removeWithDescendants(touched));
    }

    /**
     * After the last step of a change of the tip: takes back what stood in cheeses that lost, in the order of the
     * stack, and then looks again at what waits here and spends what is gone or not mature any more. What comes back
     * is not held to the relay fee, for its receivers have seen it confirmed.
     */
    public void readmit(CoinView confirmedCoins, int nextHeight, Moment now, Consumer<MempoolStep> sink) {
        if (!comeback.isPending()) {
            return;
        }
        List<MempoolEntry> immature = graph.maturityOrder().stream()
                .takeWhile(entry -> entry.spendableFromHeight() > nextHeight)
                .toList();
        tell(graph.removeWithDescendants(immature), Reason.INVALID, sink);
        Setting setting = new Setting(confirmedCoins, nextHeight, limits.relayRate(), Terms.COMES_BACK);
        for (Payment payment : comeback.takePayments()) {
            comeBack(CheckedTransaction.trusted(payment, network.id()), setting, now)
                    .ifPresent(entry -> sink.accept(
                            new MempoolStep.Admitted(payment, entry.fee(), now.clockMillis())));
        }
        for (MempoolEntry entry : comeback.takeAside()) {
            if (comeBack(entry.transaction(), setting, entry.arrived()).isEmpty()) {
                tell(List.of(entry), Reason.INVALID, sink);
            }
        }
        tell(trim(now.steadyMillis()), Reason.EVICTED, sink);
    }

    private Optional<MempoolEntry> comeBack(CheckedTransaction transaction, Setting setting, Moment arrived) {
        if (!(rules.judge(transaction.payment(), setting) instanceof Verdict.Fits fits)
                || !fits.replaced().isEmpty()
                || witnessesBroken(transaction, fits, setting.nextHeight()).isPresent()) {
            return Optional.empty();
        }
        MempoolEntry entry = newEntry(transaction, fits, arrived);
        graph.insert(entry);
        return Optional.of(entry);
    }

    /**
     * At a start: takes back what waited before, in any order, without a word about those that may still wait; the
     * others are told as {@link Reason#INVALID} or {@link Reason#EVICTED}.
     *
     * @param pending checked once before they were kept
     */
    public void restore(
            List<Payment> pending,
            CoinView confirmedCoins,
            int nextHeight,
            Moment now,
            Consumer<MempoolStep> sink) {
        Setting setting = new Setting(confirmedCoins, nextHeight, limits.relayRate(), Terms.COMES_BACK);
        for (Payment payment : Comeback.parentsFirst(pending)) {
            if (comeBack(CheckedTransaction.trusted(payment, network.id()), setting, now).isEmpty()) {
                sink.accept(new MempoolStep.Removed(payment, Reason.INVALID, Optional.empty()));
            }
        }
        tell(trim(now.steadyMillis()), Reason.EVICTED, sink);
    }

    /** Lets go what waited too long, orphans too. Cheap when nothing has. */
    public void expire(long nowMillis, Consumer<MempoolStep> sink) {
        orphans.expire(nowMillis);
        List<MempoolEntry> old = graph.bySequence().stream()
                .takeWhile(entry -> entry.arrived().steadyMillis() + limits.paymentMillis() <= nowMillis)
                .toList();
        tell(graph.removeWithDescendants(old), Reason.EVICTED, sink);
    }

    /**
     * Keeps a payment whose parent may still come; its signatures need not be checked yet.
     *
     * @param missing the inputs that are not here
     * @param source who sent it, by any number: whoever has most waiting here makes room first
     * @return those that had to go (POL-ORPHANS)
     */
    public List<Payment> keepOrphan(Payment payment, List<OutPoint> missing, long source, long nowMillis) {
        return orphans.keep(payment, missing, source, nowMillis);
    }

    /** This payment just came in: those that waited for it may be looked at again, as after a cheese. */
    public void parentCame(Txid parent) {
        orphans.parentCame(parent);
    }

    /** The payments that waited for a parent which is here now, the earliest first; they wait on until they are taken. */
    public List<Payment> adoptable() {
        return orphans.adoptable();
    }

    /** This one waits for no parent any more: it is looked at again. */
    public void takeOrphan(FullId fullId) {
        orphans.forget(fullId);
    }

    /** Whether a payment waits for an unknown parent. */
    public boolean isOrphan(FullId fullId) {
        return orphans.contains(fullId);
    }

    /** How many wait for an unknown parent. */
    public int orphanCount() {
        return orphans.count();
    }

    /** The best cheese that can stand on this tip. */
    public CheeseTemplate template(StackedHeader tip) {
        return new TemplateBuilder(graph, network.parameters()).build(tip);
    }

    /** What it takes to be in one of the next cheeses. */
    public FeeEstimate estimate(long nowMillis) {
        return FeeEstimate.of(graph.miningOrder(), minimumRate.now(nowMillis));
    }

    /** The entry of this name, if it waits here. */
    public Optional<MempoolEntry> entry(Txid txid) {
        return graph.byTxid(txid);
    }

    /** The entry of this full id, if it waits here. */
    public Optional<MempoolEntry> entry(FullId fullId) {
        return graph.byFullId(fullId);
    }

    /** The payment here that spends this output. */
    public Optional<Txid> spender(OutPoint outPoint) {
        return graph.spender(outPoint).map(MempoolEntry::txid);
    }

    /** An output that a payment here makes, spent or not. Its height is zero: it has none yet. */
    public Optional<Coin> coin(OutPoint outPoint) {
        return graph.coin(outPoint);
    }

    /** All entries, parents before children, otherwise as they came. A view. */
    public Collection<MempoolEntry> entries() {
        return graph.bySequence();
    }

    /** The entries with this number or a higher one, ascending: those that came since, in their order. A view. */
    public Collection<MempoolEntry> entriesFrom(long sequence) {
        return graph.bySequenceFrom(sequence);
    }

    /** A page of the entries in the order in which a miner would take them. */
    public List<MempoolEntry> entriesByRate(int skip, int limit) {
        return graph.miningOrder().stream().skip(skip).limit(limit).toList();
    }

    /** How many payments wait. */
    public int count() {
        return graph.count();
    }

    /** Their encodings together, in bytes. */
    public long sizeBytes() {
        return graph.sizeBytes();
    }

    /** The memory that they take, about, in bytes. */
    public long memoryBytes() {
        return graph.memoryBytes();
    }

    /** The rate that a payment needs now. */
    public FeeRate minimumRate(long nowMillis) {
        return minimumRate.now(nowMillis);
    }

    /** Another number after each change of what waits. */
    public long version() {
        return graph.version();
    }

    /** The full ids among these that wait here: their signatures are checked. */
    public Set<FullId> checked(Collection<FullId> fullIds) {
        Set<FullId> known = new HashSet<>();
        fullIds.stream().filter(fullId -> graph.byFullId(fullId).isPresent()).forEach(known::add);
        return known;
    }
}
