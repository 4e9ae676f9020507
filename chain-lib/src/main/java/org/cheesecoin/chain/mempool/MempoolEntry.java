package org.cheesecoin.chain.mempool;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.FeeRate;
import org.cheesecoin.chain.cheese.FullId;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Txid;
import org.cheesecoin.chain.consensus.CheckedTransaction;
import org.cheesecoin.chain.consensus.Moment;

/**
 * A payment that waits for a cheese. What is summed over its ancestors (the unconfirmed payments that it builds on) and
 * descendants (those that build on it) counts itself, and is kept by {@link EntryGraph}.
 */
public final class MempoolEntry {

    /**
     * As a miner takes them: best first by the lower of the entry's own rate and that of it with its ancestors; the
     * earlier first among equals.
     */
    static final Comparator<MempoolEntry> MINING_ORDER = (one, other) -> {
        int order = other.miningRate.compareTo(one.miningRate);
        return order == 0 ? Long.compare(one.sequence, other.sequence) : order;
    };

    /**
     * As a full mempool drops them: worst first by the higher of the entry's own rate and that of it with its
     * descendants; the later first among equals.
     */
    static final Comparator<MempoolEntry> EVICTION_ORDER = (one, other) -> {
        int order = one.evictionRate.compareTo(other.evictionRate);
        return order == 0 ? Long.compare(other.sequence, one.sequence) : order;
    };

    /** Those that become spendable last first. */
    static final Comparator<MempoolEntry> MATURITY_ORDER = (one, other) -> {
        int order = Integer.compare(other.spendableFromHeight, one.spendableFromHeight);
        return order == 0 ? Long.compare(one.sequence, other.sequence) : order;
    };

    /**
     * What an entry takes beside its encoding, measured in bytes: objects for itself and in the maps here, and in an
     * index by address that follows them.
     */
    private static final int ENTRY_BYTES = 950;
    private static final int INPUT_BYTES = 310;
    private static final int OUTPUT_BYTES = 290;
    private static final int WITNESS_BYTES = 260;

    private final CheckedTransaction transaction;
    private final Amount fee;
    private final FeeRate feeRate;
    private final Moment arrived;
    private final long sequence;
    private final int spendableFromHeight;

    private List<MempoolEntry> parents = List.of();
    private final SequencedSet<MempoolEntry> children = new LinkedHashSet<>(0);
    private Sum ancestors;
    private Sum descendants;
    private FeeRate miningRate;
    private FeeRate evictionRate;

    /**
     * Several entries together.
     *
     * @param count how many
     * @param sizeBytes their encodings
     * @param feeCrumbs their fees
     */
    record Sum(int count, int sizeBytes, long feeCrumbs) {

        static final Sum NONE = new Sum(0, 0, 0);

        Sum plus(MempoolEntry entry) {
            return new Sum(count + 1, sizeBytes + entry.sizeBytes(), feeCrumbs + entry.fee.crumbs());
        }

        Sum minus(MempoolEntry entry) {
            return new Sum(count - 1, sizeBytes - entry.sizeBytes(), feeCrumbs - entry.fee.crumbs());
        }

        FeeRate rate() {
            return new FeeRate(feeCrumbs, sizeBytes);
        }
    }

    /**
     * An entry on its own.
     *
     * @param spendableFromHeight the lowest height of a cheese that may hold it, 0 if any may
     */
    MempoolEntry(CheckedTransaction transaction, Amount fee, Moment arrived, long sequence,
            int spendableFromHeight) {
        this.transaction = transaction;
        this.fee = fee;
        this.feeRate = new FeeRate(fee.crumbs(), transaction.payment().sizeBytes());
        this.arrived = arrived;
        this.sequence = sequence;
        this.spendableFromHeight = spendableFromHeight;
        this.ancestors = Sum.NONE.plus(this);
        this.descendants = ancestors;
        this.miningRate = feeRate;
        this.evictionRate = feeRate;
    }

    /** The payment as it was checked. */
    public CheckedTransaction transaction() {
        return transaction;
    }

    /** The payment. */
    public Payment payment() {
        return transaction.payment();
    }

    /** Its name. */
    public Txid txid() {
        return payment().txid();
    }

    /** Its full id. */
    public FullId fullId() {
        return payment().fullId();
    }

    /** What it pays the miner. */
    public Amount fee() {
        return fee;
    }

    /** Length of its encoding, in bytes. */
    public int sizeBytes() {
        return payment().sizeBytes();
    }

    /** What it pays for each of its own bytes. */
    public FeeRate feeRate() {
        return feeRate;
    }

    /** When it came, in milliseconds since 1970. */
    public long arrivedMillis() {
        return arrived.clockMillis();
    }

    /** When it came, by both clocks. */
    Moment arrived() {
        return arrived;
    }

    /** Its number: larger than that of each unconfirmed payment that it builds on. */
    public long sequence() {
        return sequence;
    }

    /** How many unconfirmed payments it builds on, directly or not. */
    public int ancestorCount() {
        return ancestors.count() - 1;
    }

    /** How many unconfirmed payments build on it, directly or not. */
    public int descendantCount() {
        return descendants.count() - 1;
    }

    /** The rate at which a miner counts it: the lower of its own and that of it with its ancestors. */
    public FeeRate miningRate() {
        return miningRate;
    }

    FeeRate evictionRate() {
        return evictionRate;
    }

    Sum ancestors() {
        return ancestors;
    }

    Sum descendants() {
        return descendants;
    }

    int spendableFromHeight() {
        return spendableFromHeight;
    }

    /** The entries of which it spends an output, each once. */
    List<MempoolEntry> parents() {
        return parents;
    }

    void parents(List<MempoolEntry> newParents) {
        parents = newParents;
    }

    /** The entries that spend an output of it, as they came; for {@link EntryGraph} to change. */
    SequencedSet<MempoolEntry> children() {
        return children;
    }

    void ancestors(Sum newSum) {
        ancestors = newSum;
        miningRate = miningRate(feeRate, newSum);
    }

    void descendants(Sum newSum) {
        descendants = newSum;
        FeeRate together = newSum.rate();
        evictionRate = together.compareTo(feeRate) > 0 ? together : feeRate;
    }

    static FeeRate miningRate(FeeRate own, Sum withAncestors) {
        FeeRate together = withAncestors.rate();
        return together.compareTo(own) < 0 ? together : own;
    }

    long memoryBytes() {
        return memoryBytes(payment());
    }

    /** The memory that a payment takes here, about, in bytes. */
    public static long memoryBytes(Payment payment) {
        return (long) payment.sizeBytes() + ENTRY_BYTES
                + (long) INPUT_BYTES * payment.inputs().size()
                + (long) OUTPUT_BYTES * payment.outputs().size()
                + (long) WITNESS_BYTES * payment.witnesses().size();
    }

    @Override
    public String toString() {
        return "MempoolEntry[" + txid() + ", " + feeRate.crumbsPerByte() + "]";
    }
}
