package org.cheesecoin.benchmarks.whole;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A new member joins a stack that one other serves: payments a second from its first question to the last commit. */
@Command(name = "join", description = "How fast a new member joins a stack")
final class Join extends Measurement {

    @Option(names = "--payments", description = "default: ${DEFAULT-VALUE}") int payments = 60_000;

    @Option(names = "--runs", description = "default: ${DEFAULT-VALUE}") int runs = 3;

    @Override
    void measure(ObjectNode result) throws Exception {
        Stacks.Stack stack = stacks().of(payments, paymentsPerCheese);
        int joined = stack.height() * paymentsPerCheese;
        result.put("payments", joined).put("cheeses", stack.height());
        double[] rates = new double[runs];
        ArrayNode each = result.putArray("runs");
        try (MemberProcess source = MemberProcess.start(
                program(), stack.copyTo(fresh("source")), stack.network(), settings())) {
            source.awaitReady(120);
            for (int run = 0; run < runs; run++) {
                rates[run] = join(stack, source, each.addObject());
            }
        }
        Arrays.sort(rates);
        result.put("paymentsPerSecond", Math.round(rates[runs / 2]));
    }

    private double join(Stacks.Stack stack, MemberProcess source, ObjectNode run) throws Exception {
        try (MemberProcess member = MemberProcess.start(
                program(), fresh("joiner"), stack.network(), settings("--cheesecoin.peers=" + source.gossipUrl()))) {
            // It dials when it serves: what it took to start is not counted, or hardly.
            member.awaitReady(120);
            long memberCpu = member.cpuMillis();
            long sourceCpu = source.cpuMillis();
            long busy = Processors.busyMillis();
            Instant stored = member.awaitTip(stack.height(), 600);
            memberCpu = member.cpuMillis() - memberCpu;
            sourceCpu = source.cpuMillis() - sourceCpu;
            long millis = Duration.between(member.firstPeerJoined(), stored).toMillis();
            double rate = stack.height() * paymentsPerCheese * 1_000.0 / millis;
            run.put("millis", millis)
                    .put("paymentsPerSecond", Math.round(rate))
                    .put("joinerCpuMillis", memberCpu)
                    .put("sourceCpuMillis", sourceCpu)
                    .put("othersCpuMillis", Math.max(0, Processors.busyMillis() - busy - memberCpu - sourceCpu));
            return rate;
        }
    }
}
