package org.cheesecoin.member.persistence;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.OutPoint;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Transaction;
import org.cheesecoin.chain.consensus.Coin;
import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.testing.Payments;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestKeys.TestKey;
import org.cheesecoin.chain.testing.TestWorld;

/** A random tree of valid cheeses with payments, parents before children. The seed decides it all. */
final class History {

    static final int OWNERS = 8;
    private static final int BRANCHES = 3;
    private static final int MAX_PAYMENTS = 4;

    private final Random random;
    private final List<TestWorld> worlds = new ArrayList<>();
    private final List<Cheese> cheeses = new ArrayList<>();

    private History(long seed) {
        this.random = new Random(seed);
        this.worlds.add(TestWorld.rich(OWNERS));
    }

    static Network network() {
        return TestWorld.rich(OWNERS).network();
    }

    static List<Cheese> of(long seed, int count) {
        History history = new History(seed);
        for (int i = 0; i < count; i++) {
            history.grow();
        }
        return history.cheeses;
    }

    private void grow() {
        int chosen = random.nextInt(worlds.size());
        if (random.nextInt(8) == 0) {
            TestWorld fork = worlds.get(chosen).copy().minedBy(TestKeys.key(100 + random.nextInt(1_000)));
            if (worlds.size() < BRANCHES) {
                worlds.add(fork);
            } else {
                worlds.set((chosen + 1) % BRANCHES, fork);
            }
        }
        cheeses.add(worlds.get(chosen).mine(payments(worlds.get(chosen))));
    }

    private Payment[] payments(TestWorld world) {
        List<Payment> payments = new ArrayList<>();
        List<OutPoint> taken = new ArrayList<>();
        int wanted = random.nextInt(MAX_PAYMENTS);
        for (OutPoint outPoint : world.coins().all().keySet()) {
            Coin coin = world.coins().coin(outPoint).orElseThrow();
            if (payments.size() == wanted) {
                break;
            }
            boolean skip = coin.origin() == Coin.Origin.COINBASE || random.nextInt(3) == 0 || taken.contains(outPoint);
            if (!skip && coin.amount().crumbs() > 1_000_000) {
                Payment payment = pay(world.network(), outPoint, coin);
                taken.add(outPoint);
                payments.add(payment);
                if (random.nextBoolean()) {
                    payments.add(spendAtOnce(world.network(), payment));
                }
            }
        }
        return payments.toArray(Payment[]::new);
    }

    private Payment pay(Network network, OutPoint outPoint, Coin coin) {
        TestKey owner = owner(coin);
        long crumbs = 1 + random.nextLong(coin.amount().crumbs() - 20_000);
        return Payments.pay(network, new Payments.Input(outPoint, owner),
                Payments.to(TestKeys.key(1 + random.nextInt(OWNERS)), crumbs),
                Payments.to(owner, coin.amount().crumbs() - crumbs - 10_000));
    }

    private static Payment spendAtOnce(Network network, Transaction payment) {
        TestKey owner = owners().stream()
                .filter(it -> it.address().equals(payment.outputs().getLast().address()))
                .findFirst()
                .orElseThrow();
        return Payments.pay(network, Payments.from(payment, 1, owner),
                Payments.to(owner, payment.outputs().getLast().amount().crumbs() - 1_000));
    }

    private static TestKey owner(Coin coin) {
        return owners().stream().filter(it -> it.address().equals(coin.address())).findFirst().orElseThrow();
    }

    private static final List<TestKey> OWNER_KEYS = IntStream.rangeClosed(1, OWNERS)
            .mapToObj(TestKeys::key)
            .toList();

    private static List<TestKey> owners() {
        return OWNER_KEYS;
    }
}
