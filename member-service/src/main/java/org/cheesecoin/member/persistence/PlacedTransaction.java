package org.cheesecoin.member.persistence;

import org.cheesecoin.chain.cheese.Transaction;

/**
 * A transaction in its cheese.
 *
 * @param cheese where
 * @param position at which place, the coinbase's is 0
 * @param transaction it
 */
public record PlacedTransaction(StoredCheese cheese, int position, Transaction transaction) {}
