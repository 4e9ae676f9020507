package org.cheesecoin.chain.consensus;

import org.cheesecoin.chain.cheese.CheeseHeader;
import org.cheesecoin.chain.cheese.Smell;

/**
 * A header with what it owes to the ones below it: all that the rules for the next header need.
 *
 * @param header the header
 * @param smell its hash
 * @param parentTimeMillis the time of the cheese below; of the Blue Cheese its own
 * @param baseTarget the difficulty rule's target before easing
 * @param totalWork the work of all cheeses up to and with this one
 */
public record StackedHeader(
        CheeseHeader header, Smell smell, long parentTimeMillis, Target baseTarget, Work totalWork) {

    /** The header that stands on this one; whether it may is for {@link HeaderRules} to say. */
    public StackedHeader child(CheeseHeader child, Smell childSmell, NetworkParameters parameters) {
        Target base = Difficulty.baseTargetAbove(this, parameters);
        Work work = totalWork.plus(Target.ofCompact(child.compactTarget()).work());
        return new StackedHeader(child, childSmell, header.timeMillis(), base, work);
    }

    /** How many cheeses lie below. */
    public int height() {
        return header.height();
    }
}
