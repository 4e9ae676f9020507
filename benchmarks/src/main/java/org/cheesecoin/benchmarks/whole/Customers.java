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

import org.cheesecoin.chain.cheese.Payment;

/** Bring prepared payments to a member's REST interface, over several connections at once. */
final class Customers {

    private final Queue<byte[]> requests = new ConcurrentLinkedQueue<>();

    Customers(List<Payment> payments) {
        for (Payment payment : payments) {
            String json = "{\"hex\":\"" + HexFormat.of().formatHex(payment.toBytes()) + "\"}";
            requests.add(HttpConnection.post("/transactions", json));
        }
    }

    /** Brings payments for so long; answers how many were taken. Fails where they run out. */
    long post(MemberProcess member, int connections, int seconds) throws Exception {
        long taken = postUntil(member, connections, System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds));
        if (requests.isEmpty()) {
            throw new IllegalStateException("all prepared payments are used: give --stack more");
        }
        return taken;
    }

    /** Brings all payments that are left. */
    void postAll(MemberProcess member, int connections) throws Exception {
        postUntil(member, connections, Long.MAX_VALUE);
    }

    private long postUntil(MemberProcess member, int connections, long deadlineNanos) throws Exception {
        long taken = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
            List<Future<Long>> counts = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                counts.add(threads.submit(() -> postOnOne(member, deadlineNanos)));
            }
            for (Future<Long> count : counts) {
                taken += count.get();
            }
        }
        return taken;
    }

    private long postOnOne(MemberProcess member, long deadlineNanos) throws Exception {
        long taken = 0;
        try (HttpConnection connection = new HttpConnection(member.port())) {
            while (System.nanoTime() < deadlineNanos) {
                byte[] request = requests.poll();
                if (request == null) {
                    return taken;
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
