package org.cheesecoin.chain.stack;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.consensus.CheckedCheese;
import org.cheesecoin.chain.testing.MemoryCheeseStore;
import org.cheesecoin.chain.testing.Payments;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestWorld;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DeepReorganisationTest {

    private static final int DEPTH = 2_000;

    /** Bodies at hand while a step is told: its own, the last one's, the added cheese's, and what a JIT forgot. */
    private static final int FEW_BODIES = 5;

    private final TestWorld world = TestWorld.rich(2);
    private final MemoryCheeseStore store = new MemoryCheeseStore(world.network());
    private final CountingStore counting = new CountingStore(store);
    private final CheeseStack stack = new CheeseStack(world.network(), counting, new StackLimits(500, 50, 10));

    private int steps;
    private int bodiesAtLastStep;

    private void grow(TestWorld branch, int owner, int count) {
        Payments.Input from = branch.allocation(owner);
        for (int i = 0; i < count; i++) {
            if (i % 100 == 0) {
                Payment payment = branch.pay(from, from.owner(), 1_000, 10);
                branch.mine(payment);
                from = Payments.from(payment, 1, from.owner());
            } else {
                branch.mine();
            }
        }
    }

    private Added add(Cheese cheese, StackSink sink) {
        return stack.add(CheckedCheese.trusted(cheese, world.network().id()), 1L << 52, sink);
    }

    @Test
    void holdsFewBodiesHoweverDeepItIs() {
        TestWorld rival = world.copy().minedBy(TestKeys.key(7));
        grow(world, 1, DEPTH);
        grow(rival, 2, DEPTH + 1);
        world.cheeses().forEach(cheese -> add(cheese, store));
        rival.cheeses().subList(0, DEPTH + 1).forEach(cheese -> add(cheese, store));
        assertThat(counting.bodiesRead()).isZero();

        Added added = add(rival.cheese(DEPTH + 1), this::watch);

        assertThat(added).isEqualTo(new Added.Reorganised(rival.tip(), rival.header(0), world.tip()));
        assertThat(steps).isEqualTo(1 + DEPTH + DEPTH + 1);
        assertThat(store.tip()).isEqualTo(rival.tip());
        assertThat(store.allCoins()).isEqualTo(rival.coins().all());
        assertThat(stack.headerAt(DEPTH / 2)).contains(rival.header(DEPTH / 2));
    }

    private void watch(StackStep step) {
        if (steps == 0) {
            assertThat(counting.bodiesRead()).as("all are judged before the first step").isEqualTo(2 * DEPTH);
            assertThat(counting.bodiesHeld()).isLessThanOrEqualTo(FEW_BODIES);
        } else {
            assertThat(counting.bodiesRead() - bodiesAtLastStep).as("one body for each step").isLessThanOrEqualTo(1);
        }
        if (steps % DEPTH == DEPTH - 1) {
            assertThat(counting.bodiesHeld()).isLessThanOrEqualTo(FEW_BODIES);
        }
        bodiesAtLastStep = counting.bodiesRead();
        steps++;
        store.write(step);
    }
}
