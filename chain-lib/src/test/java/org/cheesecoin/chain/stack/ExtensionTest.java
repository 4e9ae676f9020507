package org.cheesecoin.chain.stack;

import java.util.List;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.testing.CheeseFactory;
import org.cheesecoin.chain.testing.Payments;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestWorld;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ExtensionTest {

    private final TestWorld world = TestWorld.rich(3);
    private final TestStack stack = new TestStack(world.network());

    @Test
    void growsByCheesesThatSpendOldAndNewCoins() {
        var first = world.pay(world.allocation(1), TestKeys.key(9), 5_000, 100);
        world.mine(first);
        world.mine(world.pay(Payments.from(first, 0, TestKeys.key(9)), TestKeys.key(8),
                4_000, 10));
        assertThat(stack.addAll(world.cheeses())).hasOnlyElementsOfType(Added.Extended.class).hasSize(2);
        stack.agreesWith(world);
        assertThat(stack.stepNames()).containsExactly("Stored", "Connected", "Stored", "Connected");
    }

    @Test
    void knowsWhatItHas() {
        Cheese cheese = world.mine();
        stack.add(cheese);
        assertThat(stack.add(cheese)).isEqualTo(new Added.AlreadyKnown());
        assertThat(stack.add(world.cheese(0))).isEqualTo(new Added.AlreadyKnown());
        assertThat(stack.steps()).hasSize(2);
    }

    @Test
    void namesTheParentThatIsMissing() {
        Cheese missing = world.mine();
        assertThat(stack.add(world.mine())).isEqualTo(new Added.ParentMissing(missing.smell()));
        assertThat(stack.steps()).isEmpty();
    }

    @Test
    void placesACheeseOnTheParentThatItNamesNotOnOurTip() {
        TestWorld other = world.copy().minedBy(TestKeys.key(7));
        world.mineEmpty(2);
        stack.addAll(world.cheeses());
        Cheese sibling = other.mine();
        assertThat(stack.add(sibling)).isEqualTo(new Added.SideBranch(other.tip()));
        assertThat(stack.header(sibling.smell()).orElseThrow().header().parentSmell())
                .isEqualTo(world.network().id());
        stack.agreesWith(world);
    }

    @Test
    void waitsForACheeseThatIsTooEarly() {
        Cheese cheese = world.next();
        long due = cheese.header().timeMillis() - 30_000;
        assertThat(stack.add(cheese, due - 1)).isEqualTo(new Added.TooEarly(due));
        assertThat(stack.steps()).isEmpty();
        assertThat(stack.add(cheese, due)).isInstanceOf(Added.Extended.class);
    }

    @Test
    void refusesAnotherBlueCheese() {
        Cheese other = TestWorld.rich(4).cheese(0);
        assertThat(stack.addUnchecked(other)).isInstanceOfSatisfying(Added.Invalid.class,
                invalid -> assertThat(invalid.violation().rule()).isEqualTo(Rule.HDR_BLUE_CHEESE));
    }

    @Test
    void refusesAWrongHeaderWithoutRememberingIt() {
        world.mine();
        stack.addAll(world.cheeses());
        Cheese cheese = CheeseFactory.of(world.network(), world.tip(), world.tip().header().timeMillis(),
                List.of(world.next().transactions().getFirst()));
        for (int i = 0; i < 2; i++) {
            assertThat(stack.add(cheese)).isInstanceOfSatisfying(Added.Invalid.class,
                    invalid -> assertThat(invalid.violation().rule()).isEqualTo(Rule.HDR_TIME_ORDER));
        }
        assertThat(stack.stack().isCondemned(cheese.smell())).isFalse();
        stack.agreesWith(world);
    }

    @Test
    void refusesTheSameOutputSpentInTwoCheesesOfOneBranch() {
        var first = world.pay(world.allocation(1), TestKeys.key(9), 5_000, 100);
        var second = world.pay(world.allocation(1), TestKeys.key(8), 6_000, 100);
        Cheese elsewhere = world.next(second);
        world.mine(first);
        stack.addAll(world.cheeses());
        var coinbase = world.next().transactions().getFirst();
        Cheese twice = CheeseFactory.withTransactions(world.next(), List.of(coinbase, second));
        assertThat(stack.add(twice)).isInstanceOfSatisfying(Added.Invalid.class, invalid -> {
            assertThat(invalid.culprit()).isEqualTo(twice.smell());
            assertThat(invalid.violation().rule()).isEqualTo(Rule.TRX_INPUT_UNKNOWN);
        });
        stack.agreesWith(world);
        assertThat(stack.steps()).hasSize(2);
        assertThat(stack.add(twice)).isEqualTo(new Added.AlreadyKnown());
        assertThat(stack.add(elsewhere)).as("on a branch of its own it may").isInstanceOf(Added.SideBranch.class);
    }
}
