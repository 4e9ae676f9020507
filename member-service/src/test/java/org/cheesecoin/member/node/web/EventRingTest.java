package org.cheesecoin.member.node.web;

import java.util.List;
import java.util.Optional;

import org.cheesecoin.member.node.web.EventRing.Reading;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EventRingTest {

    private static final int SIZE = 4;

    private final EventRing ring = new EventRing("run", SIZE);

    private void add(int count) {
        for (int i = 0; i < count; i++) {
            ring.add(new NodeEvent.PeerMoved(Optional.empty(), "joined", Optional.empty()));
        }
    }

    private List<Long> after(long sequence) throws InterruptedException {
        return switch (ring.after(sequence, 0, 100)) {
            case Reading.Events(var events) -> events.stream().map(EventRing.Numbered::sequence).toList();
            case Reading.Lost(),Reading.Closed() -> throw new AssertionError("no events");
        };
    }

    @Test
    void aReaderGetsWhatFollowsItsLastEvent() throws InterruptedException {
        add(3);
        assertThat(after(0)).containsExactly(1L, 2L, 3L);
        assertThat(after(2)).containsExactly(3L);
        assertThat(after(3)).isEmpty();
    }

    @Test
    void aReaderThatFellBehindIsTold() throws InterruptedException {
        add(SIZE + 1);
        assertThat(ring.after(0, 0, 100)).isInstanceOf(Reading.Lost.class);
        assertThat(after(1)).containsExactly(2L, 3L, 4L, 5L);
    }

    @Test
    void anIdOfAnotherRunOrOfNoEventIsUnknown() {
        add(SIZE + 2);
        assertThat(ring.sequence("run-6")).contains(6L);
        assertThat(ring.sequence("run-2")).as("all that follows it is still here").contains(2L);
        assertThat(List.of("run-1", "run-7", "other-6", "run-", "run--1", "6", "run-99999999999999999999"))
                .allSatisfy(id -> assertThat(ring.sequence(id)).as(id).isEmpty());
    }

    @Test
    void closingSendsReadersHome() throws InterruptedException {
        ring.close();
        assertThat(ring.after(0, 60_000, 100)).isInstanceOf(Reading.Closed.class);
    }
}
