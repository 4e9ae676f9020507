package org.cheesecoin.chain.stack;

import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.consensus.StackedHeader;

/** What came of adding a cheese. */
public sealed interface Added {

    /**
     * It is the new tip, on the old one.
     *
     * @param tip the new tip
     */
    record Extended(StackedHeader tip) implements Added {}

    /**
     * It is the new tip, and its branch took over.
     *
     * @param tip the new tip
     * @param fork the highest cheese that both branches share
     * @param oldTip what was the tip before
     */
    record Reorganised(StackedHeader tip, StackedHeader fork, StackedHeader oldTip) implements Added {}

    /**
     * It is kept, on a branch of no more work than the best one.
     *
     * @param header the cheese
     */
    record SideBranch(StackedHeader header) implements Added {}

    /** It was there before, or was found invalid before. */
    record AlreadyKnown() implements Added {}

    /**
     * Its parent is not here.
     *
     * @param parentSmell what is missing
     */
    record ParentMissing(Smell parentSmell) implements Added {}

    /**
     * Its time is too far ahead of ours.
     *
     * @param dueAtMillis when to try again
     */
    record TooEarly(long dueAtMillis) implements Added {}

    /**
     * It, or a cheese below it on its branch, breaks a rule. The best branch is as it was.
     *
     * @param culprit the cheese that breaks it
     * @param violation the rule
     */
    record Invalid(Smell culprit, Violation violation) implements Added {}
}
