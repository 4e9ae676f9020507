package org.cheesecoin.chain.consensus;

import java.util.Optional;

import org.cheesecoin.chain.cheese.OutPoint;

/** Reads the coins as they are at one point of the stack. */
@FunctionalInterface
public interface CoinView {

    /** The coin there, or none if it never was or is spent. */
    Optional<Coin> coin(OutPoint outPoint);
}
