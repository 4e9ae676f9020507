package org.cheesecoin.chain.stack;

import java.util.ArrayList;
import java.util.List;

import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.consensus.StackedHeader;
import org.cheesecoin.chain.testing.CheeseFactory;
import org.cheesecoin.chain.testing.Payments;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestWorld;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ReorganisationTest {

    private final TestWorld world = TestWorld.rich(4);

    @Test
    void staysOnTheFirstSeenOfTwoBranchesOfEqualWork() {
        TestWorld rival = world.copy().minedBy(TestKeys.key(7));
        world.mineEmpty(3);
        rival.mineEmpty(3);
        TestStack stack = new TestStack(world.network());
        stack.addAll(world.cheeses());
        assertThat(stack.addAll(rival.cheeses())).hasOnlyElementsOfType(Added.SideBranch.class);
        stack.agreesWith(world);
        TestStack restarted = new TestStack(world.network(), stack.store(), StackLimits.DEFAULT);
        restarted.agreesWith(world);
        assertThat(restarted.add(rival.cheese(3))).isEqualTo(new Added.AlreadyKnown());
        restarted.agreesWith(world);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 17, 60})
    void movesToMoreWorkAndBackWithEveryCoinInItsPlace(int depth) {
        world.mineEmpty(2);
        StackedHeader fork = world.tip();
        TestWorld rival = world.copy().minedBy(TestKeys.key(7));
        Payment both = world.pay(world.allocation(1), TestKeys.key(9), 7_000, 70);
        spend(world, depth, both, 2);
        spend(rival, depth + 1, both, 3);
        // Coins for three: everything is read from the store again and again.
        TestStack stack = new TestStack(world.network(), new StackLimits(3, 2, 1));
        stack.addAll(world.cheeses());
        stack.steps().clear();

        List<Added> added = stack.addAll(rival.cheeses().subList(fork.height() + 1, rival.cheeses().size()));

        assertThat(added.getLast()).isEqualTo(new Added.Reorganised(rival.tip(), fork, world.tip()));
        assertThat(stack.stepNames()).containsExactlyElementsOf(expectedSteps(depth));
        stack.agreesWith(rival);
        assertNothingMadeOrLost(stack);
        world.mineEmpty(2);
        assertThat(stack.addAll(world.cheeses()).getLast())
                .isEqualTo(new Added.Reorganised(world.tip(), fork, rival.tip()));
        stack.agreesWith(world);
        assertNothingMadeOrLost(stack);
    }

    private static List<String> expectedSteps(int depth) {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i <= depth; i++) {
            expected.add("Stored");
        }
        for (int i = 0; i < depth; i++) {
            expected.add("Disconnected");
        }
        for (int i = 0; i <= depth; i++) {
            expected.add("Connected");
        }
        return expected;
    }

    /** Cheeses with chains of payments: what is made in one cheese is spent in the same and in the next. */
    private static void spend(TestWorld world, int cheeses, Payment both, int owner) {
        Payments.Input from = world.allocation(owner);
        for (int i = 0; i < cheeses; i++) {
            Payment first = world.pay(from, from.owner(), 1_000_000_000 - 1_000 * i, 10);
            Payment second = Payments.pay(
                    world.network(),
                    Payments.from(first, 0, from.owner()),
                    Payments.to(from.owner(), 999_999_000 - 1_000 * i),
                    Payments.to(TestKeys.key(8), 500));
            if (i == 0) {
                world.mine(both, first, second);
            } else {
                world.mine(first, second);
            }
            from = Payments.from(first, 1, from.owner());
        }
    }

    private void assertNothingMadeOrLost(TestStack stack) {
        long allocated = 4 * 1_000 * Amount.CRUMBS_PER_CHEESE;
        assertThat(stack.store().sumCrumbs())
                .isEqualTo(allocated + stack.stack().tip().height() * Amount.CRUMBS_PER_CHEESE);
    }

    @Test
    void tellsSiblingsApartThatShareTheTxidOfTheirCoinbase() {
        TestWorld rival = world.copy();
        Cheese one = world.mine();
        Cheese other = rival.next(one.header().timeMillis() + 1);
        rival.add(other);
        assertThat(other.transactions().getFirst().txid())
                .isEqualTo(one.transactions().getFirst().txid());
        assertThat(other.smell()).isNotEqualTo(one.smell());
        TestStack stack = new TestStack(world.network());
        stack.add(one);
        stack.add(other);
        stack.agreesWith(world);
        stack.add(rival.mine());
        stack.agreesWith(rival);
        stack.addAll(world.mineEmpty(2).cheeses());
        stack.agreesWith(world);
    }

    @ParameterizedTest
    @ValueSource(strings = {"made and spent within a cheese", "made and left", "made from what was made there"})
    void refusesARivalThatSpendsWhatOnlyTheBestBranchMade(String coin) {
        TestWorld rival = world.copy().minedBy(TestKeys.key(7)).mineEmpty(1);
        Payment first = world.pay(world.allocation(1), TestKeys.key(9), 5_000, 10);
        Payment second = Payments.pay(world.network(), Payments.from(first, 0, TestKeys.key(9)),
                Payments.to(TestKeys.key(8), 4));
        Payments.Input rest = Payments.from(first, 1, TestKeys.key(1));
        world.mine(first, second);
        Payment third = world.pay(Payments.from(second, 0, TestKeys.key(8)), TestKeys.key(2), 1, 3);
        Payment bad = switch (coin) {
            case "made and spent within a cheese" -> second;
            case "made and left" -> world.pay(rest, TestKeys.key(3), 77, 1);
            default -> third;
        };
        TestStack stack = new TestStack(world.network());
        stack.addAll(world.cheeses());
        stack.addAll(rival.cheeses());
        stack.steps().clear();
        Cheese spender = CheeseFactory.withTransactions(
                rival.next(), List.of(rival.next().transactions().getFirst(), bad));
        assertThat(stack.add(spender)).isInstanceOfSatisfying(Added.Invalid.class, invalid -> {
            assertThat(invalid.culprit()).isEqualTo(spender.smell());
            assertThat(invalid.violation().rule()).isEqualTo(Rule.TRX_INPUT_UNKNOWN);
        });
        assertThat(stack.steps()).isEmpty();
        stack.agreesWith(world);
    }

    @Test
    void adoptsABranchThatCameBelowItsFirstCheeseOnlyNow() {
        TestWorld rival = world.copy().minedBy(TestKeys.key(7));
        world.mine();
        rival.mineEmpty(2);
        TestStack stack = new TestStack(world.network());
        stack.addAll(world.cheeses());
        assertThat(stack.add(rival.cheese(2)))
                .isEqualTo(new Added.ParentMissing(rival.cheese(1).smell()));
        stack.addAll(rival.cheeses());
        stack.agreesWith(rival);
    }

    @Test
    void findsTheForkOfEachStoredCheese() {
        world.mineEmpty(2);
        TestWorld rival = world.copy().minedBy(TestKeys.key(7)).mineEmpty(2);
        StackedHeader fork = world.tip();
        world.mineEmpty(3);
        TestStack stack = new TestStack(world.network(), new StackLimits(1, 1, 1));
        stack.addAll(world.cheeses());
        stack.addAll(rival.cheeses());
        assertThat(stack.stack().fork(rival.tip().smell())).contains(fork);
        assertThat(stack.stack().fork(world.tip().smell())).contains(world.tip());
        assertThat(stack.stack().fork(CheeseFactory.empty(world.network(), rival.tip(), TestKeys.key(7).address())
                .smell())).isEmpty();
        assertThat(stack.stack().isOnBestBranch(rival.tip().smell())).isFalse();
        assertThat(stack.stack().isOnBestBranch(fork.smell())).isTrue();
    }
}
