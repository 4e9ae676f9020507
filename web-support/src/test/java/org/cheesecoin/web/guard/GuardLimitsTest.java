package org.cheesecoin.web.guard;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class GuardLimitsTest {

    @ParameterizedTest
    @CsvSource({"4500000, 1048576", "8000000, 1048576", "12619776, 1048576", "100663296, 1048576", "4500000, 16384",
            "12582912, 16384"})
    void allOfItFullAtOnceFitsIntoItsRoom(long bytes, int maxBodyBytes) {
        GuardLimits limits = GuardLimits.within(bytes, maxBodyBytes);

        long connections = limits.connections().all() * GuardLimits.CONNECTION_BYTES;
        long heads = limits.heads().all() * GuardLimits.PARSER_BYTES;
        long spare = (long) GuardLimits.SPARE_PARSERS * GuardLimits.PARSER_BYTES;
        long calls = limits.calls().all() * GuardLimits.CALL_BYTES;
        // who waits for its body has no answer yet
        long pages = (limits.calls().all() - limits.bodies().all()) * GuardLimits.PAGE_BYTES;
        assertThat(connections + heads + spare + calls + pages + limits.bodyBytes().all())
                .isEqualTo(limits.worstBytes())
                .isLessThanOrEqualTo(bytes);
        assertThat(limits.bodyBytes().each()).isGreaterThan(maxBodyBytes);
    }

    @ParameterizedTest
    @CsvSource({"1", "4500000", "12619776", "100663296"})
    void whoWaitsForABodyOrAReaderLeavesTurnsToOthers(long bytes) {
        GuardLimits limits = GuardLimits.within(bytes, 1_048_576);

        assertThat(limits.bodies().all() + limits.writers().all()).isLessThan(limits.calls().all());
        assertThat(limits.bodies().each() + limits.writers().each()).isLessThan(limits.calls().each());
    }

    @Test
    void aLargeHeapGivesNoMoreThanATwoCoreMachineServes() {
        GuardLimits limits = GuardLimits.within(1L << 30, 1_048_576);

        assertThat(limits.connections()).isEqualTo(new Share(1_024, 256));
        assertThat(limits.calls()).isEqualTo(new Share(48, 24));
        assertThat(limits.writers()).isEqualTo(new Share(16, 8));
        assertThat(limits.bodies()).isEqualTo(new Share(16, 8));
    }
}
