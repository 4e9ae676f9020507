package org.cheesecoin.member.metrics;

import org.cheesecoin.member.mining.Miner;
import org.cheesecoin.member.node.LoopLifecycle;
import org.cheesecoin.member.node.Mailbox;
import org.cheesecoin.member.node.MemberClock;
import org.cheesecoin.member.peering.GossipTraffic;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** All of the member's own meters; Spring Boot adds those of the JVM, the pool and HTTP. */
@Configuration(proxyBeanMethods = false)
class MetricsConfiguration {

    private static final double MILLIS_PER_SECOND = 1_000;

    @Bean
    NodeMetrics nodeMetrics(MeterRegistry registry, MemberClock clock) {
        return new NodeMetrics(registry, clock);
    }

    @Bean
    MeterBinder mailboxMetrics(Mailbox mailbox) {
        return registry -> Gauge.builder("cheesecoin.loop.mailbox.depth", mailbox, Mailbox::depth)
                .description("Tasks that wait for the loop")
                .register(registry);
    }

    @Bean
    MeterBinder loopMetrics(LoopLifecycle lifecycle, MemberClock clock) {
        return registry -> Gauge.builder("cheesecoin.loop.turn.age", lifecycle, it -> turnAgeSeconds(it, clock))
                .description("Since a turn of the loop ended well")
                .baseUnit("seconds")
                .register(registry);
    }

    /** 0 before the loop has begun. */
    private static double turnAgeSeconds(LoopLifecycle lifecycle, MemberClock clock) {
        return lifecycle.loop()
                .map(loop -> Math.max(0, clock.steadyMillis() - loop.lastTurnMillis()) / MILLIS_PER_SECOND)
                .orElse(0.0);
    }

    @Bean
    MeterBinder miningMetrics(Miner miner) {
        return registry -> Gauge.builder("cheesecoin.mining.hashes.per.second", miner, Miner::hashesPerSecond)
                .description("Nonces tried a second, over the last ten seconds")
                .register(registry);
    }

    @Bean
    MeterBinder gossipMetrics(GossipTraffic traffic) {
        return registry -> {
            FunctionCounter.builder("cheesecoin.gossip.received.bytes", traffic, GossipTraffic::receivedBytes)
                    .description("Bytes of messages that others sent")
                    .register(registry);
            FunctionCounter.builder("cheesecoin.gossip.sent.bytes", traffic, GossipTraffic::sentBytes)
                    .description("Bytes of messages that this member sent")
                    .register(registry);
        };
    }
}
