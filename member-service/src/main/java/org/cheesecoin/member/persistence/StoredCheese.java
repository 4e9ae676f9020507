package org.cheesecoin.member.persistence;

import org.cheesecoin.chain.consensus.StackedHeader;

/**
 * A committed cheese without its body.
 *
 * @param header its header
 * @param branch where it stands
 * @param sizeBytes length of its encoding
 * @param transactionCount its transactions, the coinbase among them
 */
public record StoredCheese(StackedHeader header, Branch branch, int sizeBytes, int transactionCount) {

    /** Where a cheese stands. */
    public enum Branch {
        /** On the branch with the most work. */
        BEST,
        /** Beside it. */
        SIDE
    }
}
