package org.cheesecoin.chain.mining;

import java.util.Optional;
import java.util.Random;

import org.cheesecoin.chain.cheese.CheeseHeader;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.consensus.HeaderRules;
import org.cheesecoin.chain.consensus.Target;
import org.cheesecoin.chain.crypto.Hash256;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class NonceSearchTest {

    /** About one hash in 256 meets it. */
    private static final int EASY = 0x2000_ffff;
    /** All that begins with 64 zero bits: no test finds one. */
    private static final int OUT_OF_REACH = 0x1800_ffff;

    private final Random random = new Random(7);

    @Test
    void whatIsFoundKeepsTheRuleOfWork() {
        for (int i = 0; i < 50; i++) {
            CheeseHeader found = NonceSearch.search(header(EASY), random.nextLong(), 1_000_000).orElseThrow();

            assertThat(HeaderRules.standAlone(found, found.smell())).isEmpty();
        }
    }

    @Test
    void findsTheFirstNonceThatTheDigestOfTheJdkFinds() {
        for (int i = 0; i < 40; i++) {
            CheeseHeader header = header(EASY);
            long first = i % 2 == 0 ? random.nextLong() : 0xffff_ff00L + random.nextInt(256);
            int count = 1 + random.nextInt(700);

            assertThat(NonceSearch.search(header, first, count)).isEqualTo(slowly(header, first, count));
        }
    }

    @Test
    void lanesAndTheDigestFindTheSame() {
        assumeTrue(ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent());
        for (int i = 0; i < 60; i++) {
            byte[] header = header(EASY).toBytes();
            Hash256 bound = Target.ofCompact(i % 3 == 0 ? 0x1f00_ffff : EASY).bound();
            // Every third begins where the nonce's lower half overflows.
            long first = i % 3 == 1 ? random.nextLong() | 0xffff_ff00L : random.nextLong();
            HeaderHasher one = new HeaderHasher(header);
            long count = 100L * LaneHasher.LANES;

            assertThat(new LaneHasher(header, one).firstAtMost(bound, first, count))
                    .isEqualTo(one.firstAtMost(bound, first, count));
        }
    }

    @Test
    void changesNothingButTheNonce() {
        CheeseHeader header = header(EASY);

        CheeseHeader found = NonceSearch.search(header, 0, 1_000_000).orElseThrow();

        assertThat(found.withNonce(header.nonce())).isEqualTo(header);
    }

    @Test
    void triesNoMoreThanItsSlice() {
        CheeseHeader header = header(EASY);
        long winner = slowly(header, 0, 1_000_000).orElseThrow().nonce();

        assertThat(NonceSearch.search(header, 0, winner)).isEmpty();
        assertThat(NonceSearch.search(header, 0, winner + 1)).isPresent();
        assertThat(NonceSearch.search(header, winner, 0)).isEmpty();
    }

    @Test
    void slicesMissNoNonce() {
        CheeseHeader header = header(EASY);
        long winner = slowly(header, 0, 1_000_000).orElseThrow().nonce();

        for (long sliceLength : new long[]{1, 7, 16, 33, 100}) {
            long next = 0;
            Optional<CheeseHeader> found = Optional.empty();
            while (found.isEmpty()) {
                found = NonceSearch.search(header, next, sliceLength);
                next += sliceLength;
            }
            assertThat(found.get().nonce()).isEqualTo(winner);
        }
    }

    @Test
    void afterTheLastNonceComesZero() {
        for (int i = 0; i < 20; i++) {
            CheeseHeader header = header(EASY);
            long first = -1 - random.nextInt(50);

            assertThat(NonceSearch.search(header, first, 600)).isEqualTo(slowly(header, first, 600));
        }
    }

    @Test
    void findsNothingWhereNothingMeetsTheTarget() {
        assertThat(NonceSearch.search(header(OUT_OF_REACH), 0, 10_000)).isEmpty();
        // The sign bit: a target that means no number.
        assertThat(NonceSearch.search(header(0x2080_0000), 0, 1_000)).isEmpty();
    }

    @Test
    void everySecondHashMeetsTheTestTarget() {
        for (int i = 0; i < 20; i++) {
            CheeseHeader header = header(0x207f_ffff);

            assertThat(NonceSearch.search(header, 42, 100)).isPresent().isEqualTo(slowly(header, 42, 100));
        }
    }

    private static Optional<CheeseHeader> slowly(CheeseHeader header, long first, long count) {
        Hash256 bound = Target.ofCompact(header.compactTarget()).bound();
        for (long tried = 0; tried < count; tried++) {
            CheeseHeader candidate = header.withNonce(first + tried);
            if (candidate.smell().hash().compareTo(bound) <= 0) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private CheeseHeader header(int compactTarget) {
        return new CheeseHeader(
                CheeseHeader.VERSION,
                random.nextInt(Integer.MAX_VALUE),
                new Smell(hash()),
                hash(),
                1 + random.nextInt(Integer.MAX_VALUE),
                compactTarget,
                random.nextLong());
    }

    private Hash256 hash() {
        byte[] bytes = new byte[Hash256.BYTES];
        random.nextBytes(bytes);
        return Hash256.of(bytes);
    }
}
