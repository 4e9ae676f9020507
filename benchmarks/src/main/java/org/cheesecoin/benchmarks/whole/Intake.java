package org.cheesecoin.benchmarks.whole;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.cheesecoin.benchmarks.Ledger;
import org.cheesecoin.chain.cheese.Payment;

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
        Queue<byte[]> requests = new ConcurrentLinkedQueue<>();
        int independent = stack.height() * paymentsPerCheese;
        for (Payment payment : ledger.pay(independent)) {
            String json = "{\"hex\":\"" + HexFormat.of().formatHex(payment.toBytes()) + "\"}";
            requests.add(HttpConnection.post("/transactions", json));
        }
        ArrayNode each = result.putArray("measured");
        try (MemberProcess member = MemberProcess.start(
                program(), stack.copyTo(fresh("taker")), stack.network(), settings())) {
            member.awaitReady(120);
            member.awaitIdle(120);
            post(member, requests, 8, warmUpSeconds);
            for (int count : connections) {
                long cpu = member.cpuMillis();
                long taken = post(member, requests, count, seconds);
                each.addObject()
                        .put("connections", count)
                        .put("paymentsPerSecond", taken / seconds)
                        .put("memberCpuMillis", member.cpuMillis() - cpu);
            }
        }
    }

    private static long post(MemberProcess member, Queue<byte[]> requests, int connections, int seconds)
            throws Exception {
        long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        long taken = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
            List<Future<Long>> counts = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                counts.add(threads.submit(() -> postUntil(member, requests, deadlineNanos)));
            }
            for (Future<Long> count : counts) {
                taken += count.get();
            }
        }
        return taken;
    }

    private static long postUntil(MemberProcess member, Queue<byte[]> requests, long deadlineNanos) throws Exception {
        long taken = 0;
        try (HttpConnection connection = new HttpConnection(member.port())) {
            while (System.nanoTime() < deadlineNanos) {
                byte[] request = requests.poll();
                if (request == null) {
                    throw new IllegalStateException("all prepared payments are used: give --stack more");
                }
                int status = connection.ask(request);
                if (status != 201) {
                    throw new IllegalStateException("refused with " + status + " after " + taken);
                }
                taken++;
            }
        }
        return taken;
    }
}
