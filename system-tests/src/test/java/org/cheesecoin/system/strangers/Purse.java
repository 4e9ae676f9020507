package org.cheesecoin.system.strangers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.TransactionOutput;
import org.cheesecoin.chain.cheese.Txid;
import org.cheesecoin.chain.testing.Payments;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestKeys.TestKey;
import org.cheesecoin.chain.testing.TestWorld;

/** Coins of the Blue Cheese, of 1,000 CHEESE each, from which payments are made that are valid and relayed. */
public final class Purse {

    /** Outputs of a payment of nearly the 100,000 bytes that are relayed. */
    static final int FAT_OUTPUTS = 3_400;

    /** What each coin of the Blue Cheese is worth. */
    public static final long COIN_CRUMBS = 1_000 * Amount.CRUMBS_PER_CHEESE;

    private static final long PIECE_CRUMBS = 2_000;
    private static final long STRANGERS_FEE_RATE = 2;
    private static final int BYTES_BESIDE_OUTPUTS = 170;
    private static final int OUTPUT_BYTES = 29;

    private final TestWorld world;
    private final int firstOwner;
    private final int lastOwner;
    private final AtomicInteger nextOwner;

    /** Those of the allocations with these numbers, the last included. */
    public Purse(TestWorld world, int firstOwner, int lastOwner) {
        this.world = world;
        this.firstOwner = firstOwner;
        this.lastOwner = lastOwner;
        this.nextOwner = new AtomicInteger(firstOwner);
    }

    /** The next coin; when all were taken, they are taken again, and what spends them is a double spend. */
    private Payments.Input coin() {
        int taken = nextOwner.getAndIncrement() - firstOwner;
        return world.allocation(firstOwner + taken % (lastOwner - firstOwner + 1));
    }

    /** A payment of the smallest size with this fee. */
    public Payment small(long feeCrumbs) {
        Payments.Input coin = coin();
        return Payments.pay(world.network(), coin, Payments.to(coin.owner(), COIN_CRUMBS - feeCrumbs));
    }

    /** Payments of one and the same coin, each with a higher fee than the one before. */
    List<Payment> doubleSpends(int count) {
        Payments.Input coin = coin();
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> Payments.pay(world.network(), coin,
                        Payments.to(coin.owner(), COIN_CRUMBS - number * STRANGERS_FEE_RATE * 200)))
                .toList();
    }

    /** A payment of nearly 100,000 bytes. */
    public Payment fat() {
        return fan(coin(), FAT_OUTPUTS);
    }

    /** A payment that makes so many coins, and one each that spends them, in the order in which they can be submitted. */
    public List<Payment> smallOnes(int count) {
        Payments.Input coin = coin();
        TestKey owner = coin.owner();
        Payment fan = fan(coin, count);
        List<Payment> all = new ArrayList<>(List.of(fan));
        for (int i = 0; i < count; i++) {
            all.add(Payments.pay(world.network(), Payments.from(fan, i, owner),
                    Payments.to(owner, PIECE_CRUMBS - STRANGERS_FEE_RATE * (BYTES_BESIDE_OUTPUTS + OUTPUT_BYTES))));
        }
        return all;
    }

    private Payment fan(Payments.Input coin, int count) {
        List<TransactionOutput> outputs = new ArrayList<>(pieces(coin.owner(), count));
        long fee = STRANGERS_FEE_RATE * (BYTES_BESIDE_OUTPUTS + OUTPUT_BYTES * (count + 1));
        outputs.add(Payments.to(coin.owner(), COIN_CRUMBS - PIECE_CRUMBS * count - fee));
        return Payments.pay(world.network(), List.of(coin), outputs);
    }

    /** A payment of nearly 100,000 bytes of coins that never were, well-formed and signed. */
    Payment ofNothing() {
        TestKey owner = TestKeys.key(Forgeries.number());
        OutPoint never = new OutPoint(new Txid(Forgeries.hash()), 0);
        return Payments.pay(world.network(), List.of(new Payments.Input(never, owner)), pieces(owner, FAT_OUTPUTS));
    }

    private static List<TransactionOutput> pieces(TestKey owner, int count) {
        return Collections.nCopies(count, Payments.to(owner, PIECE_CRUMBS));
    }
}
