package org.cheesecoin.member.metrics;

import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToDoubleFunction;

import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.node.LinkId;
import org.cheesecoin.chain.node.Output;
import org.cheesecoin.member.node.CheckMeter;
import org.cheesecoin.member.node.LoopAccess;
import org.cheesecoin.member.node.LoopFollower;
import org.cheesecoin.member.node.LoopTimes;
import org.cheesecoin.member.node.MemberClock;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * The numbers of the node and its loop. A violation is counted by its rule, and rules are an enum, so that no stranger
 * can make a series of their own.
 */
final class NodeMetrics implements LoopFollower, CheckMeter {

    /** A sample walks over all peers, so not at each turn. */
    private static final long SAMPLE_MILLIS = 500;
    private static final double MILLIS_PER_SECOND = 1_000;
    /** More than the links that one turn can end: what is told in two ways is told within one or two turns. */
    static final int MAX_TOLD = 500;
    /** Prometheus makes quantiles of these; a check is short, a flush to a busy disk is not. */
    private static final Duration[] BUCKETS = {
            Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofMillis(20), Duration.ofMillis(100),
            Duration.ofMillis(500), Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(30)};

    private final MeterRegistry registry;
    private final MemberClock clock;
    private final Timer checks;
    private final Timer handling;
    private final Timer commits;
    private final Map<Rule, LongAdder> violations = new EnumMap<>(Rule.class);
    private final Map<Depth, Counter> reorganisations = new EnumMap<>(Depth.class);
    private volatile NodeSample sample = NodeSample.NONE;
    private long sampledMillis;
    private final SequencedSet<Told> told = new LinkedHashSet<>();

    /** How the node tells of a violation. */
    private enum Telling {
        REFUSED, ENDED
    }

    private record Told(Telling telling, Optional<LinkId> link, Violation violation) {}

    /** How many cheeses a reorganisation took off. */
    private enum Depth {
        ONE("1"), TWO("2"), UP_TO_FIVE("3-5"), MORE("6+");

        private final String label;

        Depth(String label) {
            this.label = label;
        }

        static Depth of(int cheeses) {
            return cheeses <= 1 ? ONE : cheeses == 2 ? TWO : cheeses <= 5 ? UP_TO_FIVE : MORE;
        }
    }

    /** The meters of a node. */
    NodeMetrics(MeterRegistry registry, MemberClock clock) {
        this.registry = registry;
        this.clock = clock;
        this.checks = timer("cheesecoin.check", "Stand-alone checks of cheeses, off the loop");
        this.handling = timer("cheesecoin.apply", "What a turn of the loop takes to handle its tasks");
        this.commits = timer("cheesecoin.commit", "Flushed commits of the loop");
        for (Rule rule : Rule.values()) {
            LongAdder seen = new LongAdder();
            violations.put(rule, seen);
            FunctionCounter
                    .builder("cheesecoin.rule.violations", seen, LongAdder::sum)
                    .description("What was refused and which links were ended, by the rule that was broken")
                    .tag("rule", rule.id())
                    .register(registry);
        }
        for (Depth depth : Depth.values()) {
            reorganisations.put(depth, Counter.builder("cheesecoin.reorganisations")
                    .description("Reorganisations, by how many cheeses they took off")
                    .tag("depth", depth.label)
                    .register(registry));
        }
        gauge("cheesecoin.tip.height", "Height of the tip", NodeSample::tipHeight).register(registry);
        gauge("cheesecoin.tip.age",
                "Since the time that the tip's header carries; below 0 where the clock is behind it",
                this::tipAgeSeconds)
                .baseUnit("seconds").register(registry);
        gauge("cheesecoin.mempool.transactions", "Payments that wait", NodeSample::mempoolTransactions)
                .register(registry);
        gauge("cheesecoin.mempool.bytes", "Their encodings", NodeSample::mempoolBytes).register(registry);
        gauge("cheesecoin.mempool.minimum.fee.rate.crumbs.per.byte", "What a payment pays at least to be taken",
                NodeSample::minimumCrumbsPerByte).register(registry);
        gauge("cheesecoin.peers", "Peers whose handshake is complete", NodeSample::inbound)
                .tag("direction", "inbound").register(registry);
        gauge("cheesecoin.peers", "Peers whose handshake is complete", NodeSample::outbound)
                .tag("direction", "outbound").register(registry);
    }

    private Timer timer(String name, String description) {
        return Timer.builder(name).description(description).serviceLevelObjectives(BUCKETS).register(registry);
    }

    private Gauge.Builder<NodeMetrics> gauge(String name, String description, ToDoubleFunction<NodeSample> value) {
        return Gauge.builder(name, this, it -> value.applyAsDouble(it.sample)).description(description);
    }

    private double tipAgeSeconds(NodeSample of) {
        return of.equals(NodeSample.NONE) ? 0
                : (clock.clockMillis() - of.tipTimeMillis()) / MILLIS_PER_SECOND;
    }

    @Override
    public void checked(long nanos) {
        checks.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void turned(LoopTimes times, LoopAccess access) {
        if (times.tasks() > 0) {
            handling.record(times.handlingNanos(), TimeUnit.NANOSECONDS);
        }
        times.commitNanos().ifPresent(nanos -> commits.record(nanos, TimeUnit.NANOSECONDS));
        if (access.steadyMillis() - sampledMillis >= SAMPLE_MILLIS) {
            sampledMillis = access.steadyMillis();
            sample = NodeSample.of(access.node(), sampledMillis);
        }
    }

    @Override
    public void released(List<Output> outputs) {
        for (Output output : outputs) {
            if (output instanceof Output.Refused refused) {
                told(new Told(Telling.REFUSED, refused.link(), refused.violation()), Telling.ENDED);
            } else if (output instanceof Output.Disconnect disconnect) {
                told(new Told(Telling.ENDED, Optional.of(disconnect.link()), disconnect.reason()), Telling.REFUSED);
            } else if (output instanceof Output.TipChanged changed && !changed.fork().equals(changed.oldTip())) {
                count(reorganisations, Depth.of(changed.oldTip().height() - changed.fork().height()));
            }
        }
    }

    /** A link that ends for what was refused is told of twice, in either order, and is one violation. */
    private void told(Told now, Telling other) {
        if (told.remove(new Told(other, now.link(), now.violation()))) {
            return;
        }
        violation(now.violation().rule());
        told.add(now);
        if (told.size() > MAX_TOLD) {
            told.removeFirst();
        }
    }

    private void violation(Rule rule) {
        LongAdder seen = violations.get(rule);
        if (seen != null) {
            seen.increment();
        }
    }

    private static <K> void count(Map<K, Counter> counters, K key) {
        Counter counter = counters.get(key);
        if (counter != null) {
            counter.increment();
        }
    }
}
