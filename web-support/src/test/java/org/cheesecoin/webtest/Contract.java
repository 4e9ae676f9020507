package org.cheesecoin.webtest;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Holds answers to the OpenAPI document that the service itself publishes. Many threads of a test may ask it. */
public final class Contract {

    private static final String SCHEMAS = "/components/schemas";
    private static final String ANY_OTHER = "default";

    private final JsonNode document;
    private final SchemaRegistry registry = SchemaRegistry
            .withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();
    private final Set<String> driven = new ConcurrentSkipListSet<>();

    /** The contract in this OpenAPI document. */
    public Contract(String openApi) {
        this.document = new JsonMapper().readTree(openApi);
        document.at(SCHEMAS).values().forEach(Contract::closeObject);
    }

    /** A field that the document does not name is as wrong as one of another type. */
    private static void closeObject(JsonNode schema) {
        if (schema instanceof ObjectNode object && object.has("properties") && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
    }

    /** Fails where the operation, its status, its media type or its body is another than the document says. */
    public void check(String method, String path, int status, String contentType, String body) {
        Optional<String> template = template(method, path.replaceAll("[?].*", ""));
        if (template.isEmpty()) {
            return;
        }
        String call = method + " " + path + " " + status;
        JsonNode response = operation(method, template.get()).path("responses").path(Integer.toString(status));
        if (response.isMissingNode()) {
            throw new AssertionError(call + ": a status that is not published");
        }
        driven.add(name(method, template.get(), Integer.toString(status)));
        if (body.isEmpty()) {
            return;
        }
        String mediaType = contentType.replaceAll(";.*", "");
        JsonNode content = response.path("content").path(mediaType);
        if (content.isMissingNode()) {
            throw new AssertionError(call + ": a media type that is not published: " + mediaType);
        }
        if (mediaType.endsWith("json")) {
            List<Error> errors = schema(content.get("schema")).validate(body, InputFormat.JSON);
            if (!errors.isEmpty()) {
                throw new AssertionError(call + ": " + errors + "\n" + body);
            }
        }
    }

    /** What in this JSON is not as the named schema says. */
    public List<String> faults(String schemaName, String json) {
        return schema(document.at(SCHEMAS).get(schemaName)).validate(json, InputFormat.JSON).stream()
                .map(Error::toString)
                .toList();
    }

    private Schema schema(JsonNode node) {
        return schemas.computeIfAbsent(node.toString(), _ -> {
            ObjectNode whole = (ObjectNode) node.deepCopy();
            whole.set("components", document.get("components"));
            return registry.getSchema(whole.toString(), InputFormat.JSON);
        });
    }

    /** What was answered so far, as {@code GET /cheeses/{id} 404}. */
    public Set<String> driven() {
        return Set.copyOf(driven);
    }

    /** Each status that is published, in the same form; not what stands for any other. */
    public Set<String> published() {
        Set<String> published = new TreeSet<>();
        document.get("paths").propertyStream().forEach(path -> path.getValue().propertyStream()
                .forEach(operation -> operation.getValue().get("responses").propertyStream()
                        .filter(response -> !response.getKey().equals(ANY_OTHER))
                        .forEach(response -> published.add(name(operation.getKey().toUpperCase(Locale.ROOT),
                                path.getKey(), response.getKey())))));
        return published;
    }

    private static String name(String method, String template, String status) {
        return method + " " + template + " " + status;
    }

    private JsonNode operation(String method, String template) {
        return document.get("paths").get(template).path(method.toLowerCase(Locale.ROOT));
    }

    /** The path of the document that fits best: with the fewest variables. */
    private Optional<String> template(String method, String path) {
        return document.get("paths").propertyStream()
                .map(Map.Entry::getKey)
                .filter(it -> path.matches(it.replaceAll("[{][^}]*[}]", "[^/]*")))
                .min(Comparator.comparing(it -> it.chars().filter(c -> c == '{').count()))
                .filter(it -> !operation(method, it).isMissingNode());
    }
}
