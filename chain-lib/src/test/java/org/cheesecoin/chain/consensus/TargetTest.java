package org.cheesecoin.chain.consensus;

import java.math.BigInteger;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TargetTest {

    @Test
    void readsTheCompactFormAsBitcoinDoes() {
        assertThat(Target.ofCompact(0x1d00_ffff).value())
                .isEqualTo(new BigInteger("ffff", 16).shiftLeft(8 * (0x1d - 3)));
        assertThat(Target.ofCompact(0x1b04_04cb).value())
                .isEqualTo(new BigInteger("404cb000000000000000000000000000000000000000000000000", 16));
        // From Bitcoin Core's arith_uint256_tests.
        assertThat(Target.ofCompact(0x0112_3456).value()).isEqualTo(BigInteger.valueOf(0x12));
        assertThat(Target.ofCompact(0x0212_3456).value()).isEqualTo(BigInteger.valueOf(0x1234));
        assertThat(Target.ofCompact(0x0500_9234).value()).isEqualTo(BigInteger.valueOf(0x9234_0000L));
        assertThat(Target.ofCompact(0x2012_3456).value()).isEqualTo(BigInteger.valueOf(0x12_3456).shiftLeft(232));
    }

    @Test
    void whatMeansNoNumberIsZeroAndMetByNothing() {
        for (int compact : new int[]{0, 0x0112_3456 & 0xff00_ffff, 0x0492_3456, 0x2100_ffff << 1, 0xff12_3456, -1}) {
            assertThat(Target.ofCompact(compact).value()).as("%08x", compact).isEqualTo(BigInteger.ZERO);
        }
    }

    @Test
    void roundsDownToTheNextCompactForm() {
        Random random = new Random(2);
        for (int i = 0; i < 5_000; i++) {
            BigInteger number = new BigInteger(1 + random.nextInt(256), random);
            Target target = Target.roundedDown(number);
            assertThat(target.value()).isLessThanOrEqualTo(number);
            assertThat(Target.ofCompact(target.compact()).value()).isEqualTo(target.value());
            assertThat(Target.roundedDown(target.value())).isEqualTo(target);
            // Fifteen bits at least are kept.
            assertThat(number.subtract(target.value()).shiftLeft(15)).isLessThanOrEqualTo(number);
        }
    }

    @Test
    void theBoundIsTheNumberInTheFormOfASmell() {
        for (int compact : new int[]{0x1d00_ffff, 0x207f_ffff, 0x0300_0001, 0x2100_ffff}) {
            assertThat(Target.ofCompact(compact).bound().toNumber())
                    .isEqualTo(Target.ofCompact(compact).value());
        }
    }

    @Test
    void workIsTheMeanNumberOfHashes() {
        // Bitcoin's first blocks: 4,295,032,833 hashes each.
        assertThat(Target.ofCompact(0x1d00_ffff).work()).isEqualTo(new Work(BigInteger.valueOf(4_295_032_833L)));
        assertThat(Target.ofCompact(0x207f_ffff).work()).isEqualTo(new Work(BigInteger.TWO));
        assertThat(Target.ofCompact(NetworkParameters.local().firstCompactTarget()).work().hashes())
                .isBetween(BigInteger.valueOf(1_450_000), BigInteger.valueOf(1_550_000));
    }
}
