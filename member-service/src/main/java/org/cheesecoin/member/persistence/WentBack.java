package org.cheesecoin.member.persistence;

import org.cheesecoin.chain.consensus.StackedHeader;
import org.cheesecoin.chain.consensus.Work;

/**
 * A database that has less than it had: restored from an older copy, cut, or new beside the mark of another.
 *
 * @param height of its tip when it was opened
 * @param markHeight of the best tip that the mark remembers
 * @param markWork the work of that tip: whoever has as much is no longer behind
 */
public record WentBack(int height, int markHeight, Work markWork) {

    /** Whether a tip has all the work that was there before. */
    boolean isMadeUpBy(StackedHeader tip) {
        return tip.totalWork().compareTo(markWork) >= 0;
    }
}
