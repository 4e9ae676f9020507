package org.cheesecoin.chain.consensus;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.Smell;

/**
 * A network: its parameters with what follows from them, computed once.
 *
 * @param parameters its rules
 * @param blueCheese its first cheese
 */
public record Network(NetworkParameters parameters, Cheese blueCheese) {

    /** The network with these parameters. */
    public static Network of(NetworkParameters parameters) {
        return new Network(parameters, BlueCheese.of(parameters));
    }

    /** The smell of the Blue Cheese. */
    public Smell id() {
        return blueCheese.smell();
    }

    /** Where every stack of this network begins. */
    public StackedHeader root() {
        Target first = Target.ofCompact(parameters.firstCompactTarget());
        return new StackedHeader(blueCheese.header(), id(), parameters.blueTimeMillis(), first, Work.ZERO);
    }
}
