package org.cheesecoin.chain.consensus;

import java.util.ArrayList;
import java.util.List;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.Coinbase;
import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Transaction;
import org.cheesecoin.chain.cheese.TransactionOutput;

/**
 * A coin with its place: one that a cheese spent, kept so that it can be given back, or one that it made.
 *
 * @param outPoint where
 * @param coin what
 */
public record PlacedCoin(OutPoint outPoint, Coin coin) {

    /**
     * The coins that a transaction makes, in the order of its outputs.
     *
     * @param height of the cheese that it stands in; the coinbase of the Blue Cheese makes allocations
     */
    public static List<PlacedCoin> madeBy(Transaction transaction, int height) {
        boolean mustMature = transaction instanceof Coinbase && height > 0;
        Coin.Origin origin = mustMature ? Coin.Origin.COINBASE : Coin.Origin.PAYMENT;
        List<TransactionOutput> outputs = transaction.outputs();
        List<PlacedCoin> made = new ArrayList<>(outputs.size());
        for (int index = 0; index < outputs.size(); index++) {
            TransactionOutput output = outputs.get(index);
            Coin coin = new Coin(output.amount(), output.address(), height, origin);
            made.add(new PlacedCoin(transaction.outPoint(index), coin));
        }
        return made;
    }

    /** The coins that a cheese makes, in its order, those among them that it spends itself too. */
    public static List<PlacedCoin> madeBy(Cheese cheese) {
        List<PlacedCoin> made = new ArrayList<>();
        cheese.transactions().forEach(transaction -> made.addAll(madeBy(transaction, cheese.height())));
        return made;
    }
}
