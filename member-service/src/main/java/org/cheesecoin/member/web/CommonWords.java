package org.cheesecoin.member.web;

import java.util.Map;
import java.util.Optional;

import org.springdoc.core.customizers.GlobalOpenApiCustomizer;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;

/** Describes the fields and parameters that mean the same wherever they stand, unless one says something of its own. */
final class CommonWords implements GlobalOpenApiCustomizer {

    /**
     * What a field is.
     *
     * @param description in words
     * @param example how it looks, a number as its digits
     */
    private record Word(String description, Optional<String> example) {

        static Word of(String description) {
            return new Word(description, Optional.empty());
        }

        static Word of(String description, String example) {
            return new Word(description, Optional.of(example));
        }

        void describe(Schema<?> field) {
            field.setDescription(description);
            boolean isNumber = field.getTypes() != null && field.getTypes().contains("integer");
            if (field.getExample() == null) {
                example.ifPresent(it -> field.setExample(isNumber ? Long.valueOf(it) : it));
            }
        }
    }

    private static final Map<String, Word> WORDS = Map.ofEntries(
            Map.entry("address", Word.of("Whose, as cheese1…", Examples.ADDRESS)),
            Map.entry("amountCrumbs", Word.of("How much, in crumbs", "100000000")),
            Map.entry("ancestorCount", Word.of("Unconfirmed payments that it builds on", "0")),
            Map.entry("cheeses", Word.of("Cheeses, lowest first")),
            Map.entry("clockOffsetMillis", Word.of("How far the clocks of others are ahead", "12")),
            Map.entry("coinbaseMaturity", Word.of("Cheeses until a coinbase is spendable", "10")),
            Map.entry("confirmations",
                    Word.of("Cheeses of the best branch from its own up; 0 where it has none", "3")),
            Map.entry("descendantCount", Word.of("Unconfirmed payments that build on it", "0")),
            Map.entry("estimates", Word.of("Soonest first")),
            Map.entry("feeCrumbs", Word.of("What it pays the miner, in crumbs", "10000")),
            Map.entry("height", Word.of("Cheeses below it", "1234")),
            Map.entry("inbound", Word.of("Linked members that dialled this one", "1")),
            Map.entry("index", Word.of("Which output of its transaction, counted from 0", "0")),
            Map.entry("indexedHeight", Word.of("The cheeses up to this height count, and none above it", "1234")),
            Map.entry("inputCount", Word.of("Outputs that it spends", "1")),
            Map.entry("inputs", Word.of("What it spends, in its order; nothing in a coinbase")),
            Map.entry("items", Word.of("The page, in the order of the list")),
            Map.entry("known", Word.of("Members that can be dialled", "4")),
            Map.entry("leaf", Word.of("Where the path begins: SHA-256(0 and the bytes of hex)", Examples.SMELL)),
            Map.entry("limit", Word.of("Most items of the page, 1 to 200", "50")),
            Map.entry("kind", Word.of("A coinbase makes new money for the miner; a payment moves what there is")),
            Map.entry("merkleRoot", Word.of("What its header says of its transactions", Examples.SMELL)),
            Map.entry("nextCursor", Word.of("Ask with it for the next page; left out on the last")),
            Map.entry("nodeId",
                    Word.of("Who it is among members: its public key",
                            Examples.PUBLIC_KEY)),
            Map.entry("outbound", Word.of("Linked members that this one dialled", "2")),
            Map.entry("outputCount", Word.of("Outputs that it makes", "2")),
            Map.entry("outputs", Word.of("What it makes, in its order")),
            Map.entry("parentSmell", Word.of("Smell of the cheese below", Examples.SMELL)),
            Map.entry("remoteAddress", Word.of("Where the connection comes from", "127.0.0.1:53412")),
            Map.entry("roundTripMillis", Word.of("How long a ping takes", "3")),
            Map.entry("sizeBytes", Word.of("Length of its encoding", "199")),
            Map.entry("smell", Word.of("Hash of the header", Examples.SMELL)),
            Map.entry("spacingMillis", Word.of("Time between cheeses that the target aims at", "10000")),
            Map.entry("state", Word.of("What became of it")),
            Map.entry("timeMillis", Word.of("Milliseconds since 1970", Examples.TIME)),
            Map.entry("txid", Word.of("Name of the transaction", Examples.TXID)),
            Map.entry("url", Word.of("Where it listens", "ws://127.0.0.1:8082/gossip")),
            Map.entry("version", Word.of("Of the program", "0.1.0")));

    @Override
    public void customise(OpenAPI contract) {
        contract.getComponents().getSchemas().values().forEach(schema -> {
            if (schema.getProperties() != null) {
                Map<?, ?> fields = schema.getProperties();
                fields.forEach((name, field) -> describe((String) name, (Schema<?>) field));
            }
        });
        contract.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .filter(operation -> operation.getParameters() != null)
                .flatMap(operation -> operation.getParameters().stream())
                .forEach(CommonWords::describe);
    }

    private static void describe(Parameter parameter) {
        Word word = WORDS.get(parameter.getName());
        if (word == null) {
            return;
        }
        if (parameter.getDescription() == null) {
            parameter.setDescription(word.description());
        }
        // An example fills the form of Swagger UI: only where the caller has to fill it anyway.
        if (parameter.getExample() == null && Boolean.TRUE.equals(parameter.getRequired())) {
            word.example().ifPresent(parameter::setExample);
        }
    }

    private static void describe(String name, Schema<?> field) {
        Word word = WORDS.get(name);
        if (word != null && field.getDescription() == null && field.get$ref() == null) {
            word.describe(field);
        }
    }
}
