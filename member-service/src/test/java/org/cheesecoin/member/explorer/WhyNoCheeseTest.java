package org.cheesecoin.member.explorer;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.cheesecoin.chain.consensus.NetworkParameters;
import org.cheesecoin.chain.consensus.Target;
import org.cheesecoin.member.explorer.NodeReport.Code;
import org.cheesecoin.member.explorer.NodeReport.Reason;
import org.cheesecoin.member.mining.MiningOrder;
import org.cheesecoin.member.mining.MiningOrder.Schedule;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WhyNoCheeseTest {

    private static final NetworkParameters LOCAL = NetworkParameters.local();
    private static final Target TARGET = Target.ofCompact(LOCAL.firstCompactTarget());
    private static final long LONG_MILLIS = WhyNoCheese.PATIENCE_SPACINGS * LOCAL.spacingMillis();
    private static final MiningOrder MINES = new MiningOrder(Schedule.ON, 50_000);
    private static final MiningOrder RESTS = new MiningOrder(Schedule.OFF, 50_000);
    private static final long MUCH_BYTES = 1L << 40;

    /** A member with peers, clock, disk and enough hashes, and yet no cheese. */
    private static WhyNoCheese.Facts facts(MiningOrder order, long hashesPerSecond) {
        return new WhyNoCheese.Facts(LONG_MILLIS, TARGET, Optional.empty(), 3, 0, order, hashesPerSecond, MUCH_BYTES);
    }

    private static Reason only(WhyNoCheese.Facts facts, NetworkParameters network) {
        List<Reason> reasons = WhyNoCheese.reasons(facts, network);
        assertThat(reasons).hasSize(1);
        return reasons.getFirst();
    }

    @Test
    void saysNothingWhileCheesesComeOrNobodyIsToBlame() {
        WhyNoCheese.Facts patient = new WhyNoCheese.Facts(LONG_MILLIS - 1, TARGET, Optional.of(9), 0, 90_000, RESTS, 0,
                0);
        assertThat(WhyNoCheese.reasons(patient, LOCAL)).isEmpty();
        assertThat(WhyNoCheese.reasons(facts(MINES, 150_000), LOCAL)).isEmpty();
    }

    @Test
    void namesAMinerThatIsOff() {
        assertThat(only(facts(RESTS, 0), LOCAL).code()).isEqualTo(Code.NOT_MINING);
        assertThat(only(facts(RESTS, 0), LOCAL).message()).contains("PUT /mining");
        assertThat(only(facts(RESTS, 0), NetworkParameters.test()).code()).isEqualTo(Code.ON_DEMAND);
    }

    @Test
    void namesAHashRateThatIsFarBelowTheTarget() {
        // the first target is made for about 150,000 hashes a second
        long needed = 149_999;
        assertThat(WhyNoCheese.reasons(facts(MINES, needed / WhyNoCheese.FAR_BELOW + 1), LOCAL)).isEmpty();
        Reason reason = only(facts(MINES, needed / WhyNoCheese.FAR_BELOW - 100), LOCAL);
        assertThat(reason.code()).isEqualTo(Code.HASH_RATE_LOW);
        assertThat(Long.parseLong(reason.values().get("neededHashesPerSecond"))).isBetween(149_000L, 151_000L);
        assertThat(reason.values()).containsEntry("measuredHashesPerSecond",
                Long.toString(needed / WhyNoCheese.FAR_BELOW - 100));
    }

    @Test
    void namesAClockThatIsWrong() {
        for (long offset : List.of(30_001L, -30_001L)) {
            Reason reason = only(new WhyNoCheese.Facts(LONG_MILLIS, TARGET, Optional.empty(), 1, offset, MINES, 150_000,
                    MUCH_BYTES), LOCAL);
            assertThat(reason.code()).isEqualTo(Code.CLOCK_OFF);
            assertThat(reason.message()).contains(offset > 0 ? "30001 ms ahead of" : "30001 ms behind");
            assertThat(reason.values()).isEqualTo(
                    Map.of("clockOffsetMillis", Long.toString(offset), "toleratedMillis", "30000"));
        }
        assertThat(WhyNoCheese.reasons(new WhyNoCheese.Facts(LONG_MILLIS, TARGET, Optional.empty(), 1, 30_000, MINES,
                150_000, MUCH_BYTES), LOCAL)).isEmpty();
    }

    @Test
    void namesAMemberThatIsAlone() {
        Reason reason = only(new WhyNoCheese.Facts(LONG_MILLIS, TARGET, Optional.empty(), 0, 0, MINES, 150_000,
                MUCH_BYTES), LOCAL);
        assertThat(reason.code()).isEqualTo(Code.ALONE);
    }

    @Test
    void namesADiskThatIsFull() {
        long least = WhyNoCheese.LEAST_USABLE_BYTES;
        assertThat(
                WhyNoCheese.reasons(new WhyNoCheese.Facts(LONG_MILLIS, TARGET, Optional.empty(), 1, 0, MINES, 150_000,
                        least), LOCAL))
                .isEmpty();
        Reason reason = only(new WhyNoCheese.Facts(LONG_MILLIS, TARGET, Optional.empty(), 1, 0, MINES, 150_000,
                least - 1), LOCAL);
        assertThat(reason.code()).isEqualTo(Code.STORAGE_FULL);
        assertThat(reason.values()).isEqualTo(
                Map.of("usableBytes", Long.toString(least - 1), "neededBytes", Long.toString(least)));
    }

    @Test
    void namesAllReasonsTogether() {
        assertThat(WhyNoCheese.reasons(
                new WhyNoCheese.Facts(LONG_MILLIS, TARGET, Optional.of(40), 0, 60_000, RESTS, 0, 0), LOCAL))
                .extracting(Reason::code)
                .containsExactly(Code.STORAGE_FULL, Code.SYNCING, Code.NOT_MINING, Code.ALONE, Code.CLOCK_OFF);
    }
}
