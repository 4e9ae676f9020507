package org.cheesecoin.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The REST API of one member, or of the tracker. */
final class Member {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build();

    private final String name;
    private final int port;
    private final Supplier<String> token;

    /** An answer, whatever its status. */
    record Answer(int status, String contentType, String text) {

        JsonNode json() {
            return JSON.readTree(text);
        }

        /** The body of an answer with this status; another one is a failure of the test. */
        JsonNode expect(int wanted) {
            if (status != wanted) {
                throw new AssertionError("status %d, not %d: %s".formatted(status, wanted, text));
            }
            return text.isEmpty() ? JSON.nullNode() : json();
        }
    }

    /** The wallet's balance. */
    record Balance(long spendable, long pending, long immature, int height) {

        long total() {
            return spendable + pending + immature;
        }
    }

    /** The tip. */
    record Tip(int height, String smell) {}

    /** With the owner's token that is in this folder. */
    Member(String name, int port, Path folder) {
        this(name, port, () -> tokenIn(folder));
    }

    /** With the owner's token that was chosen. */
    Member(String name, int port, Supplier<String> token) {
        this.name = name;
        this.port = port;
        this.token = token;
    }

    String name() {
        return name;
    }

    int port() {
        return port;
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    String gossipUrl() {
        return "ws://127.0.0.1:%d/gossip".formatted(port);
    }

    /** The owner's token. */
    String token() {
        return token.get();
    }

    private static String tokenIn(Path folder) {
        try {
            return Files.readString(folder.resolve("owner.token")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A call by a stranger. */
    Answer call(String method, String path, String body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url() + path)).timeout(Duration.ofSeconds(20))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty() && !headers.containsKey("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        headers.forEach(request::header);
        try {
            var answer = HTTP.send(request.build(), BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.headers().firstValue("Content-Type").orElse(""),
                    answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(name + " does not answer " + method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What anybody may read. */
    JsonNode get(String path) {
        return call("GET", path, "", Map.of()).expect(200);
    }

    /** A call of the owner. */
    Answer owner(String method, String path, String body) {
        return call(method, path, body, Map.of("Authorization", "Bearer " + token()));
    }

    JsonNode node() {
        return get("/node");
    }

    String nodeId() {
        return node().get("nodeId").stringValue();
    }

    Tip tip() {
        JsonNode tip = node().get("tip");
        return new Tip(tip.get("height").intValue(), tip.get("smell").stringValue());
    }

    /** The smell at this height of the best branch. */
    String smellAt(int height) {
        return get("/cheeses/" + height).get("smell").stringValue();
    }

    Balance balance() {
        JsonNode wallet = owner("GET", "/wallet", "").expect(200);
        return new Balance(wallet.get("spendableCrumbs").longValue(), wallet.get("pendingCrumbs").longValue(),
                wallet.get("immatureCrumbs").longValue(), wallet.get("height").intValue());
    }

    String newAddress() {
        return owner("POST", "/wallet/addresses", "").expect(201).get("address").stringValue();
    }

    /** Pays from the wallet; answers the txid. */
    String pay(String to, long amountCrumbs) {
        return owner("POST", "/wallet/payments", "{\"to\": \"%s\", \"amountCrumbs\": %d}".formatted(to, amountCrumbs))
                .expect(201)
                .get("txid")
                .stringValue();
    }

    /** {@code pending}, {@code confirmed}, or {@code unknown}. */
    String stateOf(String txid) {
        Answer answer = call("GET", "/transactions/" + txid, "", Map.of());
        return answer.status() == 404 ? "unknown" : answer.expect(200).get("state").stringValue();
    }

    int mempoolCount() {
        return get("/mempool").get("count").intValue();
    }

    void mine(boolean enabled) {
        owner("PUT", "/mining", "{\"enabled\": %s}".formatted(enabled)).expect(200);
    }

    /** Ids of the members that it is linked to now. */
    List<String> linkedIds() {
        return ids("connected");
    }

    /** Ids of all members that it knows. */
    List<String> knownIds() {
        return ids("known");
    }

    private List<String> ids(String state) {
        List<String> ids = new ArrayList<>();
        for (JsonNode peer : get("/peers?limit=200&state=" + state).get("items")) {
            if (peer.has("nodeId")) {
                ids.add(peer.get("nodeId").stringValue());
            }
        }
        return ids;
    }

    /** Opens the stream of events and leaves it open; answers it when the first line is there. */
    InputStream openEvents() {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + "/events"))
                .header("Accept", "text/event-stream")
                .timeout(Duration.ofSeconds(20))
                .build();
        try {
            var answer = HTTP.send(request, BodyHandlers.ofInputStream());
            if (answer.statusCode() != 200) {
                answer.body().close();
                throw new AssertionError("no events: status " + answer.statusCode());
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Reads a stream until this word came; what came so far is the answer. */
    static String readUntil(InputStream stream, String word) throws IOException {
        StringBuilder text = new StringBuilder();
        byte[] part = new byte[1_000];
        int count = stream.read(part);
        while (count >= 0) {
            text.append(new String(part, 0, count, StandardCharsets.UTF_8));
            if (text.indexOf(word) >= 0) {
                return text.toString();
            }
            count = stream.read(part);
        }
        throw new AssertionError("the stream ended after: " + text);
    }

    @Override
    public String toString() {
        return name;
    }
}
