package org.cheesecoin.member.explorer;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.consensus.HeaderRules;
import org.cheesecoin.chain.consensus.NetworkParameters;
import org.cheesecoin.chain.consensus.Target;
import org.cheesecoin.member.explorer.NodeReport.Code;
import org.cheesecoin.member.explorer.NodeReport.Reason;
import org.cheesecoin.member.mining.MiningOrder;
import org.cheesecoin.member.mining.MiningOrder.Schedule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class WhyNoCheeseTest {

    private static final NetworkParameters LOCAL = NetworkParameters.local();
    private static final Target TARGET = Target.ofCompact(LOCAL.firstCompactTarget());
    private static final long LONG_MILLIS = WhyNoCheese.PATIENCE_SPACINGS * LOCAL.spacingMillis();
    private static final MiningOrder MINES = new MiningOrder(Schedule.ON, 50_000);
    private static final MiningOrder RESTS = new MiningOrder(Schedule.OFF, 50_000);
    private static final long MUCH_BYTES = 1L << 40;

    private static final PeerClocks NO_CLOCKS = new PeerClocks(List.of());
    private static final Optional<Violation> DUE = Optional.empty();
    private static final long HOUR = 3_600_000;

    /** Peers whose clocks are so far ahead. */
    private static PeerClocks offBy(long... offsetsMillis) {
        return new PeerClocks(IntStream.range(0, offsetsMillis.length)
                .mapToObj(i -> new PeerClocks.PeerClock("0%da7".formatted(i), offsetsMillis[i]))
                .toList());
    }

    private static WhyNoCheese.Facts withClocks(long... offsetsMillis) {
        return new WhyNoCheese.Facts(LONG_MILLIS, TARGET, Optional.empty(), offsetsMillis.length, offBy(offsetsMillis),
                DUE, MINES, 150_000, MUCH_BYTES);
    }

    /** A member with peers, clock, disk and enough hashes, and yet no cheese. */
    private static WhyNoCheese.Facts facts(MiningOrder order, long hashesPerSecond) {
        return new WhyNoCheese.Facts(LONG_MILLIS, TARGET, Optional.empty(), 3, NO_CLOCKS, DUE, order, hashesPerSecond,
                MUCH_BYTES);
    }

    private static Reason only(WhyNoCheese.Facts facts, NetworkParameters network) {
        List<Reason> reasons = WhyNoCheese.reasons(facts, network);
        assertThat(reasons).hasSize(1);
        return reasons.getFirst();
    }

    @Test
    void saysNothingWhileCheesesComeOrNobodyIsToBlame() {
        WhyNoCheese.Facts patient = new WhyNoCheese.Facts(LONG_MILLIS - 1, TARGET, Optional.of(9), 0,
                offBy(90_000, 90_000),
                DUE, RESTS, 0, 0);
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
            Reason reason = only(
                    new WhyNoCheese.Facts(LONG_MILLIS, TARGET, Optional.empty(), 2, offBy(offset, offset), DUE,
                            MINES, 150_000, MUCH_BYTES),
                    LOCAL);
            assertThat(reason.code()).isEqualTo(Code.CLOCK_OFF);
            assertThat(reason.message()).contains(offset > 0 ? "30001 ms ahead of" : "30001 ms behind");
            assertThat(reason.values()).isEqualTo(
                    Map.of("clockOffsetMillis", Long.toString(offset), "toleratedMillis", "30000"));
        }
        assertThat(WhyNoCheese.reasons(new WhyNoCheese.Facts(LONG_MILLIS, TARGET, Optional.empty(), 2,
                offBy(30_000, 30_000), DUE, MINES, 150_000, MUCH_BYTES), LOCAL)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {HOUR, -HOUR})
    void doesNotTellARightMemberThatItsClockIsOffBecauseOnePeersIs(long offset) {
        Reason reason = only(withClocks(0, offset), LOCAL);
        assertThat(reason.code()).isEqualTo(Code.CLOCKS_DIFFER);
        assertThat(reason.message()).contains("01a7's is 3600000 ms " + (offset > 0 ? "ahead" : "behind"))
                .doesNotContain("this machine").doesNotContain("00a7");
        assertThat(only(withClocks(offset, offset), LOCAL).code()).as("what the wrong one is told")
                .isEqualTo(Code.CLOCK_OFF);
    }

    @Test
    void takesNeitherSidesWordWhereNeitherHasMoreThanHalfOfAllClocks() {
        for (WhyNoCheese.Facts facts : List.of(withClocks(HOUR), withClocks(0, HOUR, HOUR), withClocks(HOUR, -HOUR))) {
            Reason reason = only(facts, LOCAL);
            assertThat(reason.code()).isEqualTo(Code.CLOCKS_DIFFER);
            assertThat(reason.message()).contains("no majority says whose is right").contains("3600000 ms");
        }
        assertThat(only(withClocks(HOUR, HOUR, HOUR, HOUR, -HOUR), LOCAL).message()).contains("3600000 ms ahead of");
        assertThat(only(withClocks(0, 0, 0, 0, 0, HOUR, HOUR, HOUR, HOUR), LOCAL).message()).contains("and 1 more");
    }

    @Test
    void namesAClockThatIsBehindTheTipAtOnce() {
        Violation early = HeaderRules.tooEarly(1_790_003_600_000L, 1_790_000_000_000L);
        Reason reason = only(new WhyNoCheese.Facts(0, TARGET, Optional.empty(), 1, NO_CLOCKS, Optional.of(early), MINES,
                150_000, MUCH_BYTES), LOCAL);
        assertThat(reason.code()).isEqualTo(Code.CLOCK_BEHIND_TIP);
        assertThat(reason.message()).contains("HDR-TIME-EARLY").contains("clock of this machine");
        assertThat(reason.values()).containsEntry("rule", "HDR-TIME-EARLY")
                .containsEntry("timeMillis", "1790003600000").containsEntry("clockMillis", "1790000000000");
    }

    @Test
    void namesAMemberThatIsAlone() {
        Reason reason = only(new WhyNoCheese.Facts(LONG_MILLIS, TARGET, Optional.empty(), 0, NO_CLOCKS, DUE, MINES,
                150_000, MUCH_BYTES), LOCAL);
        assertThat(reason.code()).isEqualTo(Code.ALONE);
    }

    @Test
    void namesADiskThatIsFull() {
        long least = WhyNoCheese.LEAST_USABLE_BYTES;
        assertThat(
                WhyNoCheese.reasons(
                        new WhyNoCheese.Facts(LONG_MILLIS, TARGET, Optional.empty(), 1, NO_CLOCKS, DUE, MINES, 150_000,
                                least),
                        LOCAL))
                .isEmpty();
        Reason reason = only(
                new WhyNoCheese.Facts(LONG_MILLIS, TARGET, Optional.empty(), 1, NO_CLOCKS, DUE, MINES, 150_000,
                        least - 1),
                LOCAL);
        assertThat(reason.code()).isEqualTo(Code.STORAGE_FULL);
        assertThat(reason.values()).isEqualTo(
                Map.of("usableBytes", Long.toString(least - 1), "neededBytes", Long.toString(least)));
    }

    @Test
    void namesAllReasonsTogether() {
        assertThat(WhyNoCheese.reasons(
                new WhyNoCheese.Facts(LONG_MILLIS, TARGET, Optional.of(40), 0,
                        offBy(60_000, 60_000), DUE, RESTS, 0, 0),
                LOCAL))
                .extracting(Reason::code)
                .containsExactly(Code.STORAGE_FULL, Code.SYNCING, Code.NOT_MINING, Code.ALONE, Code.CLOCK_OFF);
    }
}
