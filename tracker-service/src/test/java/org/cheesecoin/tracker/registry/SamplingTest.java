package org.cheesecoin.tracker.registry;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SamplingTest {

    @ParameterizedTest
    @CsvSource({"0,0", "1,1", "2,2", "3,3", "4,4", "5,4", "6,5", "10,6", "20,8", "100,14", "1000,23", "10000,32"})
    void isAsLargeAsTheFormulaSays(int others, int expected) {
        assertThat(Sampling.size(others)).isEqualTo(expected);
    }

    @Test
    void drawsEveryItemEquallyOften() {
        List<Integer> items = IntStream.range(0, 10).boxed().toList();
        int[] drawn = new int[10];
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            List<Integer> sample = Sampling.of(items, 3, random);
            assertThat(sample).hasSize(3).doesNotHaveDuplicates();
            sample.forEach(it -> drawn[it]++);
        }
        assertThat(IntStream.of(drawn).boxed()).allSatisfy(times -> assertThat(times).isBetween(2_800, 3_200));
    }

    @Test
    void drawsAllWhereThereAreNoMore() {
        assertThat(Sampling.of(List.of(1, 2, 3), 9, new Random(1))).containsExactlyInAnyOrder(1, 2, 3);
        assertThat(Sampling.of(List.of(), 9, new Random(1))).isEmpty();
    }
}
