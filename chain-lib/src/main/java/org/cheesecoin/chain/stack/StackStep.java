package org.cheesecoin.chain.stack;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.consensus.CoinChanges;
import org.cheesecoin.chain.consensus.StackedHeader;

/** One change of the stack, small enough to hold. A reorganisation is a sequence of them. */
public sealed interface StackStep {

    /**
     * A cheese is kept that was not, on the best branch or not; if it is to be on it, {@link Connected} follows.
     *
     * @param header with what follows from its ancestors
     * @param cheese the cheese
     */
    record Stored(StackedHeader header, Cheese cheese) implements StackStep {}

    /**
     * A stored cheese is now the tip of the best branch; its parent was.
     *
     * @param header the new tip
     * @param cheese its cheese
     * @param changes what it does to the coins
     */
    record Connected(StackedHeader header, Cheese cheese, CoinChanges changes) implements StackStep {}

    /**
     * The tip is taken off the best branch; its parent is the tip. It stays stored.
     *
     * @param header the old tip
     * @param cheese its cheese
     * @param changes what it had done to the coins, now undone; the fees are not known any more and zero
     */
    record Disconnected(StackedHeader header, Cheese cheese, CoinChanges changes) implements StackStep {}

    /**
     * A stored cheese of a side branch broke a rule when its turn came. It is no longer kept.
     *
     * @param smell which one
     */
    record Condemned(Smell smell) implements StackStep {}
}
