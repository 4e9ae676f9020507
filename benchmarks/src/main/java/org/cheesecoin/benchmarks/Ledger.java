package org.cheesecoin.benchmarks;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Transaction;
import org.cheesecoin.chain.cheese.TransactionOutput;
import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.consensus.NetworkParameters;
import org.cheesecoin.chain.consensus.StackedHeader;
import org.cheesecoin.chain.testing.CheeseFactory;
import org.cheesecoin.chain.testing.Payments;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestKeys.TestKey;

/**
 * Makes payments of one input and two outputs, always from the oldest coin, and cheeses of them. The network is the
 * test preset with a Blue Cheese of {@value #ALLOCATIONS} coins. The same calls make the same bytes.
 */
public final class Ledger {

    /** Coins that there are at first; so many payments in a row need nothing of one another. */
    public static final int ALLOCATIONS = 1_000;

    private static final long EACH_CRUMBS = 100_000_000_000L;
    private static final long FEE_CRUMBS = 1_000;
    private static final int OWNERS = 100;

    private record Owned(OutPoint outPoint, TestKey owner, long crumbs) {}

    private final Network network;
    private final List<TestKey> owners = new ArrayList<>();
    private final ArrayDeque<Owned> coins = new ArrayDeque<>();
    private StackedHeader tip;
    private long made;

    public Ledger() {
        List<TransactionOutput> allocations = new ArrayList<>();
        for (int i = 0; i < OWNERS; i++) {
            owners.add(TestKeys.key(i + 1));
        }
        for (int i = 0; i < ALLOCATIONS; i++) {
            allocations.add(Payments.to(owners.get(i % OWNERS), EACH_CRUMBS));
        }
        network = Network.of(NetworkParameters.test().withAllocations(allocations));
        tip = network.root();
        Transaction blue = network.blueCheese().transactions().getFirst();
        for (int i = 0; i < ALLOCATIONS; i++) {
            coins.add(new Owned(blue.outPoint(i), owners.get(i % OWNERS), EACH_CRUMBS));
        }
    }

    public Network network() {
        return network;
    }

    public StackedHeader tip() {
        return tip;
    }

    /** One that gets coins here. */
    public TestKey miner() {
        return owners.getFirst();
    }

    /** A signed payment of the oldest coin to two owners. */
    public Payment pay() {
        Owned coin = coins.removeFirst();
        long first = coin.crumbs() / 2;
        long second = coin.crumbs() - first - FEE_CRUMBS;
        TestKey one = owners.get((int) (made * 7 % OWNERS));
        TestKey other = owners.get((int) ((made * 11 + 3) % OWNERS));
        made++;
        Payment payment = Payments.pay(
                network, new Payments.Input(coin.outPoint(), coin.owner()),
                Payments.to(one, first), Payments.to(other, second));
        coins.add(new Owned(payment.outPoint(0), one, first));
        coins.add(new Owned(payment.outPoint(1), other, second));
        return payment;
    }

    /** So many payments. */
    public List<Payment> pay(int count) {
        List<Payment> payments = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            payments.add(pay());
        }
        return payments;
    }

    /** The next cheese, valid, with so many payments. */
    public Cheese mine(int payments) {
        Cheese cheese = CheeseFactory.on(
                network,
                tip,
                CheeseFactory.nextTimeMillis(network, tip),
                miner().address(),
                new Amount(payments * FEE_CRUMBS),
                pay(payments));
        tip = CheeseFactory.stacked(network, tip, cheese);
        return cheese;
    }
}
