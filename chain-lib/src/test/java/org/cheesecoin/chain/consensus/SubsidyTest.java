package org.cheesecoin.chain.consensus;

import java.util.List;

import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.testing.Payments;
import org.cheesecoin.chain.testing.TestKeys;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SubsidyTest {

    private static final long ONE = Amount.CRUMBS_PER_CHEESE;

    @Test
    void halvesEveryMillionAndAHalf() {
        NetworkParameters local = NetworkParameters.local();
        assertThat(Subsidy.at(0, local)).isEqualTo(Amount.ZERO);
        assertThat(Subsidy.at(1, local)).isEqualTo(new Amount(ONE));
        assertThat(Subsidy.at(1_500_000, local)).isEqualTo(new Amount(ONE));
        assertThat(Subsidy.at(1_500_001, local)).isEqualTo(new Amount(ONE / 2));
        assertThat(Subsidy.at(3_000_001, local)).isEqualTo(new Amount(ONE / 4));
        assertThat(Subsidy.at(27 * 1_500_000, local)).isEqualTo(new Amount(1));
        assertThat(Subsidy.at(27 * 1_500_000 + 1, local)).isEqualTo(Amount.ZERO);
        assertThat(Subsidy.at(Integer.MAX_VALUE, local)).isEqualTo(Amount.ZERO);
    }

    @Test
    void allTogetherNeverExceedsTheCap() {
        NetworkParameters local = NetworkParameters.local();
        long naive = 0;
        for (int height = 1; height <= 27 * 1_500_000; height++) {
            naive += ONE >> (height - 1) / 1_500_000;
        }
        assertThat(Subsidy.minedUpTo(Integer.MAX_VALUE, local))
                .isEqualTo(naive)
                .isLessThanOrEqualTo(Amount.MAX_CRUMBS);
    }

    @Test
    void saysWhereTheSubsidyHalvesNext() {
        NetworkParameters local = NetworkParameters.local();
        assertThat(Subsidy.nextHalving(0, local)).hasValue(1_500_001);
        assertThat(Subsidy.nextHalving(1_500_000, local)).hasValue(1_500_001);
        assertThat(Subsidy.nextHalving(1_500_001, local)).hasValue(3_000_001);
        assertThat(Subsidy.nextHalving(27 * 1_500_000, local)).hasValue(27 * 1_500_000 + 1);
        assertThat(Subsidy.nextHalving(27 * 1_500_000 + 1, local)).isEmpty();
        assertThat(Subsidy.nextHalving(Integer.MAX_VALUE, local)).isEmpty();
        assertThat(Subsidy.nextHalving(5, parameters(1, 0, 0))).as("no subsidy at all").isEmpty();
        assertThat(Subsidy.nextHalving(5, parameters(Integer.MAX_VALUE, 7, 0))).as("beyond all heights").isEmpty();
    }

    @Test
    void theClosedFormIsTheLoop() {
        for (int interval : new int[]{1, 2, 3, 7, 50}) {
            for (long first : new long[]{0, 1, 5, 1_000, (1L << 27) + 3, 1_000_000 * ONE}) {
                for (long allocated : new long[]{0, 1, Amount.MAX_CRUMBS - 10_000, Amount.MAX_CRUMBS}) {
                    assertClosedFormIsTheLoop(parameters(interval, first, allocated));
                }
            }
        }
    }

    private static void assertClosedFormIsTheLoop(NetworkParameters parameters) {
        long cap = Amount.MAX_CRUMBS - Subsidy.allocated(parameters);
        long sum = 0;
        long made = 0;
        for (int height = 1; height <= 28 * parameters.halvingInterval() + 5; height++) {
            int halvings = (height - 1) / parameters.halvingInterval();
            long full = halvings >= 27 ? 0 : parameters.firstSubsidyCrumbs() >> halvings;
            long before = Math.min(sum, cap);
            sum = Math.min(cap, sum + full);
            assertThat(Subsidy.at(height, parameters).crumbs())
                    .as("height %d of %s", height, parameters)
                    .isEqualTo(sum - before);
            made += Subsidy.at(height, parameters).crumbs();
        }
        assertThat(made)
                .isEqualTo(sum)
                .isEqualTo(Subsidy.minedUpTo(Integer.MAX_VALUE, parameters))
                .isLessThanOrEqualTo(cap);
    }

    @Test
    void whatTheBlueCheeseGivesIsNotMined() {
        NetworkParameters half = parameters(1_500_000, ONE, Amount.MAX_CRUMBS / 2);
        assertThat(Subsidy.minedUpTo(Integer.MAX_VALUE, half)).isEqualTo(Amount.MAX_CRUMBS / 2);
        assertThat(Subsidy.at(1_500_000, half)).isEqualTo(new Amount(ONE));
        assertThat(Subsidy.at(1_500_001, half)).isEqualTo(Amount.ZERO);
        NetworkParameters all = parameters(1_500_000, ONE, Amount.MAX_CRUMBS);
        assertThat(Subsidy.at(1, all)).isEqualTo(Amount.ZERO);
    }

    private static NetworkParameters parameters(int halvingInterval, long firstSubsidyCrumbs, long allocatedCrumbs) {
        NetworkParameters test = NetworkParameters.test();
        return new NetworkParameters(
                test.name(),
                test.blueTimeMillis(),
                test.firstCompactTarget(),
                test.retargeting(),
                test.spacingMillis(),
                test.halfLifeMillis(),
                test.easiestFactor(),
                test.onDemandMining(),
                test.coinbaseMaturity(),
                firstSubsidyCrumbs,
                halvingInterval,
                allocatedCrumbs == 0 ? List.of() : List.of(Payments.to(TestKeys.key(1), allocatedCrumbs)));
    }
}
