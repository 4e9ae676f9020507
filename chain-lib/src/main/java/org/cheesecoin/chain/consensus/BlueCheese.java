package org.cheesecoin.chain.consensus;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.CheeseHeader;
import org.cheesecoin.chain.cheese.Coinbase;

/**
 * The first cheese of a network. It follows from the parameters, needs no proof of work, and its smell is the network
 * id.
 */
public final class BlueCheese {

    private static final byte[] TEXT = "CheeseCoin".getBytes(StandardCharsets.UTF_8);

    private BlueCheese() {}

    /** The Blue Cheese of this network. */
    public static Cheese of(NetworkParameters parameters) {
        List<Coinbase> transactions = List.of(new Coinbase(0, TEXT, parameters.allocations()));
        CheeseHeader header = new CheeseHeader(
                CheeseHeader.VERSION,
                0,
                parameters.parametersHash(),
                Cheese.merkleRoot(transactions),
                parameters.blueTimeMillis(),
                parameters.firstCompactTarget(),
                0);
        return new Cheese(header, transactions);
    }
}
