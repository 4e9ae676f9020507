package org.cheesecoin.tracker.liveness;

import org.cheesecoin.tracker.registry.Dial;
import org.cheesecoin.tracker.registry.DialResult;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts what came of the tracker's dials. */
final class ProbeMeter {

    private final Counter answered;
    private final Counter failed;

    ProbeMeter(MeterRegistry registry) {
        this.answered = counter(registry, "answered");
        this.failed = counter(registry, "failed");
    }

    private static Counter counter(MeterRegistry registry, String outcome) {
        return Counter.builder("cheesecoin.tracker.probes")
                .description("Dials of members, by whether the expected one proved its id")
                .tag("outcome", outcome)
                .register(registry);
    }

    void count(Dial dial, DialResult result) {
        switch (result) {
            case DialResult.Proved(var nodeId) when nodeId.equals(dial.nodeId()) -> answered.increment();
            case DialResult.Proved _,DialResult.Failed _ -> failed.increment();
            case DialResult.Postponed _ -> {
                // nobody was dialled
            }
        }
    }
}
