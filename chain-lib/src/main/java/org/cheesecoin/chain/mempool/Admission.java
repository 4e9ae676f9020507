package org.cheesecoin.chain.mempool;

import java.util.List;

import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Violation;

/** What came of a payment that wants into the mempool. */
public sealed interface Admission {

    /**
     * It waits for a cheese now.
     *
     * @param entry it
     * @param removed those whose place it took, replaced or evicted
     */
    record Admitted(MempoolEntry entry, List<MempoolEntry> removed) implements Admission {

        public Admitted {
            removed = List.copyOf(removed);
        }
    }

    /**
     * A rule stands against it. The mempool is as it was.
     *
     * @param violation which
     */
    record Refused(Violation violation) implements Admission {}

    /**
     * It spends what is neither in the stack nor in the mempool, or is spent there. It may be an orphan.
     *
     * @param missing what, in the order of its inputs; no more than one beyond the limit of ancestors
     */
    record MissingInputs(List<OutPoint> missing) implements Admission {

        public MissingInputs {
            missing = List.copyOf(missing);
        }
    }
}
