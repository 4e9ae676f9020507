package org.cheesecoin.member.metrics;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.node.LinkId;
import org.cheesecoin.chain.node.Output;
import org.cheesecoin.member.node.MemberClock;
import org.junit.jupiter.api.Test;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import static org.assertj.core.api.Assertions.assertThat;

/** A violation is counted once, though the node may tell of it twice. */
class NodeMetricsTest {

    private static final Violation SLOW = Violation.of(Rule.NET_SLOW);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final NodeMetrics metrics = new NodeMetrics(registry, new MemberClock(InstantSource.system(), () -> 0));

    private static Output refused(int link) {
        return new Output.Refused(SLOW, Optional.of(new LinkId(link)));
    }

    private static Output ended(int link) {
        return new Output.Disconnect(new LinkId(link), SLOW);
    }

    private double counted() {
        return registry.get("cheesecoin.rule.violations").tag("rule", Rule.NET_SLOW.id()).functionCounter().count();
    }

    @Test
    void countsALinkThatEndsForWhatWasRefusedOnceInWhicheverOrderItIsTold() {
        metrics.released(List.of(refused(1), ended(1)));
        metrics.released(List.of(ended(2)));
        metrics.released(List.of(refused(2)));

        assertThat(counted()).isEqualTo(2);
    }

    @Test
    void remembersSoManyTellingsAndNoMore() {
        for (int link = 0; link <= NodeMetrics.MAX_TOLD; link++) {
            metrics.released(List.of(refused(link)));
        }
        metrics.released(List.of(ended(1)));
        assertThat(counted()).as("the oldest but one is remembered").isEqualTo(NodeMetrics.MAX_TOLD + 1);

        metrics.released(List.of(ended(0)));
        assertThat(counted()).as("the oldest is forgotten").isEqualTo(NodeMetrics.MAX_TOLD + 2);
    }
}
