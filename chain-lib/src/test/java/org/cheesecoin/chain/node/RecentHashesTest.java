package org.cheesecoin.chain.node;

import java.nio.ByteBuffer;
import java.util.stream.IntStream;

import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.crypto.Sha256;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RecentHashesTest {

    private final RecentHashes recent = new RecentHashes(1_024, 77);

    private static Hash256 hash(int number) {
        return Sha256.hash(ByteBuffer.allocate(4).putInt(number).array());
    }

    private long known(int from, int to) {
        return IntStream.range(from, to).filter(number -> recent.contains(hash(number))).count();
    }

    @Test
    void knowsWhatCameAndNothingElse() {
        assertThat(recent.contains(hash(1))).isFalse();
        assertThat(recent.add(hash(1))).isTrue();
        assertThat(recent.add(hash(1))).isFalse();

        assertThat(recent.contains(hash(1))).isTrue();
        assertThat(recent.contains(hash(2))).isFalse();
    }

    @Test
    void howeverManyComeItKeepsTheNewestAndNoMoreThanItsLimit() {
        IntStream.range(0, 100_000).forEach(number -> recent.add(hash(number)));

        assertThat(known(0, 100_000)).isLessThanOrEqualTo(1_024);
        assertThat(known(99_500, 100_000)).isGreaterThan(450);
        assertThat(known(0, 95_000)).isZero();
    }

    @Test
    void whatComesAgainStaysForAsLongAsWhatIsNew() {
        recent.add(hash(-1));
        for (int number = 0; number < 20_000; number++) {
            recent.add(hash(number));
            recent.add(hash(-1));
        }

        assertThat(recent.contains(hash(-1))).isTrue();
    }

    @Test
    void isEmptyAgainWhenItIsCleared() {
        recent.add(hash(1));
        recent.clear();

        assertThat(recent.contains(hash(1))).isFalse();
        assertThat(recent.add(hash(1))).isTrue();
    }

    @Test
    void anotherSaltHasOtherNeighbours() {
        long here = IntStream.range(0, 1_000)
                .filter(number -> (hash(number).salted(1) & 7) == (hash(number).salted(2) & 7))
                .count();

        assertThat(here).isBetween(60L, 200L);
    }
}
