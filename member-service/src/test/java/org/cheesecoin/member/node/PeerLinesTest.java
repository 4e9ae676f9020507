package org.cheesecoin.member.node;

import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PeerLinesTest {

    private final AtomicLong nanos = new AtomicLong();
    private final PeerLines lines = new PeerLines(nanos::get);

    @Test
    void printsThePeersOfAStartOneByOne() {
        assertThat(IntStream.range(0, PeerLines.BURST_LINES).mapToObj(it -> lines.line("Peer " + it + " joined")))
                .allMatch(it -> it.filter(line -> line.endsWith(" joined")).isPresent());
    }

    @Test
    void aFloodOfStrangersTakesLessThanALineInASecondAndIsCounted() {
        IntStream.range(0, PeerLines.BURST_LINES).forEach(it -> lines.line("Peer joined"));

        long printed = IntStream.range(0, 60_000)
                .filter(it -> {
                    nanos.addAndGet(1_000_000);
                    return lines.line("Peer left").isPresent();
                })
                .count();

        assertThat(printed).isEqualTo(6);
        assertThat(lines.line("Peer left")).isEmpty();
        nanos.addAndGet(PeerLines.NANOS_PER_LINE);
        assertThat(lines.line("Peer joined")).hasValueSatisfying(it -> assertThat(it)
                .isEqualTo("Peer joined (1 more joined, left or were banned since the last line)"));
        nanos.addAndGet(PeerLines.NANOS_PER_LINE);
        assertThat(lines.line("Peer left")).hasValue("Peer left");
    }
}
