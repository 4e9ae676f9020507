package org.cheesecoin.chain.stack;

import java.util.List;

import org.cheesecoin.chain.consensus.StackedHeader;
import org.cheesecoin.chain.testing.MemoryCheeseStore;
import org.cheesecoin.chain.testing.TestWorld;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class HeadersTest {

    private static final int HEIGHT = 100;

    private final TestWorld world = TestWorld.fresh().mineEmpty(HEIGHT);

    private TestStack stackWithWindow(int maxHeaders) {
        TestStack stack = new TestStack(world.network(), new StackLimits(1_000, maxHeaders, 10));
        stack.addAll(world.cheeses());
        return stack;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 50, 101, 1_000})
    void answersTheSameWhateverStandsInMemory(int maxHeaders) {
        TestStack grown = stackWithWindow(maxHeaders);
        TestStack loaded = new TestStack(world.network(), grown.store(), new StackLimits(1, maxHeaders, 1));
        for (CheeseStack stack : List.of(grown.stack(), loaded.stack())) {
            assertThat(stack.tip()).isEqualTo(world.tip());
            assertThat(stack.headerAt(-1)).isEmpty();
            assertThat(stack.headerAt(HEIGHT + 1)).isEmpty();
            for (int height = 0; height <= HEIGHT; height++) {
                StackedHeader expected = world.header(height);
                assertThat(stack.headerAt(height)).contains(expected);
                assertThat(stack.header(expected.smell())).contains(expected);
                assertThat(stack.isOnBestBranch(expected.smell())).isTrue();
            }
        }
    }

    @Test
    void startsWithoutReadingTheWholeStack() {
        CountingStore counting = new CountingStore(stackWithWindow(10).store());
        new CheeseStack(world.network(), counting, new StackLimits(10, 10, 10));
        assertThat(counting.headersRead()).isEqualTo(11);
        assertThat(counting.bodiesRead()).isZero();
    }

    @Test
    void locatesTenDenseThenDoublingDownToTheBlueCheese() {
        List<Integer> heights = stackWithWindow(5).stack().locator().stream()
                .map(smell -> world.cheeses().stream()
                        .filter(cheese -> cheese.smell().equals(smell))
                        .findFirst()
                        .orElseThrow()
                        .height())
                .toList();
        assertThat(heights).containsExactly(100, 99, 98, 97, 96, 95, 94, 93, 92, 91, 89, 85, 77, 61, 29, 0);
        assertThat(new CheeseStack(world.network(), new MemoryCheeseStore(world.network()), StackLimits.DEFAULT)
                .locator()).containsExactly(world.network().id());
    }
}
