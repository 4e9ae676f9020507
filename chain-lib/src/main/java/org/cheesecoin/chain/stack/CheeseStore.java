package org.cheesecoin.chain.stack;

import java.util.List;
import java.util.Optional;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.consensus.Coin;
import org.cheesecoin.chain.consensus.PlacedCoin;
import org.cheesecoin.chain.consensus.StackedHeader;

/**
 * The read side of whatever keeps the stack: H2 in a member, maps in the simulator. It answers as if every {@link
 * StackStep} that the stack has written so far were stored, committed or not. The Blue Cheese is always there.
 */
public interface CheeseStore {

    /** The highest cheese of the best branch. */
    StackedHeader tip();

    /** The header of a stored cheese, on whichever branch. */
    Optional<StackedHeader> header(Smell smell);

    /** The header at this height on the best branch. */
    Optional<StackedHeader> headerAt(int height);

    /**
     * Headers of the best branch, ascending.
     *
     * @param fromHeight the first height
     * @param limit how many at most
     */
    List<StackedHeader> headersFrom(int fromHeight, int limit);

    /** A stored cheese, on whichever branch. */
    Optional<Cheese> cheese(Smell smell);

    /** What a cheese of the best branch spent, in its order. Empty for the Blue Cheese. */
    List<PlacedCoin> spentBy(Smell smell);

    /** The coins among these that are not spent on the best branch, in the order asked. Absent ones are left out. */
    List<PlacedCoin> coins(List<OutPoint> outPoints);

    /** The coin there, if it is not spent on the best branch. */
    default Optional<Coin> coin(OutPoint outPoint) {
        return coins(List.of(outPoint)).stream().findFirst().map(PlacedCoin::coin);
    }
}
