package org.cheesecoin.chain.stack;

import java.util.ArrayList;
import java.util.List;

import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.consensus.CheckedCheese;
import org.cheesecoin.chain.testing.MemoryCheeseStore;
import org.cheesecoin.chain.testing.Payments;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestWorld;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CoinCacheTest {

    private static final int OWNERS = 20;

    private final TestWorld world = TestWorld.rich(OWNERS);
    private final MemoryCheeseStore store = new MemoryCheeseStore(world.network());
    private final CountingStore counting = new CountingStore(store);

    private void addAll(StackLimits limits) {
        CheeseStack stack = new CheeseStack(world.network(), counting, limits);
        world.cheeses().forEach(cheese -> stack.add(
                CheckedCheese.trusted(cheese, world.network().id()), 1L << 52, store));
        assertThat(store.allCoins()).isEqualTo(world.coins().all());
    }

    @Test
    void asksTheStoreOnceForAllThatACheeseSpends() {
        List<Payment> payments = new ArrayList<>();
        for (int owner = 1; owner <= OWNERS; owner++) {
            Payment first = world.pay(world.allocation(owner), TestKeys.key(owner), 1_000, 10);
            payments.add(first);
            payments.add(Payments.pay(
                    world.network(), Payments.from(first, 0, TestKeys.key(owner)), Payments.to(TestKeys.key(50), 900)));
        }
        world.mine(payments.toArray(Payment[]::new));
        addAll(new StackLimits(1, 10, 10));
        assertThat(counting.coinQuestions()).isEqualTo(1);
    }

    @Test
    void doesNotAskTheStoreForYoungCoins() {
        Payment payment = world.pay(world.allocation(1), TestKeys.key(1), 1_000, 10);
        world.mine(payment);
        for (int i = 0; i < 10; i++) {
            payment = world.pay(Payments.from(payment, 1, TestKeys.key(1)), TestKeys.key(1), 1_000, 10);
            world.mine(payment);
        }
        addAll(StackLimits.DEFAULT);
        assertThat(counting.coinQuestions()).as("for the allocation alone").isEqualTo(1);
    }
}
