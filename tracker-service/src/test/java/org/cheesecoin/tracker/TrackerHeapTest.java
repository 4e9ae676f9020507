package org.cheesecoin.tracker;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class TrackerHeapTest {

    /** The launcher's 96 MB first; bodies of the default length and of the longest that an operator may set. */
    @ParameterizedTest
    @CsvSource({"96, 16384", "96, 1048576", "160, 16384", "4096, 1048576"})
    void allThatStrangersHoldOverHttpFitsAnEighthOfTheHeap(long mebibytes, int maxBodyBytes) {
        long heapBytes = mebibytes << 20;

        assertThat(TrackerConfiguration.guard(heapBytes, maxBodyBytes).worstBytes())
                .isLessThanOrEqualTo(heapBytes / 8)
                .isGreaterThan(6_000_000);
    }
}
