package org.cheesecoin.benchmarks.whole;

import java.util.Arrays;
import java.util.List;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How long a member takes from the start of its process until it serves, against the length of its stack. */
@Command(name = "restart", description = "Start time against stack length")
final class Restart extends Measurement {

    @Option(names = "--payments", split = ",", description = "lengths of stacks (default: 1000,100000)") List<
            Integer> payments = List.of(1_000, 100_000);

    @Option(names = "--runs", description = "default: ${DEFAULT-VALUE}") int runs = 3;

    @Override
    void measure(ObjectNode result) throws Exception {
        ArrayNode each = result.putArray("starts");
        for (int length : payments) {
            // first all stacks, then all starts, one after the other
            stacks().of(length, paymentsPerCheese);
        }
        for (int length : payments) {
            Stacks.Stack stack = stacks().of(length, paymentsPerCheese);
            var data = stack.copyTo(fresh("restarted"));
            long[] millis = new long[runs];
            for (int run = 0; run < runs; run++) {
                try (MemberProcess member = MemberProcess.start(program(), data, stack.network(), settings())) {
                    millis[run] = member.awaitReady(120);
                }
            }
            Arrays.sort(millis);
            each.addObject()
                    .put("payments", stack.height() * paymentsPerCheese)
                    .put("medianMillis", millis[runs / 2])
                    .put("leastMillis", millis[0])
                    .put("mostMillis", millis[runs - 1]);
        }
    }
}
