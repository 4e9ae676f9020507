package org.cheesecoin.chain.mempool;

import java.util.List;

import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Violation;

/** What can be said of a payment before anybody pays for its signatures. */
public sealed interface Precheck {

    /** Nothing stands against it but, perhaps, its witnesses. */
    record Wanted() implements Precheck {}

    /**
     * It would be refused whoever signed it.
     *
     * @param violation why
     */
    record Refused(Violation violation) implements Precheck {}

    /**
     * It spends what is neither in the stack nor in the mempool, or is spent there. It may be an orphan.
     *
     * @param missing what, in the order of its inputs; no more than one beyond the limit of ancestors
     */
    record MissingInputs(List<OutPoint> missing) implements Precheck {

        public MissingInputs {
            missing = List.copyOf(missing);
        }
    }
}
