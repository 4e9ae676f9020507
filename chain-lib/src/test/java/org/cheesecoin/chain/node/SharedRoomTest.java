package org.cheesecoin.chain.node;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SharedRoomTest {

    /** Five for each of four, and twenty for whoever comes first. */
    private final SharedRoom<String> room = new SharedRoom<>(40, 4);

    @Test
    void oneWhoTakesAllThatHeCanLeavesToEachOtherHisPart() {
        assertThat(room.take("greedy", 25)).isTrue();
        assertThat(room.take("greedy", 1)).isFalse();

        for (String other : new String[]{"one", "two", "three"}) {
            assertThat(room.take(other, 5)).isTrue();
            assertThat(room.hasRoom(other, 1)).isFalse();
            assertThat(room.take(other, 1)).isFalse();
        }
        assertThat(room.taken()).isEqualTo(40);
    }

    @Test
    void whatIsGivenBackIsThereForAll() {
        room.take("greedy", 25);
        room.give("greedy", 15);

        assertThat(room.hasRoom("other", 20)).isTrue();
        assertThat(room.take("other", 21)).isFalse();
        assertThat(room.take("other", 20)).isTrue();
    }

    @Test
    void isEmptyWhenAllIsGivenBack() {
        room.take("one", 25);
        room.take("two", 5);
        room.give("one", 25);
        room.give("two", 5);

        assertThat(room.taken()).isZero();
        assertThat(room.takenBy("one")).isZero();
        assertThat(room.take("three", 25)).isTrue();
    }

    @Test
    void whatDoesNotFitTakesNothing() {
        assertThat(room.take("one", 26)).isFalse();

        assertThat(room.taken()).isZero();
        assertThat(room.take("one", 25)).isTrue();
    }
}
