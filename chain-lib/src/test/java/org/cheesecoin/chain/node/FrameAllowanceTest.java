package org.cheesecoin.chain.node;

import java.util.stream.IntStream;

import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Violation;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What makes no message is counted too. */
class FrameAllowanceTest {

    private static final long NOW = 1_000_000;

    private final FrameAllowance allowance = new FrameAllowance(NOW);

    @Test
    void countsEmptyFramesAndSmallReadsTogether() {
        for (int i = 0; i < FrameAllowance.FRAMES_BURST / 2; i++) {
            assertThat(allowance.frame(0, NOW)).isEmpty();
            assertThat(allowance.read(1, NOW)).isEmpty();
        }
        assertThat(allowance.frame(125, NOW)).map(Violation::rule).contains(Rule.NET_RATE);
        assertThat(allowance.read(1, NOW)).map(Violation::rule).contains(Rule.NET_RATE);
    }

    @Test
    void fillsAgainAsTimePasses() {
        spend();
        long later = NOW + 1_000;
        for (int i = 0; i < FrameAllowance.FRAMES_PER_SECOND; i++) {
            assertThat(allowance.frame(1, later)).isEmpty();
        }
        assertThat(allowance.frame(1, later)).isPresent();
    }

    @Test
    void takesLargeFramesWhoseBytesAreCountedElsewhere() {
        spend();
        assertThat(allowance.frame(FrameAllowance.SMALL_BYTES, NOW)).isEmpty();
        assertThat(allowance.read(FrameAllowance.SMALL_BYTES, NOW)).isEmpty();
        assertThat(allowance.frame(FrameAllowance.SMALL_BYTES - 1L, NOW)).isPresent();
    }

    @Test
    void answersFewPings() {
        long answered = IntStream.range(0, 1_000).filter(_ -> allowance.mayAnswerPing(NOW)).count();

        assertThat(answered).isEqualTo(FrameAllowance.PONGS_BURST);
        assertThat(allowance.mayAnswerPing(NOW + 1_000)).isTrue();
    }

    private void spend() {
        for (int i = 0; i < FrameAllowance.FRAMES_BURST; i++) {
            assertThat(allowance.frame(0, NOW)).isEmpty();
        }
    }
}
