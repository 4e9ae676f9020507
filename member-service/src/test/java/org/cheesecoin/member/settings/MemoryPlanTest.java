package org.cheesecoin.member.settings;

import java.util.Arrays;

import org.cheesecoin.member.settings.MemoryPlan.Share;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class MemoryPlanTest {

    private static final long MEBIBYTE = 1 << 20;

    private static long sum(MemoryPlan plan) {
        return Arrays.stream(Share.values()).mapToLong(plan::bytes).sum();
    }

    @ParameterizedTest
    @ValueSource(longs = {96, 128, 160, 256, 512, 1_024, 4_096})
    void allSharesTogetherFitBesideWhatAMemberHoldsAtRest(long mebibytes) {
        MemoryPlan plan = new MemoryPlan(mebibytes * MEBIBYTE);

        assertThat(sum(plan)).isLessThanOrEqualTo(mebibytes * MEBIBYTE - MemoryPlan.REST_BYTES);
    }

    @Test
    void theLaunchersHeapIsDividedWithHardlyARest() {
        MemoryPlan plan = new MemoryPlan(MemoryPlan.LAUNCHER_HEAP_BYTES);

        assertThat(sum(plan)).isGreaterThan(98 * MEBIBYTE);
        assertThat(plan.bytes(Share.ANSWERS)).isGreaterThan(7_900_000);
        assertThat(plan.bytes(Share.FRAMES)).isGreaterThan(7_900_000);
        assertThat(plan.bytes(Share.HTTP)).isGreaterThan(11_900_000);
    }

    @Test
    void aTinyHeapIsDividedToo() {
        for (Share share : Share.values()) {
            assertThat(new MemoryPlan(32 * MEBIBYTE).bytes(share)).isPositive();
        }
    }
}
