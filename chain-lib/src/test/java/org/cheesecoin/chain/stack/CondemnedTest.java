package org.cheesecoin.chain.stack;

import java.util.ArrayList;
import java.util.List;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.consensus.StackedHeader;
import org.cheesecoin.chain.testing.CheeseFactory;
import org.cheesecoin.chain.testing.Payments;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestWorld;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A best branch of four cheeses, and a rival whose third spends what its first has spent. */
class CondemnedTest {

    private final TestWorld world = TestWorld.rich(2);
    private final TestWorld sound = world.copy().minedBy(TestKeys.key(7));
    private final TestStack stack = new TestStack(world.network());
    /** Of the rival, from height 1 to 6; the third is the culprit. */
    private final List<Cheese> rival = new ArrayList<>();

    private StackedHeader culprit = world.tip();

    @BeforeEach
    void condemnARival() {
        world.mineEmpty(4);
        rival.add(sound.mine(sound.pay(sound.allocation(1), TestKeys.key(9), 1_000, 1)));
        rival.add(sound.mine());
        Payment again = world.pay(world.allocation(1), TestKeys.key(8), 2_000, 1);
        Cheese third = CheeseFactory.withTransactions(
                sound.next(), List.of(sound.next().transactions().getFirst(), again));
        rival.add(third);
        culprit = CheeseFactory.stacked(world.network(), sound.tip(), third);
        rival.addAll(emptyOn(culprit, 3, 9));
        stack.addAll(world.cheeses());
        stack.addAll(rival.subList(0, 4));
        stack.steps().clear();
    }

    private List<Cheese> emptyOn(StackedHeader parent, int count, int miner) {
        List<Cheese> cheeses = new ArrayList<>();
        StackedHeader at = parent;
        for (int i = 0; i < count; i++) {
            cheeses.add(CheeseFactory.empty(
                    world.network(), at, TestKeys.key(miner).address()));
            at = CheeseFactory.stacked(world.network(), at, cheeses.getLast());
        }
        return cheeses;
    }

    private void isInvalid(Added added, Cheese expectedCulprit, Rule rule) {
        assertThat(added).isInstanceOfSatisfying(Added.Invalid.class, invalid -> {
            assertThat(invalid.culprit()).isEqualTo(expectedCulprit.smell());
            assertThat(invalid.violation().rule()).isEqualTo(rule);
        });
    }

    @Test
    void leavesEverythingAsItWasWhenTheThirdCheeseOfARivalIsInvalid() {
        isInvalid(stack.add(rival.get(4)), rival.get(2), Rule.TRX_INPUT_UNKNOWN);
        assertThat(stack.steps()).containsExactly(
                new StackStep.Condemned(rival.get(3).smell()), new StackStep.Condemned(rival.get(2).smell()));
        assertThat(stack.header(rival.get(2).smell())).isEmpty();
        assertThat(stack.header(rival.get(1).smell())).contains(sound.tip());
        stack.agreesWith(world);
    }

    @Test
    void doesNotTryACondemnedBranchAgain() {
        stack.add(rival.get(4));
        stack.steps().clear();
        assertThat(stack.addAll(rival.subList(2, 5))).containsOnly(new Added.AlreadyKnown());
        isInvalid(stack.add(rival.get(5)), rival.get(5), Rule.HDR_PARENT_INVALID);
        assertThat(stack.stack().isCondemned(rival.get(2).smell())).isTrue();
        assertThat(stack.steps()).isEmpty();
    }

    @Test
    void keepsTheValidPartOfARivalForBetterCheesesOnIt() {
        stack.add(rival.get(4));
        sound.mineEmpty(2);
        assertThat(stack.addAll(sound.cheeses().subList(3, 5))).hasOnlyElementsOfType(Added.SideBranch.class);
        sound.mine();
        assertThat(stack.add(sound.cheese(5))).isInstanceOf(Added.Reorganised.class);
        stack.agreesWith(sound);
    }

    @Test
    void condemnsLaterWhatElseStandsOnAnInvalidCheese() {
        List<Cheese> others = emptyOn(culprit, 2, 8);
        assertThat(stack.add(others.getFirst())).isInstanceOf(Added.SideBranch.class);
        stack.add(rival.get(4));
        isInvalid(stack.add(others.getLast()), others.getFirst(), Rule.HDR_PARENT_INVALID);
        assertThat(stack.header(others.getFirst().smell())).isEmpty();
        assertThat(stack.stack().isCondemned(others.getLast().smell())).isTrue();
        stack.agreesWith(world);
    }

    @Test
    void judgesACondemnedBranchAnewWhenARestartHasForgottenIt() {
        stack.add(rival.get(4));
        TestStack restarted = new TestStack(world.network(), stack.store(), StackLimits.DEFAULT);
        assertThat(restarted.addAll(rival.subList(2, 4))).hasOnlyElementsOfType(Added.SideBranch.class);
        isInvalid(restarted.add(rival.get(4)), rival.get(2), Rule.TRX_INPUT_UNKNOWN);
        restarted.agreesWith(world);
    }

    @Test
    void remembersABoundedNumberOfInvalidCheeses() {
        TestStack small = new TestStack(world.network(), new StackLimits(10, 10, 2));
        small.addAll(world.cheeses());
        List<Cheese> bad = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Payments.Input elsewhere = Payments.from(rival.getFirst().transactions().get(1), 0, TestKeys.key(9));
            Payment spendsNothing = sound.pay(elsewhere, TestKeys.key(i), 10, 1);
            bad.add(CheeseFactory.withTransactions(
                    world.next(), List.of(world.next().transactions().getFirst(), spendsNothing)));
            isInvalid(small.add(bad.getLast()), bad.getLast(), Rule.TRX_INPUT_UNKNOWN);
        }
        assertThat(bad).extracting(cheese -> small.stack().isCondemned(cheese.smell()))
                .containsExactly(false, true, true);
    }
}
