package org.cheesecoin.chain.stack;

import java.util.ArrayList;
import java.util.List;

import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.Coinbase;
import org.cheesecoin.chain.cheese.Transaction;
import org.cheesecoin.chain.cheese.TransactionOutput;
import org.cheesecoin.chain.consensus.Coin;
import org.cheesecoin.chain.consensus.CoinChanges;
import org.cheesecoin.chain.consensus.PlacedCoin;

/** What a cheese of the best branch did to the coins, put together again from the cheese and what it spent. */
final class Undo {

    private Undo() {}

    static CoinChanges changes(Cheese cheese, List<PlacedCoin> spent) {
        List<PlacedCoin> made = new ArrayList<>();
        for (Transaction transaction : cheese.transactions()) {
            Coin.Origin origin = transaction instanceof Coinbase ? Coin.Origin.COINBASE : Coin.Origin.PAYMENT;
            List<TransactionOutput> outputs = transaction.outputs();
            for (int index = 0; index < outputs.size(); index++) {
                TransactionOutput output = outputs.get(index);
                made.add(new PlacedCoin(
                        transaction.outPoint(index),
                        new Coin(output.amount(), output.address(), cheese.height(), origin)));
            }
        }
        return new CoinChanges(spent, made, Amount.ZERO);
    }
}
