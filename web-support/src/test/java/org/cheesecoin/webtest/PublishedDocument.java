package org.cheesecoin.webtest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The OpenAPI document that a service publishes, to be walked, and read as Swagger UI and generators of clients do. */
public final class PublishedDocument {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String SCHEMAS = "/components/schemas";

    private final JsonNode document;

    /** This document. */
    public PublishedDocument(String openApi) {
        this.document = new JsonMapper().readTree(openApi);
    }

    /** An operation, by its method and the template of its path. */
    public record Operation(String method, String template, JsonNode said) {

        /** As {@code GET /node}. */
        public String name() {
            return method + " " + template;
        }

        /** What its parameters say. */
        public List<JsonNode> parameters() {
            return List.copyOf(said.path("parameters").values());
        }

        /** What its body says, where it takes one. */
        public Optional<JsonNode> body() {
            JsonNode schema = said.at("/requestBody/content/application~1json/schema");
            return schema.isMissingNode() ? Optional.empty() : Optional.of(schema);
        }
    }

    /** A field of a named schema. */
    public record Field(String schema, String name, JsonNode said) {

        @Override
        public String toString() {
            return schema + "." + name;
        }
    }

    /** A call as Swagger UI fills it in: what each part's example says. */
    public record Call(String method, String path, Map<String, String> headers, Optional<JsonNode> body) {}

    /** All operations, in the order of the document. */
    public List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        document.get("paths").propertyStream().forEach(path -> path.getValue().propertyStream()
                .forEach(it -> operations.add(new Operation(it.getKey().toUpperCase(Locale.ROOT), path.getKey(),
                        it.getValue()))));
        return operations;
    }

    /** Names of operations by method and path, as {@code getNode} of {@code GET /node}. */
    public Map<String, String> operationNames() {
        Map<String, String> names = new TreeMap<>();
        operations().forEach(it -> names.put(it.name(), it.said().get("operationId").stringValue()));
        return names;
    }

    /** Names of groups that operations stand in. */
    public Set<String> tags() {
        Set<String> tags = new TreeSet<>();
        operations().forEach(it -> it.said().get("tags").values().forEach(tag -> tags.add(tag.stringValue())));
        return tags;
    }

    /** Names of groups that the document describes. */
    public Set<String> describedTags() {
        Set<String> tags = new TreeSet<>();
        document.path("tags").values().stream()
                .filter(it -> !it.path("description").asString("").isBlank())
                .forEach(it -> tags.add(it.get("name").stringValue()));
        return tags;
    }

    /** The fields of all named schemas. */
    public List<Field> fields() {
        return document.at(SCHEMAS).propertyStream()
                .flatMap(schema -> schema.getValue().path("properties").propertyStream()
                        .map(field -> new Field(schema.getKey(), field.getKey(), field.getValue())))
                .toList();
    }

    /** The named schemas. */
    public Set<String> schemaNames() {
        return new TreeSet<>(document.at(SCHEMAS).propertyNames());
    }

    /** A schema by its name. */
    public JsonNode schema(String name) {
        return document.at(SCHEMAS).get(name);
    }

    /** The schema itself, where this one points to it. */
    public JsonNode resolved(JsonNode schema) {
        return schema.has("$ref") ? document.at(schema.get("$ref").stringValue().substring(1)) : schema;
    }

    /** The shapes that a value of this schema may have: the alternatives of oneOf, else the schema itself. */
    public List<JsonNode> alternatives(JsonNode schema) {
        JsonNode whole = resolved(schema);
        return whole.has("oneOf")
                ? whole.get("oneOf").values().stream().map(this::resolved).toList()
                : List.of(whole);
    }

    /** Each schema that requests are made of, each alternative and each part of it, by a name. */
    public Map<String, JsonNode> requestSchemas() {
        Map<String, JsonNode> found = new LinkedHashMap<>();
        operations().forEach(it -> it.body().ifPresent(body -> collect(it.name(), body, found)));
        return found;
    }

    private void collect(String name, JsonNode schema, Map<String, JsonNode> found) {
        JsonNode whole = resolved(schema);
        String key = schema.has("$ref") ? schema.get("$ref").stringValue().replaceAll(".*/", "") : name;
        if (found.containsKey(key)) {
            return;
        }
        found.put(key, whole);
        Stream.of("oneOf", "anyOf", "allOf").flatMap(it -> whole.path(it).values().stream())
                .forEach(it -> collect(key, it, found));
        if (whole.has("items")) {
            collect(key + "[]", whole.get("items"), found);
        }
        whole.path("properties").propertyStream()
                .forEach(it -> collect(key + "." + it.getKey(), it.getValue(), found));
    }

    /** What Swagger UI shows for a schema: its example, else one made of its parts. */
    public JsonNode exampleOf(JsonNode schema) {
        JsonNode whole = alternatives(schema).getFirst();
        if (whole.has("example")) {
            return whole.get("example");
        }
        if (whole.has("const")) {
            return whole.get("const");
        }
        if (whole.has("enum")) {
            return whole.get("enum").get(0);
        }
        return switch (whole.path("type").asString("object")) {
            case "array" -> {
                ArrayNode array = NODES.arrayNode();
                array.add(exampleOf(whole.get("items")));
                yield array;
            }
            case "string" -> NODES.stringNode("string");
            case "integer" -> NODES.numberNode(whole.path("minimum").asLong(0));
            case "number" -> NODES.numberNode(whole.path("minimum").asDouble(0));
            case "boolean" -> NODES.booleanNode(true);
            default -> {
                ObjectNode object = NODES.objectNode();
                whole.path("properties").propertyStream()
                        .forEach(it -> object.set(it.getKey(), exampleOf(it.getValue())));
                yield object;
            }
        };
    }

    /** The calls that Swagger UI offers for an operation, one for each shape of its body. */
    public List<Call> filledIn(Operation operation) {
        String path = operation.template();
        List<String> query = new ArrayList<>();
        Map<String, String> headers = new LinkedHashMap<>();
        for (JsonNode parameter : operation.parameters()) {
            String name = parameter.get("name").stringValue();
            Optional<String> value = example(parameter);
            switch (parameter.get("in").stringValue()) {
                case "path" -> path = path.replace("{" + name + "}", value.orElse("string"));
                case "header" -> value.ifPresent(it -> headers.put(name, it));
                default -> value.ifPresent(it -> query.add(name + "=" + it));
            }
        }
        String whole = query.isEmpty() ? path : path + "?" + String.join("&", query);
        if (operation.body().isEmpty()) {
            return List.of(new Call(operation.method(), whole, headers, Optional.empty()));
        }
        return alternatives(operation.body().get()).stream()
                .map(it -> new Call(operation.method(), whole, headers, Optional.of(exampleOf(it))))
                .toList();
    }

    private static Optional<String> example(JsonNode parameter) {
        return Stream.of(parameter.path("example"), parameter.at("/schema/example"), parameter.at("/schema/default"))
                .filter(it -> !it.isMissingNode())
                .findFirst()
                .map(JsonNode::asString);
    }
}
