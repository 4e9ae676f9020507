package org.cheesecoin.chain.cheese;

import java.math.BigInteger;
import java.util.Random;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AmountTest {

    private static final Amount ALL = new Amount(Amount.MAX_CRUMBS);

    @Test
    void thereAreThreeMillionCheese() {
        assertThat(Amount.ofCheese(3_000_000)).isEqualTo(ALL);
        assertThat(ALL.crumbs()).isEqualTo(300_000_000_000_000L);
    }

    @Test
    void moreThanAllAndLessThanNothingDoNotExist() {
        assertBreaks(Rule.TRX_AMOUNT_RANGE, () -> new Amount(Amount.MAX_CRUMBS + 1));
        assertBreaks(Rule.TRX_AMOUNT_RANGE, () -> new Amount(-1));
        assertBreaks(Rule.TRX_AMOUNT_RANGE, () -> new Amount(Long.MIN_VALUE));
        assertBreaks(Rule.TRX_AMOUNT_RANGE, () -> new Amount(1).minus(new Amount(2)));
        assertBreaks(Rule.TRX_AMOUNT_SUM, () -> ALL.plus(new Amount(1)));
        assertBreaks(Rule.TRX_AMOUNT_SUM, () -> ALL.plus(ALL));
    }

    @Test
    void sumsAndDifferencesAreExact() {
        assertThat(new Amount(Amount.MAX_CRUMBS - 1).plus(new Amount(1))).isEqualTo(ALL);
        assertThat(ALL.minus(ALL)).isEqualTo(Amount.ZERO);
    }

    @Test
    void ratesCompareAsTheExactFractions() {
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            FeeRate one = new FeeRate(random.nextLong(Long.MAX_VALUE) >>> random.nextInt(63), 1 + size(random));
            FeeRate other = i % 2 == 0
                    ? new FeeRate(random.nextLong(Long.MAX_VALUE) >>> random.nextInt(63), 1 + size(random))
                    : new FeeRate(one.feeCrumbs() / 2 + random.nextInt(2), Math.max(1, one.sizeBytes() / 2));
            int exact = product(one, other).compareTo(product(other, one));
            assertThat(Integer.signum(one.compareTo(other))).as("%s %s", one, other).isEqualTo(exact);
            assertThat(one.equals(other)).isEqualTo(exact == 0);
        }
    }

    @Test
    void equalRatesShareAHashCode() {
        FeeRate half = new FeeRate(1, 2);
        assertThat(new FeeRate(2, 4)).isEqualTo(half).hasSameHashCodeAs(half);
        assertThat(new FeeRate(3, 4)).isNotEqualTo(half);
    }

    @Test
    void theFeeForASizeIsRoundedUp() {
        assertThat(new FeeRate(10, 3).feeFor(3)).isEqualTo(new Amount(10));
        assertThat(new FeeRate(10, 3).feeFor(1)).isEqualTo(new Amount(4));
        assertThat(FeeRate.ofCrumbsPerByte(2).feeFor(250)).isEqualTo(new Amount(500));
        assertThat(new FeeRate(0, 1).feeFor(100)).isEqualTo(Amount.ZERO);
    }

    @Test
    void aFeeBeyondAllMoneyIsAllMoneyAndDoesNotThrow() {
        assertThat(FeeRate.ofCrumbsPerByte(Long.MAX_VALUE).feeFor(Integer.MAX_VALUE)).isEqualTo(ALL);
        assertThat(new FeeRate(Amount.MAX_CRUMBS, 1).feeFor(1)).isEqualTo(ALL);
        assertThat(new FeeRate(Amount.MAX_CRUMBS, 1).feeFor(2)).isEqualTo(ALL);
    }

    @Test
    void refusesWhatIsNoRate() {
        assertThatThrownBy(() -> new FeeRate(-1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FeeRate(1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static BigInteger product(FeeRate fee, FeeRate size) {
        return BigInteger.valueOf(fee.feeCrumbs()).multiply(BigInteger.valueOf(size.sizeBytes()));
    }

    private static int size(Random random) {
        return random.nextInt(Integer.MAX_VALUE) >>> random.nextInt(31);
    }

    private static void assertBreaks(Rule rule, ThrowingCallable call) {
        assertThatExceptionOfType(MalformedException.class)
                .isThrownBy(call)
                .satisfies(thrown -> assertThat(thrown.violation().rule()).isEqualTo(rule));
    }
}
