package org.cheesecoin.chain.wallet;

import java.util.List;

import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.OutPoint;

/**
 * What a signer agrees to before seeing a draft.
 *
 * @param coins own coins that may be spent
 * @param mostCost the most that the signer is left poorer by: own coins less own outputs
 */
public record SigningTerms(List<OutPoint> coins, Amount mostCost) {

    public SigningTerms {
        coins = List.copyOf(coins);
    }
}
