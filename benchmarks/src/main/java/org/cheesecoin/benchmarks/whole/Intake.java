package org.cheesecoin.benchmarks.whole;

import java.util.List;

import org.cheesecoin.benchmarks.Ledger;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Payments a second through {@code POST /transactions}, each answered when it is stored. */
@Command(name = "intake", description = "How many payments a second a member takes over REST")
final class Intake extends Measurement {

    @Option(names = "--connections", split = ",", description = "default: 1,8") List<
            Integer> connections = List.of(1, 8);

    @Option(names = "--seconds", description = "of each measurement (default: ${DEFAULT-VALUE})") int seconds = 5;

    @Option(names = "--warm-up-seconds",
            description = "before the first (default: ${DEFAULT-VALUE})") int warmUpSeconds = 5;

    @Option(names = "--stack",
            description = "payments in the stack; as many coins to spend (default: ${DEFAULT-VALUE})") int stackPayments = 100_000;

    @Override
    void measure(ObjectNode result) throws Exception {
        Stacks.Stack stack = stacks().of(stackPayments, paymentsPerCheese);
        Ledger ledger = new Ledger();
        for (int i = 0; i < stack.height(); i++) {
            ledger.mine(paymentsPerCheese);
        }
        Customers customers = new Customers(ledger.pay(stack.height() * paymentsPerCheese));
        ArrayNode each = result.putArray("measured");
        try (MemberProcess member = MemberProcess.start(
                program(), stack.copyTo(fresh("taker")), stack.network(), settings())) {
            member.awaitReady(120);
            member.awaitIdle(120);
            customers.post(member, 8, warmUpSeconds);
            for (int count : connections) {
                long cpu = member.cpuMillis();
                long taken = customers.post(member, count, seconds);
                each.addObject()
                        .put("connections", count)
                        .put("paymentsPerSecond", taken / seconds)
                        .put("memberCpuMillis", member.cpuMillis() - cpu);
            }
        }
    }
}
