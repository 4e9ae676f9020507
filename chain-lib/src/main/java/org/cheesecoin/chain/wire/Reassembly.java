package org.cheesecoin.chain.wire;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.cheese.Transaction;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.wire.Message.CheeseTransactions;
import org.cheesecoin.chain.wire.Message.CompactCheese;
import org.cheesecoin.chain.wire.Message.GetCheeseTransactions;

/**
 * A compact cheese on its way to a whole one. Short ids meet by chance, and the sender may have meant another
 * transaction than the one that is here: whatever does not fit ends in {@link Result.WholeNeeded}, which is nobody's
 * fault.
 */
public final class Reassembly {

    /** What came of it so far. */
    public sealed interface Result {

        /**
         * The cheese is whole and its transactions are those of its Merkle root.
         *
         * @param cheese it
         */
        record Complete(Cheese cheese) implements Result {}

        /**
         * Transactions are missing. {@link #fill} goes on with the answer.
         *
         * @param reassembly what is there
         * @param question what to ask the sender of the compact cheese
         */
        record Missing(Reassembly reassembly, GetCheeseTransactions question) implements Result {}

        /**
         * Only the whole cheese will do. Costs nobody points.
         *
         * @param smell of which cheese
         * @param reason why, for the log
         */
        record WholeNeeded(Smell smell, Reason reason) implements Result {}
    }

    /** Why a compact cheese did not do. */
    public enum Reason {
        /** Two transactions of the cheese, or of those that are here, share a short id. */
        COLLISION,
        /** The transactions are not those of the Merkle root. */
        MERKLE_ROOT
    }

    /** Measured: what a coinbase of many outputs takes in memory for each byte of its encoding. */
    private static final int COINBASE_FACTOR = 5;

    /** Measured: a short id, and what stands in its place, in bytes. */
    private static final int PLACE_BYTES = 32;

    private final CompactCheese compact;
    private final Smell smell;
    private final List<Optional<Payment>> payments;

    private Reassembly(CompactCheese compact, Smell smell, List<Optional<Payment>> payments) {
        this.compact = compact;
        this.smell = smell;
        this.payments = List.copyOf(payments);
    }

    /**
     * Begins with the payments that are here. Each is hashed once, so this costs as much as the mempool is long.
     *
     * @param candidates payments that the cheese may hold, as those of the mempool, each once
     */
    public static Result start(CompactCheese compact, Collection<Payment> candidates) {
        Smell smell = compact.header().smell();
        Map<Long, Integer> positions = HashMap.newHashMap(compact.shortIds().size());
        for (int i = 0; i < compact.shortIds().size(); i++) {
            if (positions.put(compact.shortIds().get(i), i) != null) {
                return new Result.WholeNeeded(smell, Reason.COLLISION);
            }
        }
        List<Optional<
                Payment>> payments = new ArrayList<>(Collections.nCopies(compact.shortIds().size(), Optional.empty()));
        ShortIds shortIds = ShortIds.of(compact.header(), compact.salt());
        for (Payment candidate : candidates) {
            Integer position = positions.get(shortIds.shortId(candidate.fullId()));
            if (position == null) {
                continue;
            }
            if (payments.get(position).isPresent()) {
                return new Result.WholeNeeded(smell, Reason.COLLISION);
            }
            payments.set(position, Optional.of(candidate));
        }
        return new Reassembly(compact, smell, payments).result();
    }

    /**
     * Goes on with what was asked for.
     *
     * @return what came of it, or NET-UNSOLICITED where these are not what was asked for: of another cheese, or not as
     *     many, or with other short ids
     */
    public Outcome<Result> fill(CheeseTransactions answer) {
        List<Integer> missing = missing();
        if (!answer.smell().equals(smell) || answer.payments().size() != missing.size()) {
            return notAsked(answer);
        }
        ShortIds shortIds = ShortIds.of(compact.header(), compact.salt());
        List<Optional<Payment>> filled = new ArrayList<>(payments);
        for (int i = 0; i < missing.size(); i++) {
            Payment payment = answer.payments().get(i);
            int position = missing.get(i) - 1;
            if (shortIds.shortId(payment.fullId()) != compact.shortIds().get(position)) {
                return notAsked(answer);
            }
            filled.set(position, Optional.of(payment));
        }
        return Outcome.passed(new Reassembly(compact, smell, filled).result());
    }

    /** Positions in the cheese that are still open, ascending; the coinbase is 0 and is always here. */
    public List<Integer> missing() {
        List<Integer> missing = new ArrayList<>();
        for (int i = 0; i < payments.size(); i++) {
            if (payments.get(i).isEmpty()) {
                missing.add(i + 1);
            }
        }
        return missing;
    }

    /** The memory that it takes, about, in bytes: its coinbase, and for each payment an id and a place. */
    public long memoryBytes() {
        return COINBASE_FACTOR * (long) compact.coinbase().sizeBytes() + (long) PLACE_BYTES * payments.size();
    }

    /** Of which cheese. */
    public Smell smell() {
        return smell;
    }

    private Result result() {
        List<Integer> missing = missing();
        if (!missing.isEmpty()) {
            return new Result.Missing(this, new GetCheeseTransactions(smell, missing));
        }
        List<Transaction> transactions = new ArrayList<>(payments.size() + 1);
        transactions.add(compact.coinbase());
        payments.forEach(payment -> payment.ifPresent(transactions::add));
        return Cheese.merkleRoot(transactions).equals(compact.header().merkleRoot())
                ? new Result.Complete(new Cheese(compact.header(), transactions))
                : new Result.WholeNeeded(smell, Reason.MERKLE_ROOT);
    }

    private static Outcome<Result> notAsked(CheeseTransactions answer) {
        return Outcome.refused(Violation.of(Rule.NET_UNSOLICITED)
                .with("smell", answer.smell())
                .with("transactions", answer.payments().size()));
    }
}
