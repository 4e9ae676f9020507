package org.cheesecoin.chain.consensus;

import org.cheesecoin.chain.cheese.OutPoint;

/**
 * A coin with its place: one that a cheese spent, kept so that it can be given back, or one that it made.
 *
 * @param outPoint where
 * @param coin what
 */
public record PlacedCoin(OutPoint outPoint, Coin coin) {}
