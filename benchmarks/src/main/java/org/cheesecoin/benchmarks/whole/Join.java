package org.cheesecoin.benchmarks.whole;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

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
                program(), stack.copyTo(fresh("source")), stack.network(), List.of())) {
            source.awaitReady(120);
            for (int run = 0; run < runs; run++) {
                long sourceCpu = source.cpuMillis();
                try (MemberProcess member = MemberProcess.start(
                        program(), fresh("joiner"), stack.network(),
                        List.of("--cheesecoin.peers=" + source.gossipUrl()))) {
                    long millis = Duration.between(
                            await(member, stack.height()), member.awaitCheese(stack.height(), 600)).toMillis();
                    rates[run] = joined * 1_000.0 / millis;
                    each.addObject()
                            .put("millis", millis)
                            .put("paymentsPerSecond", Math.round(rates[run]))
                            .put("joinerCpuMillisWithStart", member.cpuMillis())
                            .put("sourceCpuMillis", source.cpuMillis() - sourceCpu);
                }
            }
        }
        Arrays.sort(rates);
        result.put("paymentsPerSecond", Math.round(rates[runs / 2]));
    }

    private static java.time.Instant await(MemberProcess member, int height) throws InterruptedException {
        member.awaitCheese(height, 600);
        return member.firstPeerJoined();
    }
}
