package org.cheesecoin.member.web;

import org.cheesecoin.member.settings.MemoryPlan;
import org.cheesecoin.member.settings.MemoryPlan.Share;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class HttpShareTest {

    private static final int DEFAULT_BODY_BYTES = 1 << 20;

    @ParameterizedTest
    @ValueSource(longs = {96, 128, 160, 256, 512, 1_024, 4_096})
    void allThatStrangersHoldOverHttpFitsItsShareOfTheHeap(long mebibytes) {
        MemoryPlan plan = new MemoryPlan(mebibytes << 20);

        assertThat(WebConfiguration.guard(plan, DEFAULT_BODY_BYTES).worstBytes())
                .isLessThanOrEqualTo(plan.bytes(Share.HTTP));
    }
}
