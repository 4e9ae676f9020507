package org.cheesecoin.member.contract;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.cheesecoin.membertest.TestMember;
import org.cheesecoin.webtest.Http.Answer;
import org.cheesecoin.webtest.PublishedDocument;
import org.cheesecoin.webtest.PublishedDocument.Call;
import org.cheesecoin.webtest.PublishedDocument.Operation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/** What the published document says of requests is what the code takes, and refuses. */
class RequestsHttpTest {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    /** A stream that does not end is not asked for here. */
    private static final String ENDLESS = "GET /events";
    private static final int MATURITY = TestMember.NETWORK.parameters().coinbaseMaturity();

    private static TestMember member;
    private static PublishedDocument document;

    @BeforeAll
    static void start() throws IOException {
        // Its coinbases are the wallet's, which pays with them.
        member = TestMember.start("cheesecoin.mining.pay-to=");
        document = new PublishedDocument(member.get("/v3/api-docs").response().body());
        member.mine(20);
    }

    @AfterAll
    static void stop() {
        member.close();
    }

    private static Answer call(Call call) {
        String[] headers = call.headers().entrySet().stream()
                .flatMap(it -> Stream.of(it.getKey(), it.getValue()))
                .toArray(String[]::new);
        return member.call(call.method(), call.path(), call.body().map(JsonNode::toString).orElse(""), headers);
    }

    private static List<Operation> operations() {
        return document.operations().stream().filter(it -> !it.name().equals(ENDLESS)).toList();
    }

    @Test
    void everyExampleIsTakenByTheCodeThatItIsAnExampleFor() {
        List<String> refused = new ArrayList<>();
        for (Operation operation : operations()) {
            for (Call call : document.filledIn(operation)) {
                Answer answer = call(call);
                if (Set.of(400, 401, 413, 415, 500).contains(answer.status())) {
                    refused.add(operation.name() + " " + call.body() + ": " + answer.response().body());
                }
            }
        }
        assertThat(refused).isEmpty();
    }

    @Test
    void eachWayToPayThatSwaggerUiOffersPays() {
        Operation pay = operation("POST /wallet/payments");
        List<Call> ways = document.filledIn(pay);
        member.mine(MATURITY + 1);
        assertThat(ways).hasSize(3);
        for (Call way : ways) {
            Answer answer = call(way);
            assertThat(answer.status()).as(way.body() + " " + answer.response().body()).isEqualTo(201);
            member.mine(1);
        }
    }

    @Test
    void everyValueThatACallerMustGiveHasAnExample() {
        List<String> silent = new ArrayList<>();
        for (Operation operation : document.operations()) {
            operation.parameters().stream()
                    .filter(it -> it.get("required").booleanValue() && !it.has("example"))
                    .forEach(it -> silent.add(operation.name() + " " + it.get("name").stringValue()));
        }
        assertThat(silent).isEmpty();
        assertThat(document.operations()).allSatisfy(operation -> assertThat(operation.parameters())
                .filteredOn(it -> it.get("name").stringValue().equals("cursor"))
                .as(operation.name()).noneMatch(it -> it.has("example")));
    }

    private static Operation operation(String name) {
        return document.operations().stream().filter(it -> it.name().equals(name)).findFirst().orElseThrow();
    }

    /** The call with its body changed. */
    private static Call with(Call call, Consumer<ObjectNode> change) {
        ObjectNode body = (ObjectNode) call.body().orElseThrow().deepCopy();
        change.accept(body);
        return new Call(call.method(), call.path(), call.headers(), Optional.of(body));
    }

    @Test
    void anEmptyListOrFalseIsAsIfLeftOutWhereverItIsOptional() {
        member.mine(MATURITY + 1);
        Call toOne = document.filledIn(operation("POST /wallet/payments")).getFirst();
        for (Consumer<ObjectNode> empty : List.<Consumer<ObjectNode>>of(
                it -> it.putArray("receivers"),
                it -> it.put("sendAll", false),
                it -> it.put("sendAll", false).putArray("receivers"))) {
            Answer answer = call(with(toOne, empty));
            assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
            member.mine(1);
        }
        Call toSeveral = document.filledIn(operation("POST /wallet/payments")).get(1);
        assertThat(call(with(toSeveral, it -> it.put("sendAll", false))).status()).isEqualTo(201);

        // Whatever optional list or flag a body has by the document: it may be there and be empty.
        for (Operation operation : operations()) {
            operation.body().ifPresent(body -> document.alternatives(body).forEach(shape -> {
                Set<String> required = Set.copyOf(texts(shape.path("required")));
                shape.path("properties").propertyStream()
                        .filter(it -> !required.contains(it.getKey()))
                        .forEach(it -> emptied(operation, it));
            }));
        }
    }

    private static void emptied(Operation operation, Map.Entry<String, JsonNode> field) {
        String type = document.resolved(field.getValue()).path("type").asString("");
        JsonNode empty = switch (type) {
            case "array" -> NODES.arrayNode();
            case "boolean" -> NODES.booleanNode(false);
            default -> NODES.nullNode();
        };
        for (Call call : document.filledIn(operation)) {
            if (call.body().orElseThrow().has(field.getKey())) {
                Answer answer = call(with(call, it -> it.set(field.getKey(), empty)));
                assertThat(answer.status()).as(operation.name() + " " + field.getKey() + " " + answer.response().body())
                        .isNotEqualTo(400);
            }
        }
    }

    private static List<String> texts(JsonNode array) {
        return array.values().stream().map(JsonNode::stringValue).toList();
    }

    @Test
    void everyNumberOfARequestHasItsBoundsAndTheCodeHoldsThem() {
        int held = 0;
        for (Operation operation : operations()) {
            if (operation.body().isEmpty()) {
                continue;
            }
            for (Call call : document.filledIn(operation)) {
                held += holdBounds(operation, call, document.alternatives(operation.body().get()));
            }
        }
        assertThat(held).isGreaterThan(10);
    }

    private static int holdBounds(Operation operation, Call call, List<JsonNode> shapes) {
        int held = 0;
        for (JsonNode shape : shapes) {
            for (Map.Entry<String, JsonNode> field : shape.path("properties").properties()) {
                boolean isIn = call.body().orElseThrow().has(field.getKey());
                if (isIn && field.getValue().path("type").asString("").equals("integer")) {
                    String name = operation.name() + " " + field.getKey();
                    assertThat(field.getValue().has("minimum") && field.getValue().has("maximum")).as(name).isTrue();
                    refuses(name, with(call, it -> it.put(field.getKey(),
                            field.getValue().get("minimum").longValue() - 1)));
                    refuses(name, with(call, it -> it.put(field.getKey(),
                            field.getValue().get("maximum").longValue() + 1)));
                    held++;
                }
            }
        }
        return held;
    }

    private static void refuses(String name, Call call) {
        Answer answer = call(call);
        assertThat(answer.status()).as(name + " " + call.body() + " " + answer.response().body()).isIn(400, 422);
    }

    @Test
    void theSizeOfAPageIsWhatTheDocumentSays() {
        int lists = 0;
        for (Operation operation : operations()) {
            Optional<JsonNode> limit = operation.parameters().stream()
                    .filter(it -> it.get("name").stringValue().equals("limit")).findFirst();
            if (limit.isEmpty()) {
                continue;
            }
            lists++;
            JsonNode schema = limit.get().get("schema");
            String path = document.filledIn(operation).getFirst().path().replaceAll("[?&]limit=[0-9]+", "");
            String separator = path.contains("?") ? "&" : "?";
            assertThat(schema.get("default").intValue()).as(operation.name())
                    .isBetween(schema.get("minimum").intValue(), schema.get("maximum").intValue());
            assertThat(member.owned(path + separator + "limit=" + (schema.get("minimum").intValue() - 1)).status())
                    .as(operation.name()).isEqualTo(400);
            assertThat(member.owned(path + separator + "limit=" + (schema.get("maximum").intValue() + 1)).status())
                    .as(operation.name()).isEqualTo(400);
            for (String end : List.of("minimum", "maximum")) {
                assertThat(member.owned(path + separator + "limit=" + schema.get(end).intValue()).status())
                        .as(operation.name()).isNotEqualTo(400);
            }
        }
        assertThat(lists).isEqualTo(9);
        member.mine(40);
        JsonNode cheeses = member.get("/cheeses").json().get("items");
        assertThat(cheeses.size()).isEqualTo(operation("GET /cheeses").parameters().stream()
                .filter(it -> it.get("name").stringValue().equals("limit"))
                .findFirst().orElseThrow().at("/schema/default").intValue());
    }
}
