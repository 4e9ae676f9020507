package org.cheesecoin.benchmarks.whole;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.cheesecoin.benchmarks.Ledger;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One full cheese over many members on one machine, all of which have its payments in their mempools, as members of a
 * network that runs do: from the log line of its miner to those of all others.
 */
@Command(name = "relay", description = "How fast a full cheese reaches every member of a network")
final class Relay extends Measurement {

    private static final int CONNECTIONS = 4;
    private static final int LOOK_MILLIS = 200;

    @Option(names = "--members", description = "default: ${DEFAULT-VALUE}") int members = 20;

    @Option(names = "--payments",
            description = "in the cheese; 5,000 are about 1 MB (default: ${DEFAULT-VALUE})") int payments = 5_000;

    @Option(names = "--cheeses", description = "default: ${DEFAULT-VALUE}") int cheeses = 3;

    private final HttpClient client = HttpClient.newHttpClient();

    @Override
    void measure(ObjectNode result) throws Exception {
        int needed = payments * cheeses;
        Stacks.Stack stack = stacks().of(needed, paymentsPerCheese);
        Ledger ledger = new Ledger();
        for (int i = 0; i < stack.height(); i++) {
            ledger.mine(paymentsPerCheese);
        }
        result.put("members", members).put("paymentsInACheese", payments);
        List<MemberProcess> running = new ArrayList<>();
        try {
            for (int i = 0; i < members; i++) {
                running.add(start(stack, i, running));
            }
            awaitEach(running, "/peers?limit=1", "items", 1);
            ArrayNode each = result.putArray("cheeses");
            long[] millis = new long[cheeses];
            for (int cheese = 1; cheese <= cheeses; cheese++) {
                new Customers(ledger.pay(payments)).postAll(running.getFirst(), CONNECTIONS);
                awaitEach(running, "/mempool?limit=1", "count", payments);
                millis[cheese - 1] = mine(running, stack.height() + cheese, each.addObject());
            }
            Arrays.sort(millis);
            result.put("lastAfterMillis", millis[cheeses / 2]);
        } finally {
            running.forEach(MemberProcess::kill);
        }
    }

    /** Each knows the one before it and two of those before that, so that nobody is far from anybody. */
    private MemberProcess start(Stacks.Stack stack, int number, List<MemberProcess> before) throws Exception {
        Path data = stack.copyTo(fresh("relay-" + number));
        // the copies are of one member, and each must be somebody
        Files.delete(data.resolve("node.key"));
        List<String> peers = before.isEmpty()
                ? List.of()
                : Stream.of(number - 1, number / 2, number / 3)
                        .distinct()
                        .filter(it -> it < number)
                        .map(it -> before.get(it).gossipUrl())
                        .toList();
        MemberProcess member = MemberProcess.start(
                program(), data, stack.network(), settings("--cheesecoin.peers=" + String.join(",", peers)));
        member.awaitReady(120);
        return member;
    }

    private long mine(List<MemberProcess> running, int height, ObjectNode result) throws Exception {
        MemberProcess miner = running.getFirst();
        HttpRequest order = HttpRequest.newBuilder(miner.api("/mining/cheeses"))
                .header("Authorization", "Bearer " + Files.readString(folder.resolve("relay-0/owner.token")).strip())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"count\": 1}"))
                .build();
        HttpResponse<String> answer = client.send(order, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException("no cheese: " + answer.body());
        }
        Instant first = miner.awaitCheese(height, 60);
        List<Long> millis = new ArrayList<>();
        for (MemberProcess member : running) {
            millis.add(Duration.between(first, member.awaitCheese(height, 60)).toMillis());
        }
        millis.sort(null);
        long last = millis.getLast();
        result.put("medianAfterMillis", millis.get(members / 2)).put("lastAfterMillis", last);
        return last;
    }

    private void awaitEach(List<MemberProcess> running, String path, String field, int atLeast) throws Exception {
        long deadlineNanos = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
        for (MemberProcess member : running) {
            while (count(member.api(path), field) < atLeast) {
                if (System.nanoTime() > deadlineNanos) {
                    throw new IllegalStateException(member.api(path) + " does not get to " + atLeast);
                }
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
        }
    }

    private int count(URI question, String field) throws Exception {
        String body = client.send(HttpRequest.newBuilder(question).build(), HttpResponse.BodyHandlers.ofString())
                .body();
        var found = JsonMapper.shared().readTree(body).get(field);
        return found.isArray() ? found.size() : found.intValue();
    }
}
