package org.cheesecoin.chain.consensus;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.Amount;

/**
 * An output that is not spent.
 *
 * @param amount how much
 * @param address whose
 * @param height of the cheese that made it
 * @param origin what made it
 */
public record Coin(Amount amount, Address address, int height, Origin origin) {

    /** What made a coin. */
    public enum Origin {
        /** A payment, or an allocation of the Blue Cheese: spendable at once. */
        PAYMENT,
        /** A coinbase above the Blue Cheese: spendable when it is mature. */
        COINBASE
    }

    /** The lowest height of a cheese in which it may be spent. */
    public int spendableFrom(NetworkParameters parameters) {
        return origin == Origin.COINBASE ? height + parameters.coinbaseMaturity() : height;
    }
}
