package org.cheesecoin.benchmarks.whole;

import java.util.List;
import java.util.concurrent.TimeUnit;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Resident memory of a member that has nothing to do. */
@Command(name = "memory", description = "Resident memory of a member at rest")
final class AtRest extends Measurement {

    @Option(names = "--payments",
            description = "of the stack that it holds (default: ${DEFAULT-VALUE})") int payments = 60_000;

    @Option(names = "--seconds", split = ",", description = "when to look, after it is ready (default: 10,60)") List<
            Integer> seconds = List.of(10, 60);

    @Override
    void measure(ObjectNode result) throws Exception {
        Stacks.Stack stack = stacks().of(payments, paymentsPerCheese);
        result.put("payments", stack.height() * paymentsPerCheese);
        ArrayNode looks = result.putArray("looks");
        try (MemberProcess member = MemberProcess.start(
                program(), stack.copyTo(fresh("resting")), stack.network(), settings())) {
            member.awaitReady(120);
            int waited = 0;
            for (int second : seconds) {
                TimeUnit.SECONDS.sleep(second - waited);
                waited = second;
                looks.addObject()
                        .put("afterSeconds", second)
                        .put("residentMebibytes", Math.round(member.residentKibibytes() / 1024.0));
            }
        }
    }
}
