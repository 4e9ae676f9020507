package org.cheesecoin.system;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import org.cheesecoin.system.Pulse.Beat;
import org.cheesecoin.system.Vitals.Log;

/**
 * What came of a {@link Siege}.
 *
 * @param seconds how long it lasted
 * @param besieged the tracker and the members
 * @param paid honest payments that were taken
 * @param refused honest payments that were not taken at the first try
 * @param confirmed those of the taken that all members have confirmed
 * @param grown by how many cheeses the stack grew meanwhile
 * @param broken what should hold afterwards and does not
 */
record SiegeOutcome(
        int seconds, List<Besieged> besieged, int paid, int refused, int confirmed, int grown, List<String> broken) {

    /** Cheeses that a network with a spacing of one second makes at least in as many seconds: bad luck is allowed for. */
    private static final int SECONDS_FOR_A_CHEESE = 5;

    /**
     * What a member may have in memory in the end beyond the beginning: ten minutes of honest cheeses, and the mempool that
     * one of the attacks pays to fill.
     */
    private static final long MAX_HEAP_GROWTH_KB = 12_000 + Judge.FULL_MEMPOOL_KB;

    /**
     * One of the processes.
     *
     * @param name as the launcher calls it
     * @param beat how it answered
     * @param before what it held before
     * @param after and after
     */
    record Besieged(String name, Beat beat, Vitals before, Vitals after) {

        private Log log() {
            return after.log().since(before.log());
        }
    }

    /** Everything that is not as it should be. */
    List<String> faults() {
        List<String> faults = new ArrayList<>(broken);
        if (paid == 0 || refused > paid || confirmed < paid) {
            faults.add("%d payments taken, %d refused, %d confirmed".formatted(paid, refused, confirmed));
        }
        if (grown < seconds / SECONDS_FOR_A_CHEESE) {
            faults.add("%d cheeses in %d s".formatted(grown, seconds));
        }
        for (Besieged one : besieged) {
            if (one.after.pid() != one.before.pid()) {
                faults.add(one.name + " is gone or another process");
            } else if (one.after.liveHeapKb() > one.before.liveHeapKb() + MAX_HEAP_GROWTH_KB) {
                faults.add("%s: %d KB live on the heap, before %d KB".formatted(one.name, one.after.liveHeapKb(),
                        one.before.liveHeapKb()));
            }
            if (one.log().lines() > seconds + Judge.OWN_LINES || one.log().errors() > 0) {
                faults.add("%s: %d lines in the log, %d of errors".formatted(one.name, one.log().lines(),
                        one.log().errors()));
            }
        }
        return faults;
    }

    /** A table for people. */
    String table() {
        return """
                %d s of all attacks at once: %d honest payments, %d of them confirmed by all, %d refused at first; %d cheeses

                | process | median, ms | worst, ms | late calls | live heap, KB | resident, MB | log, lines | bans |
                |---|---|---|---|---|---|---|---|
                %s

                %s""".formatted(seconds, paid, confirmed, refused, grown,
                besieged.stream().map(SiegeOutcome::row).collect(Collectors.joining("\n")),
                faults().isEmpty() ? "All held." : "What did not hold: " + String.join("; ", faults()));
    }

    private static String row(Besieged one) {
        return "| %s | %d | %d | %d of %d | %d → %d | %d → %d | %d | %d |".formatted(one.name, one.beat.medianMillis(),
                one.beat.worstMillis(), one.beat.late(), one.beat.calls(), one.before.liveHeapKb(),
                one.after.liveHeapKb(), one.before.residentKb() / 1_000, one.after.residentKb() / 1_000,
                one.log().lines(), one.log().bans());
    }
}
