package org.cheesecoin.membertest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Holds answers to the OpenAPI document that the member itself publishes. */
public final class Contract {

    private static final String SCHEMAS = "/components/schemas";

    private final JsonNode document;
    private final SchemaRegistry registry = SchemaRegistry
            .withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Map<String, Schema> schemas = new HashMap<>();

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
        Optional<JsonNode> operation = operation(method, path.replaceAll("[?].*", ""));
        if (operation.isEmpty()) {
            return;
        }
        String call = method + " " + path + " " + status;
        JsonNode response = operation.get().path("responses").path(Integer.toString(status));
        if (response.isMissingNode()) {
            throw new AssertionError(call + ": a status that is not published");
        }
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

    private Schema schema(JsonNode node) {
        return schemas.computeIfAbsent(node.toString(), _ -> {
            ObjectNode whole = (ObjectNode) node.deepCopy();
            whole.set("components", document.get("components"));
            return registry.getSchema(whole.toString(), InputFormat.JSON);
        });
    }

    /** The operation whose path fits best: with the fewest variables. */
    private Optional<JsonNode> operation(String method, String path) {
        List<Map.Entry<String, JsonNode>> fitting = new ArrayList<>();
        document.get("paths").propertyStream()
                .filter(it -> path.matches(it.getKey().replaceAll("[{][^}]*[}]", "[^/]*")))
                .forEach(fitting::add);
        return fitting.stream()
                .min(Comparator.comparing(it -> it.getKey().chars().filter(c -> c == '{').count()))
                .map(it -> it.getValue().path(method.toLowerCase(Locale.ROOT)))
                .filter(it -> !it.isMissingNode());
    }
}
