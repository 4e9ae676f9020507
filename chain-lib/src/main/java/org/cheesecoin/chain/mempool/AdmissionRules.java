package org.cheesecoin.chain.mempool;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;

import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.FeeRate;
import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Txid;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.consensus.Coin;
import org.cheesecoin.chain.consensus.CoinView;
import org.cheesecoin.chain.consensus.NetworkParameters;
import org.cheesecoin.chain.consensus.TransactionRules;

/** What a payment must keep to come in: everything but its witnesses, save where it is here already. Changes nothing. */
final class AdmissionRules {

    /** How many of a payment's outputs are looked up in order to see whether it is confirmed. */
    private static final int OUTPUTS_LOOKED_UP = 4;

    private final EntryGraph graph;
    private final SpentLately spent;
    private final MempoolLimits limits;
    private final NetworkParameters parameters;

    AdmissionRules(EntryGraph graph, SpentLately spent, MempoolLimits limits, NetworkParameters parameters) {
        this.graph = graph;
        this.spent = spent;
        this.limits = limits;
        this.parameters = parameters;
    }

    /** On whose terms a payment comes in. */
    enum Terms {
        /** As a peer or a user offers it. */
        OFFERED,
        /**
         * It stood in a cheese that lost, or waited here before: whoever was paid by it must not lose it to policy, so
         * size and fee do not matter and longer chains are taken.
         */
        COMES_BACK
    }

    /**
     * Where and when a payment comes in.
     *
     * @param confirmed the coins as they are after the tip
     * @param nextHeight the tip's and one
     * @param minimumRate the least rate now
     * @param terms on whose terms
     */
    record Setting(CoinView confirmed, int nextHeight, FeeRate minimumRate, Terms terms) {}

    /** What the rules say. */
    sealed interface Verdict {

        /** It may come in if its witnesses are its owners'. */
        record Fits(Map<OutPoint, Coin> coins, Amount fee, int spendableFromHeight, List<MempoolEntry> replaced)
                implements Verdict {}

        /** It breaks a rule. */
        record Breaks(Violation violation) implements Verdict {}

        /** It spends what is not here. */
        record Lacks(List<OutPoint> missing) implements Verdict {}
    }

    /** Cheap before dear; nothing is looked up for what is known or too long. */
    Verdict judge(Payment payment, Setting setting) {
        boolean offered = setting.terms() == Terms.OFFERED;
        Optional<MempoolEntry> same = graph.byTxid(payment.txid());
        if (same.isPresent()) {
            return breaks(known(payment, same.get()));
        }
        // POL-SIZE: a relayed transaction has at most 100,000 bytes.
        if (offered && payment.sizeBytes() > limits.paymentBytes()) {
            return breaks(on(Rule.POL_SIZE, payment)
                    .with("sizeBytes", payment.sizeBytes())
                    .with("maxBytes", limits.paymentBytes()));
        }
        Map<OutPoint, Coin> coins = LinkedHashMap.newLinkedHashMap(payment.inputs().size());
        List<OutPoint> missing = new ArrayList<>();
        for (OutPoint input : payment.inputs()) {
            Optional<Coin> coin = graph.coin(input).or(() -> setting.confirmed().coin(input));
            coin.ifPresentOrElse(found -> coins.put(input, found), () -> missing.add(input));
            // A stranger may name thousands that never were: each costs a question to the store, and an orphan room.
            if (missing.size() > limits.ancestors()) {
                break;
            }
        }
        return missing.isEmpty() ? judgeFunded(payment, coins, setting) : judgeMissing(payment, missing, setting);
    }

    /** A txid does not hold the witnesses, so a copy may have any. */
    private static Violation known(Payment payment, MempoolEntry same) {
        Optional<Violation> foreign = payment.fullId().equals(same.fullId())
                ? Optional.empty()
                : TransactionRules.sameOwnersSigned(payment, same.payment());
        // POL-KNOWN: the transaction is not already in the mempool. With other signatures it is still the same payment.
        return foreign.orElseGet(() -> on(Rule.POL_KNOWN, payment));
    }

    private Verdict judgeMissing(Payment payment, List<OutPoint> missing, Setting setting) {
        for (OutPoint input : missing) {
            // TRX-INPUT-UNKNOWN: its maker is here and has no such output; no parent will come.
            if (graph.byTxid(input.txid()).isPresent()) {
                return breaks(on(Rule.TRX_INPUT_UNKNOWN, payment).with("input", input));
            }
            Optional<Txid> spender = spent.spender(input);
            if (spender.isPresent()) {
                return breaks(confirmedBy(spender.get(), payment, input));
            }
        }
        int outputs = Math.min(OUTPUTS_LOOKED_UP, payment.outputs().size());
        for (int index = 0; index < outputs; index++) {
            // POL-CONFIRMED: the transaction is not already in the stack.
            if (setting.confirmed().coin(payment.outPoint(index)).isPresent()) {
                return breaks(on(Rule.POL_CONFIRMED, payment));
            }
        }
        return new Verdict.Lacks(missing);
    }

    private static Violation confirmedBy(Txid spender, Payment payment, OutPoint input) {
        // POL-CONFIRMED: the transaction is not already in the stack. With other witnesses it is still the same.
        // TRX-INPUT-SPENT: no input is already spent by another transaction.
        return spender.equals(payment.txid())
                ? on(Rule.POL_CONFIRMED, payment)
                : on(Rule.TRX_INPUT_SPENT, payment).with("input", input).with("conflictingTxid", spender);
    }

    private Verdict judgeFunded(Payment payment, Map<OutPoint, Coin> coins, Setting setting) {
        int spendableFromHeight = 0;
        for (OutPoint input : payment.inputs()) {
            Coin coin = coins.get(input);
            if (coin != null && coin.origin() == Coin.Origin.COINBASE) {
                spendableFromHeight = Math.max(spendableFromHeight, coin.spendableFrom(parameters));
            }
        }
        // TRX-INPUT-IMMATURE: a coinbase is spendable as many cheeses after its own as its network says.
        if (spendableFromHeight > setting.nextHeight()) {
            return breaks(on(Rule.TRX_INPUT_IMMATURE, payment)
                    .with("coinbaseMaturity", parameters.coinbaseMaturity())
                    .with("spendableFromHeight", spendableFromHeight)
                    .with("height", setting.nextHeight()));
        }
        SequencedSet<MempoolEntry> conflicts = conflicts(payment);
        SequencedSet<MempoolEntry> replaced = graph.withDescendants(conflicts, limits.replaced());
        // First of all: a sum of coins of which one was made out of another could be more than there is.
        Optional<Violation> circle = buildsOnReplaced(payment, conflicts, replaced);
        if (circle.isPresent()) {
            return breaks(circle.get());
        }
        long inputCrumbs = coins.values().stream().mapToLong(coin -> coin.amount().crumbs()).sum();
        long feeCrumbs = inputCrumbs - payment.outputSum().crumbs();
        // TRX-UNDERFUNDED: the outputs are at most the inputs.
        if (feeCrumbs < 0) {
            return breaks(on(Rule.TRX_UNDERFUNDED, payment)
                    .with("inputCrumbs", inputCrumbs)
                    .with("outputCrumbs", payment.outputSum().crumbs()));
        }
        FeeRate rate = new FeeRate(feeCrumbs, payment.sizeBytes());
        Optional<Violation> broken = rateTooLow(payment, rate, setting)
                .or(() -> conflicts.isEmpty() ? Optional.empty() : replacement(payment, rate, conflicts, replaced))
                .or(() -> chainTooLong(payment, replaced, setting));
        return broken.<Verdict>map(Verdict.Breaks::new)
                .orElse(new Verdict.Fits(coins, new Amount(feeCrumbs), spendableFromHeight, List.copyOf(replaced)));
    }

    private SequencedSet<MempoolEntry> conflicts(Payment payment) {
        SequencedSet<MempoolEntry> conflicts = new LinkedHashSet<>();
        payment.inputs().forEach(input -> graph.spender(input).ifPresent(conflicts::add));
        return conflicts;
    }

    private Optional<Violation> buildsOnReplaced(
            Payment payment, SequencedSet<MempoolEntry> conflicts, Collection<MempoolEntry> replaced) {
        if (conflicts.isEmpty()) {
            return Optional.empty();
        }
        // POL-REPLACE-COUNT: a replacement evicts at most 100 transactions.
        if (replaced.size() > limits.replaced()) {
            return Optional.of(onReplacement(Rule.POL_REPLACE_COUNT, payment, conflicts.getFirst())
                    .with("limit", limits.replaced()));
        }
        for (OutPoint input : payment.inputs()) {
            // POL-REPLACE-INPUT: nor may it spend what it evicts.
            Optional<MempoolEntry> maker = graph.byTxid(input.txid()).filter(replaced::contains);
            if (maker.isPresent()) {
                return Optional.of(onReplacement(Rule.POL_REPLACE_INPUT, payment, conflicts.getFirst())
                        .with("input", input));
            }
        }
        return Optional.empty();
    }

    private Optional<Violation> rateTooLow(Payment payment, FeeRate rate, Setting setting) {
        if (setting.terms() == Terms.COMES_BACK || rate.compareTo(setting.minimumRate()) >= 0) {
            return Optional.empty();
        }
        // POL-FEE-RATE: at least the relay fee. POL-MEMPOOL-FULL: and more than what was evicted of late.
        Rule rule = rate.compareTo(limits.relayRate()) < 0 ? Rule.POL_FEE_RATE : Rule.POL_MEMPOOL_FULL;
        return Optional.of(on(rule, payment)
                .with("feeCrumbs", rate.feeCrumbs())
                .with("neededCrumbs", setting.minimumRate().feeFor(payment.sizeBytes()).crumbs()));
    }

    private Optional<Violation> replacement(
            Payment payment, FeeRate rate, SequencedSet<MempoolEntry> conflicts, Collection<MempoolEntry> replaced) {
        MempoolEntry first = conflicts.getFirst();
        long conflictCrumbs = conflicts.stream().mapToLong(entry -> entry.fee().crumbs()).sum();
        // TRX-INPUT-SPENT: what pays no more than what it conflicts with is a double spend, not a replacement.
        if (rate.feeCrumbs() <= conflictCrumbs) {
            return Optional.of(onReplacement(Rule.TRX_INPUT_SPENT, payment, first)
                    .with("input", spentInput(payment))
                    .with("feeCrumbs", rate.feeCrumbs())
                    .with("conflictFeeCrumbs", conflictCrumbs));
        }
        for (MempoolEntry conflict : conflicts) {
            // POL-REPLACE-RATE: a higher fee rate than each transaction it conflicts with.
            if (rate.compareTo(conflict.feeRate()) <= 0) {
                return Optional.of(onReplacement(Rule.POL_REPLACE_RATE, payment, conflict)
                        .with("crumbsPerByte", rate.crumbsPerByte())
                        .with("conflictCrumbsPerByte", conflict.feeRate().crumbsPerByte()));
            }
        }
        long evictedCrumbs = replaced.stream().mapToLong(entry -> entry.fee().crumbs()).sum();
        long neededCrumbs = evictedCrumbs + limits.relayRate().feeFor(payment.sizeBytes()).crumbs();
        // POL-REPLACE-FEE: the fees of all it evicts and 1 crumb for each of its bytes.
        if (rate.feeCrumbs() < neededCrumbs) {
            return Optional.of(onReplacement(Rule.POL_REPLACE_FEE, payment, first)
                    .with("feeCrumbs", rate.feeCrumbs())
                    .with("neededCrumbs", neededCrumbs));
        }
        for (OutPoint input : payment.inputs()) {
            // POL-REPLACE-INPUT: it adds no unconfirmed input (BIP-125, rule 2).
            if (graph.byTxid(input.txid()).isPresent() && graph.spender(input).isEmpty()) {
                return Optional.of(onReplacement(Rule.POL_REPLACE_INPUT, payment, first).with("input", input));
            }
        }
        return Optional.empty();
    }

    private OutPoint spentInput(Payment payment) {
        return payment.inputs().stream()
                .filter(input -> graph.spender(input).isPresent())
                .findFirst()
                .orElseThrow();
    }

    private Optional<Violation> chainTooLong(Payment payment, Collection<MempoolEntry> replaced, Setting setting) {
        boolean offered = setting.terms() == Terms.OFFERED;
        int mostAncestors = offered ? limits.ancestors() : limits.readmittedAncestors();
        SequencedSet<MempoolEntry> ancestors = graph.ancestors(payment, mostAncestors);
        // POL-ANCESTORS: at most 25 unconfirmed ancestors.
        if (ancestors.size() > mostAncestors) {
            return Optional.of(on(Rule.POL_ANCESTORS, payment).with("limit", mostAncestors));
        }
        if (!offered) {
            return Optional.empty();
        }
        for (MempoolEntry ancestor : ancestors) {
            // POL-DESCENDANTS: no unconfirmed transaction has more than 25 descendants.
            if (ancestor.descendantCount() >= limits.descendants()
                    && ancestor.descendantCount() - builtOn(ancestor, replaced) >= limits.descendants()) {
                return Optional.of(on(Rule.POL_DESCENDANTS, payment)
                        .with("ancestor", ancestor.txid())
                        .with("limit", limits.descendants()));
            }
        }
        return Optional.empty();
    }

    private int builtOn(MempoolEntry ancestor, Collection<MempoolEntry> replaced) {
        return replaced.isEmpty()
                ? 0
                : (int) graph.withDescendants(List.of(ancestor), Integer.MAX_VALUE).stream()
                        .filter(replaced::contains)
                        .count();
    }

    private static Violation onReplacement(Rule rule, Payment payment, MempoolEntry conflict) {
        return on(rule, payment).with("conflictingTxid", conflict.txid());
    }

    private static Violation on(Rule rule, Payment payment) {
        return Violation.of(rule).with("txid", payment.txid());
    }

    private static Verdict breaks(Violation violation) {
        return new Verdict.Breaks(violation);
    }
}
