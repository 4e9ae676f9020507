package org.cheesecoin.chain.node;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.cheesecoin.chain.cheese.CheeseHeader;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.consensus.StackedHeader;

/**
 * The work of a peer's branch that is not known to beat ours, counted without keeping its headers. What stays is the
 * last one, which is all that the next one's rules need, and one smell of each message. By these smells the same branch
 * is known when it is fetched again to be kept.
 */
final class BranchCount {

    private final TreeMap<Integer, Smell> marks = new TreeMap<>();
    private StackedHeader last;
    private StackedHeader fetched;

    /** @param below the known header on which the branch stands */
    BranchCount(StackedHeader below) {
        this.last = below;
        this.fetched = below;
    }

    /** The highest header that was counted, with the work of the whole branch up to it. */
    StackedHeader last() {
        return last;
    }

    /** Up to where the branch was fetched again, all of which is on it for sure; at first the header below it. */
    StackedHeader fetched() {
        return fetched;
    }

    void fetched(StackedHeader header) {
        fetched = header;
    }

    boolean goesOnWith(CheeseHeader header) {
        return header.parentSmell().equals(last.smell());
    }

    /** Counts one more, which keeps the rules. */
    void add(StackedHeader next) {
        last = next;
    }

    /** Keeps the smell of the last one. */
    void mark() {
        marks.put(last.height(), last.smell());
    }

    /** How many smells it keeps. */
    int marks() {
        return marks.size();
    }

    /**
     * How many of these headers, each of which must be the parent of the next, are on this branch for sure: those up to
     * the highest mark among them; all if that is the last one, on whose work the rest stands. None without a mark, or
     * where another header stands in a mark's place.
     */
    int vouchesFor(List<CheeseHeader> headers) {
        long first = headers.isEmpty() ? 0 : headers.getFirst().height();
        int sure = 0;
        for (Map.Entry<Integer, Smell> mark : marks.entrySet()) {
            long index = mark.getKey() - first;
            if (index < 0 || index >= headers.size()) {
                continue;
            }
            if (!headers.get((int) index).smell().equals(mark.getValue())) {
                return 0;
            }
            sure = mark.getKey() == last.height() ? headers.size() : (int) index + 1;
        }
        return sure;
    }
}
