package org.cheesecoin.chain.consensus;

import java.math.BigInteger;
import java.util.List;

import org.cheesecoin.chain.cheese.CheeseHeader;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.crypto.Hash256;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** How the difficulty rule behaves, in virtual time with seeded solve times; and the rule itself where it turns. */
class DifficultyTest {

    private static final NetworkParameters LOCAL = NetworkParameters.local();
    private static final long SPACING_MILLIS = LOCAL.spacingMillis();
    private static final double HASHES_PER_SECOND = 150_000;

    @Test
    void aSteadyHashRateSettlesAtTheSpacing() {
        for (double hashesPerSecond : new double[]{HASHES_PER_SECOND / 20, HASHES_PER_SECOND, 20 * HASHES_PER_SECOND}) {
            VirtualMiners miners = new VirtualMiners(LOCAL, 1, List.of(0L), hashesPerSecond);
            miners.mine(1_000);
            assertThat(miners.meanSpacingMillis(20_000)).isBetween(9_800.0, 10_200.0);
        }
    }

    @Test
    void clocksThatAreOffLeaveTheSpacing() {
        VirtualMiners miners = new VirtualMiners(LOCAL, 2, List.of(-15_000L, 0L, 15_000L), HASHES_PER_SECOND);
        miners.mine(1_000);
        assertThat(miners.meanSpacingMillis(20_000)).isBetween(9_800.0, 10_200.0);
        VirtualMiners two = new VirtualMiners(LOCAL, 3, List.of(-15_000L, 15_000L), HASHES_PER_SECOND);
        two.mine(1_000);
        assertThat(two.meanSpacingMillis(20_000)).isBetween(9_800.0, 10_200.0);
    }

    @Test
    void afterANightTheNextTenCheesesComeAtSixToTenSeconds() {
        double sumMillis = 0;
        int nights = 300;
        VirtualMiners miners = new VirtualMiners(LOCAL, 4, List.of(0L), HASHES_PER_SECOND);
        for (int night = 0; night < nights; night++) {
            miners.mine(300);
            miners.sleep(10 * 3_600_000L);
            sumMillis += miners.meanSpacingMillis(10);
        }
        assertThat(sumMillis / nights).isBetween(6_000.0, 10_000.0);
    }

    @Test
    void afterAFallToAHundredthNoWaitExceedsTenMinutes() {
        for (int seed = 1; seed <= 50; seed++) {
            VirtualMiners miners = new VirtualMiners(LOCAL, seed, List.of(0L), HASHES_PER_SECOND);
            miners.mine(500);
            miners.hashRate(HASHES_PER_SECOND / 100);
            assertThat(miners.longestWaitMillis(500)).as("seed %d", seed).isLessThanOrEqualTo(600_000);
            assertThat(miners.meanSpacingMillis(2_000)).as("seed %d", seed).isBetween(9_000.0, 11_000.0);
        }
    }

    @Test
    void cheesesOneAndTwoHaveTheBlueCheesesBase() {
        StackedHeader blue = Network.of(LOCAL).root();
        int first = LOCAL.firstCompactTarget();
        assertThat(Difficulty.baseTargetAbove(blue, LOCAL).compact()).isEqualTo(first);
        StackedHeader one = above(blue, 86_400_000);
        assertThat(one.baseTarget().compact()).isEqualTo(first);
        StackedHeader two = above(one, 1);
        assertThat(two.baseTarget().compact()).isEqualTo(first);
        assertThat(Difficulty.baseTargetAbove(two, LOCAL).value())
                .isLessThan(Target.ofCompact(first).value());
    }

    @Test
    void aSolveTimeOfTheSpacingLeavesTheBase() {
        StackedHeader three = above(above(above(Network.of(LOCAL).root(), 5), 5), SPACING_MILLIS);
        assertThat(Difficulty.baseTargetAbove(three, LOCAL)).isEqualTo(three.baseTarget());
    }

    @Test
    void anyLongerSolveTimeCountsAsTwelveSpacings() {
        StackedHeader two = above(above(Network.of(LOCAL).root(), 5), 5);
        Target twelve = Difficulty.baseTargetAbove(above(two, 12 * SPACING_MILLIS), LOCAL);
        assertThat(Difficulty.baseTargetAbove(above(two, 12 * SPACING_MILLIS + 1), LOCAL)).isEqualTo(twelve);
        assertThat(Difficulty.baseTargetAbove(above(two, 86_400_000), LOCAL)).isEqualTo(twelve);
        assertThat(Difficulty.baseTargetAbove(above(two, 12 * SPACING_MILLIS - 100), LOCAL)).isNotEqualTo(twelve);
    }

    @Test
    void theTargetDoublesAtEachFullSixSpacings() {
        StackedHeader blue = Network.of(LOCAL).root();
        BigInteger base = blue.baseTarget().value();
        assertThat(eased(blue, 1)).isEqualTo(base);
        assertThat(eased(blue, 6 * SPACING_MILLIS - 1)).isEqualTo(base);
        assertThat(eased(blue, 6 * SPACING_MILLIS)).isEqualTo(Target.roundedDown(base.shiftLeft(1)).value());
        assertThat(eased(blue, 12 * SPACING_MILLIS - 1)).isEqualTo(eased(blue, 6 * SPACING_MILLIS));
        assertThat(eased(blue, 12 * SPACING_MILLIS)).isEqualTo(Target.roundedDown(base.shiftLeft(2)).value());
    }

    @Test
    void noTargetIsEasierThanTheEasiest() {
        StackedHeader blue = Network.of(LOCAL).root();
        BigInteger easiest = Difficulty.easiest(LOCAL).value();
        assertThat(easiest).isEqualTo(Target.roundedDown(blue.baseTarget().value().shiftLeft(10)).value());
        for (long doublings : new long[]{10, 11, 255, 256, 257, 1L << 31, 1L << 32}) {
            assertThat(eased(blue, doublings * 6 * SPACING_MILLIS)).as("%d doublings", doublings).isEqualTo(easiest);
        }
    }

    @Test
    void aNetworkWithoutRetargetingKeepsItsTarget() {
        NetworkParameters test = NetworkParameters.test();
        StackedHeader blue = Network.of(test).root();
        for (long waitedMillis : new long[]{1, 100_000, 86_400_000}) {
            assertThat(Difficulty.targetAbove(blue, blue.header().timeMillis() + waitedMillis, test).compact())
                    .isEqualTo(test.firstCompactTarget());
        }
    }

    private static BigInteger eased(StackedHeader parent, long waitedMillis) {
        return Difficulty.targetAbove(parent, parent.header().timeMillis() + waitedMillis, LOCAL)
                .value();
    }

    private static StackedHeader above(StackedHeader parent, long solveMillis) {
        long timeMillis = parent.header().timeMillis() + solveMillis;
        CheeseHeader header = new CheeseHeader(
                1,
                parent.height() + 1,
                parent.smell(),
                Hash256.ZERO,
                timeMillis,
                Difficulty.targetAbove(parent, timeMillis, LOCAL).compact(),
                0);
        return parent.child(header, new Smell(Hash256.ZERO), LOCAL);
    }
}
