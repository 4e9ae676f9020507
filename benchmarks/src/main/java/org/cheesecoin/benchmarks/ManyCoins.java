package org.cheesecoin.benchmarks;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.CheeseHeader;
import org.cheesecoin.chain.cheese.Coinbase;
import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.PaymentBody;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.cheese.Transaction;
import org.cheesecoin.chain.cheese.TransactionOutput;
import org.cheesecoin.chain.cheese.Txid;
import org.cheesecoin.chain.cheese.Witness;
import org.cheesecoin.chain.consensus.Coin;
import org.cheesecoin.chain.consensus.Difficulty;
import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.consensus.NetworkParameters;
import org.cheesecoin.chain.consensus.PlacedCoin;
import org.cheesecoin.chain.consensus.StackedHeader;
import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.crypto.Sha256;
import org.cheesecoin.chain.crypto.Signature;
import org.cheesecoin.chain.stack.CheeseStack;
import org.cheesecoin.chain.stack.CheeseStore;
import org.cheesecoin.chain.stack.StackLimits;
import org.cheesecoin.chain.stack.StackSink;
import org.cheesecoin.chain.stack.StackStep;
import org.cheesecoin.chain.testing.CheeseFactory;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestKeys.TestKey;

/** A store of nothing but the Blue Cheese and very many coins of one owner; payments of them are not really signed. */
final class ManyCoins implements CheeseStore, StackSink {

    private static final long CRUMBS = 10_000;
    private static final TestKey OWNER = TestKeys.key(1);
    private static final Signature SIGNATURE = TestKeys.SCHEME.sign(OWNER.privateKey(), Hash256.ZERO);

    private final Network network = Network.of(NetworkParameters.test());
    private final List<OutPoint> outPoints;
    private final Map<OutPoint, Coin> coins;
    private int nextSpent;
    private int nextPayment;

    ManyCoins(int count) {
        outPoints = new ArrayList<>(count);
        coins = HashMap.newHashMap(count);
        Coin coin = new Coin(new Amount(CRUMBS), OWNER.address(), 0, Coin.Origin.PAYMENT);
        for (int i = 0; i < count; i++) {
            Hash256 txid = Sha256.hash(ByteBuffer.allocate(4).putInt(i).array());
            outPoints.add(new OutPoint(new Txid(txid), 0));
            coins.put(outPoints.getLast(), coin);
        }
    }

    Network network() {
        return network;
    }

    CheeseStack stack(StackLimits limits) {
        return new CheeseStack(network, this, limits);
    }

    /** As at first: what was added is forgotten, and no coin was ever spent. */
    void reset() {
        nextPayment = 0;
    }

    /** Cheeses of payments of one input and two outputs, from coins all over the map. */
    List<Cheese> cheeses(int count, int payments) {
        List<Cheese> cheeses = new ArrayList<>();
        StackedHeader parent = network.root();
        for (int i = 0; i < count; i++) {
            List<Transaction> transactions = new ArrayList<>();
            transactions.add(new Coinbase(parent.height() + 1, new byte[0], List.of()));
            for (int j = 0; j < payments; j++) {
                transactions.add(pay());
            }
            long timeMillis = CheeseFactory.nextTimeMillis(network, parent);
            CheeseHeader header = new CheeseHeader(
                    CheeseHeader.VERSION,
                    parent.height() + 1,
                    parent.smell(),
                    Hash256.ZERO,
                    timeMillis,
                    Difficulty.targetAbove(parent, timeMillis, network.parameters()).compact(),
                    0);
            cheeses.add(new Cheese(header, transactions));
            parent = CheeseFactory.stacked(network, parent, cheeses.getLast());
        }
        return cheeses;
    }

    private Payment pay() {
        // A prime step: every coin has its turn before one comes again.
        nextSpent = (int) ((nextSpent + 7_919L) % outPoints.size());
        long half = CRUMBS / 2 - nextPayment++ % 7;
        TransactionOutput output = new TransactionOutput(new Amount(half), OWNER.address());
        PaymentBody body = new PaymentBody(List.of(outPoints.get(nextSpent)), List.of(output, output));
        return new Payment(body, List.of(new Witness(OWNER.publicKey(), SIGNATURE)));
    }

    @Override
    public StackedHeader tip() {
        return network.root();
    }

    @Override
    public Optional<StackedHeader> header(Smell smell) {
        return smell.equals(network.id()) ? Optional.of(network.root()) : Optional.empty();
    }

    @Override
    public Optional<StackedHeader> headerAt(int height) {
        return height == 0 ? Optional.of(network.root()) : Optional.empty();
    }

    @Override
    public List<StackedHeader> headersFrom(int fromHeight, int limit) {
        return fromHeight == 0 && limit > 0 ? List.of(network.root()) : List.of();
    }

    @Override
    public Optional<Cheese> cheese(Smell smell) {
        return smell.equals(network.id()) ? Optional.of(network.blueCheese()) : Optional.empty();
    }

    @Override
    public List<PlacedCoin> spentBy(Smell smell) {
        return List.of();
    }

    @Override
    public List<PlacedCoin> coins(List<OutPoint> asked) {
        List<PlacedCoin> found = new ArrayList<>(asked.size());
        for (OutPoint outPoint : asked) {
            Coin coin = coins.get(outPoint);
            if (coin != null) {
                found.add(new PlacedCoin(outPoint, coin));
            }
        }
        return found;
    }

    @Override
    public void write(StackStep step) {
        // Nothing is kept: each measurement begins with the same coins.
    }
}
