package org.cheesecoin.member.explorer;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.membertest.TestMember;
import org.cheesecoin.webtest.Http.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Brings about every answer that the published document promises, of every operation, and holds each one to it. What all
 * operations answer alike is driven from the document itself; an operation's own answers stand below, in one line each.
 */
class EveryOperationHttpTest {

    /** 500 would be a fault of ours, and 503 wants a loop that stands still. */
    private static final Set<String> NOT_AT_WILL = Set.of("500", "503");
    /** What every operation of a kind answers; the others are its own. */
    private static final Set<String> SHARED = Set.of("400", "401", "406", "413", "415", "429");
    /** The wallet's own answers are driven, and held to the document, by the tests of the wallet. */
    private static final String WALLET = "/wallet";

    private static final String NO_HASH = "00".repeat(32);
    private static final String MINER = TestMember.MINER.address().toString();
    private static final String ADDRESS = "/addresses/" + MINER;

    /** On demand, with an index. */
    private static TestMember member;
    /** By schedule, without an index. */
    private static TestMember other;
    /** Takes one call a second, and is a peer of the first. */
    private static TestMember slow;

    private record Operation(String method, String template, Set<String> statuses) {

        /** A path that fits it. */
        String path() {
            return template.replace("{address}", MINER).replace("{id}", "0")
                    .replace("{nodeId}", TestKeys.key(5).publicKey().toHex())
                    .replaceAll("[{](txid|smell)[}]", NO_HASH);
        }

        boolean takesBody() {
            return statuses.contains("415");
        }
    }

    @BeforeAll
    static void start() throws IOException {
        member = TestMember.start();
        other = TestMember.start("cheesecoin.network=local", "cheesecoin.mining.enabled=false",
                "cheesecoin.index.enabled=false");
        slow = TestMember.start("cheesecoin.http.calls-per-second=1", "cheesecoin.http.transactions-per-second=1",
                "cheesecoin.peers=ws://127.0.0.1:" + port(member) + "/gossip");
    }

    @AfterAll
    static void stop() {
        slow.close();
        other.close();
        member.close();
    }

    private static int port(TestMember of) {
        return of.context().getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    private static List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        member.get("/v3/api-docs").json().get("paths").propertyStream().forEach(path -> path.getValue().propertyStream()
                .forEach(operation -> operations.add(new Operation(operation.getKey().toUpperCase(Locale.ROOT),
                        path.getKey(), Set.copyOf(operation.getValue().get("responses").propertyNames())))));
        return operations;
    }

    private static void expect(int status, Answer answer) {
        assertThat(answer.status()).as(answer.response().uri() + " " + answer.response().body()).isEqualTo(status);
    }

    private static Answer call(TestMember callee, String method, String path, String body, String... headers) {
        return callee.checked(method, path, callee.http().send(callee.http().request(path)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .headers(headers)));
    }

    private static String bearer(TestMember callee) {
        return "Bearer " + callee.token();
    }

    @Test
    void everyPublishedAnswerIsGiven() throws IOException, InterruptedException {
        List<Operation> operations = operations();
        for (Operation operation : operations) {
            driveWhatAllShare(operation);
        }
        driveCheesesAndTransactions();
        driveIndexAndMoney();
        driveNodeAndMiner();
        for (Operation operation : operations) {
            tooOften(operation);
        }

        Set<String> missing = new TreeSet<>(member.contract().published());
        missing.removeIf(it -> NOT_AT_WILL.stream().anyMatch(it::endsWith));
        missing.removeIf(it -> it.contains(" " + WALLET) && SHARED.stream().noneMatch(it::endsWith));
        for (TestMember each : List.of(member, other, slow)) {
            missing.removeAll(each.contract().driven());
        }
        assertThat(missing).as("answers that are published, and that no line of this test brings about").isEmpty();
    }

    private static void driveWhatAllShare(Operation operation) throws IOException {
        String method = operation.method();
        String path = operation.path();
        if (operation.statuses().contains("401")) {
            expect(401, call(member, method, path, "", "Content-Type", "application/json"));
        }
        if (operation.statuses().contains("406")) {
            expect(406, call(member, method, path, operation.takesBody() ? "{}" : "", "Authorization", bearer(member),
                    "Content-Type", "application/json", "Accept", "image/png"));
        }
        if (operation.takesBody()) {
            String type = "Content-Type";
            expect(400, call(member, method, path, "{", "Authorization", bearer(member), type, "application/json"));
            expect(413, call(member, method, path, "{\"x\":\"" + "x".repeat(2_000_000) + "\"}", "Authorization",
                    bearer(member), type, "application/json"));
            expect(415, call(member, method, path, "{}", "Authorization", bearer(member), type, "text/plain"));
        } else {
            // what no URL may hold
            String raw = member.http().raw(method + " " + path + "?{ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            assertThat(raw).startsWith("HTTP/1.1 400");
            member.contract().check(method, path, 400, "application/problem+json",
                    raw.substring(raw.indexOf('{'), raw.lastIndexOf('}') + 1));
        }
    }

    @Test
    void whoTakesNoJsonHasMinedNothing() {
        int before = member.get("/cheeses/tip").json().get("height").intValue();
        expect(406, call(member, "POST", "/mining/cheeses", "{\"count\":1}", "Authorization", bearer(member),
                "Content-Type", "application/json", "Accept", "image/png"));
        assertThat(member.get("/cheeses/tip").json().get("height").intValue()).isEqualTo(before);
    }

    private static void tooOften(Operation operation) {
        await().until(() -> call(slow, operation.method(), operation.path(), "", "Authorization", bearer(slow),
                "Accept", "text/nothing").status() == 429);
    }

    private static void driveCheesesAndTransactions() throws IOException, InterruptedException {
        List<String> smells = member.mine(12);
        String first = "/cheeses/" + smells.getFirst();
        Cheese coin = member.cheese(smells.getFirst());
        for (String path : List.of("/cheeses?branch=side", "/cheeses/tip", first, first + "/raw",
                first + "/transactions",
                "/transactions?state=pending", "/mempool", "/fees")) {
            expect(200, member.get(path));
        }
        for (String path : List.of("/cheeses/N", "/cheeses/N/raw", "/cheeses/N/transactions", "/transactions/N",
                "/transactions/N/proof")) {
            expect(404, member.get(path.replace("N", NO_HASH)));
        }
        Payment payment = member.payAll(coin, TestKeys.key(2));
        expect(201, member.submit(payment));
        expect(200, member.submit(payment));
        expect(422, member.submit(member.payAll(coin, TestKeys.key(3))));
        expect(200, member.get("/transactions/" + payment.txid()));
        expect(409, member.get("/transactions/" + payment.txid() + "/proof"));
        member.mine(1);
        expect(200, member.get("/transactions/" + payment.txid() + "/proof"));
        HttpResponse<InputStream> events = HttpClient.newHttpClient().send(
                member.http().request("/events").build(), HttpResponse.BodyHandlers.ofInputStream());
        events.body().close();
        member.contract().check("GET", "/events", events.statusCode(), "text/event-stream", "stream");
    }

    private static void driveIndexAndMoney() {
        List<String> indexed = List.of(ADDRESS, ADDRESS + "/coins", ADDRESS + "/transactions", "/transactions");
        for (String path : indexed) {
            await().until(() -> member.get(path).status() == 200);
            expect(409, other.get(path));
        }
        expect(200, member.get("/supply"));
        expect(202, member.call("POST", "/index/rebuild", ""));
        expect(409, other.call("POST", "/index/rebuild", ""));
    }

    private static void driveNodeAndMiner() {
        expect(200, member.get("/node"));
        expect(202, member.call("POST", "/peers", "{\"url\":\"ws://127.0.0.1:9/gossip\"}"));
        expect(404, member.call("DELETE", "/peers/" + TestKeys.key(5).publicKey().toHex(), ""));
        expect(204, member.call("DELETE", "/peers?url=ws://127.0.0.1:9/gossip", ""));
        expect(404, member.call("DELETE", "/peers?url=ws://127.0.0.1:9/gossip", ""));
        expect(400, member.call("DELETE", "/peers?url=ws://a..b:9/gossip", ""));
        await().until(() -> !member.get("/peers").json().get("items").isEmpty());
        JsonNode peer = member.get("/peers").json().get("items").get(0);
        expect(204, member.call("DELETE", "/peers/" + peer.get("nodeId").stringValue(), ""));
        expect(200, member.get("/mining"));
        expect(200, member.call("PUT", "/mining", "{\"enabled\":false}"));
        expect(409, member.call("PUT", "/mining", "{\"enabled\":true}"));
        expect(409, other.call("POST", "/mining/cheeses", "{\"count\":1}"));
    }
}
