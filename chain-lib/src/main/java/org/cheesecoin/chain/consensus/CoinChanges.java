package org.cheesecoin.chain.consensus;

import java.util.List;

import org.cheesecoin.chain.cheese.Amount;

/**
 * What one cheese does to the coins. A coin that is made and spent within the cheese stands in both lists.
 *
 * @param spent what its payments spend, in their order: the undo data
 * @param made what its transactions make, in their order
 * @param fees what its payments leave to the miner
 */
public record CoinChanges(List<PlacedCoin> spent, List<PlacedCoin> made, Amount fees) {

    public CoinChanges {
        spent = List.copyOf(spent);
        made = List.copyOf(made);
    }
}
