package org.cheesecoin.webtest;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.PaymentBody;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Transaction;
import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.crypto.PublicKey;
import org.cheesecoin.chain.crypto.Signature;
import org.cheesecoin.chain.wallet.Mnemonic;
import org.cheesecoin.chain.wire.GossipUrl;
import org.cheesecoin.chain.wire.NodeId;
import org.cheesecoin.chain.wire.TrackerUrl;
import org.cheesecoin.web.Problem;

import tools.jackson.databind.JsonNode;

/** Reads the examples of a published document with the code that reads such values, told apart by the field's name. */
public final class ExampleValues {

    private static final Consumer<String> HASH = Hash256::fromHex;
    private static final Consumer<String> NODE_ID = NodeId::fromHex;
    private static final Consumer<String> ADDRESS = it -> Address.parse(it).orElseThrow();
    private static final Consumer<String> URL = GossipUrl::new;

    private static final Map<String, Consumer<String>> READERS = Map.ofEntries(
            Map.entry("address", ADDRESS), Map.entry("to", ADDRESS), Map.entry("unsigned", ADDRESS),
            Map.entry("counterparties", ADDRESS),
            Map.entry("txid", HASH), Map.entry("smell", HASH), Map.entry("parentSmell", HASH),
            Map.entry("merkleRoot", HASH), Map.entry("leaf", HASH), Map.entry("networkId", HASH),
            Map.entry("network", HASH), Map.entry("replacedBy", HASH),
            Map.entry("nodeId", NODE_ID), Map.entry("reporterId", NODE_ID), Map.entry("connectedTo", NODE_ID),
            Map.entry("url", URL), Map.entry("gossipUrl", URL),
            Map.entry("publicKey", PublicKey::fromHex),
            Map.entry("signature", it -> Signature.of(HexFormat.of().parseHex(it))),
            Map.entry("hex", it -> Transaction.decode(HexFormat.of().parseHex(it)).orElseThrow()),
            Map.entry("spent", it -> Transaction.decode(HexFormat.of().parseHex(it)).orElseThrow()),
            Map.entry("body", it -> PaymentBody.decode(HexFormat.of().parseHex(it)).orElseThrow()),
            Map.entry("words", it -> {
                if (it.contains(" ")) {
                    Mnemonic.parse(it).orElseThrow();
                }
            }),
            Map.entry("target", it -> HexFormat.fromHexDigits(it)),
            Map.entry("totalWork", Long::parseLong),
            Map.entry("type", it -> require(Arrays.stream(Problem.values())
                    .anyMatch(problem -> problem.type().equals(URI.create(it))))),
            Map.entry("rule", it -> require(Arrays.stream(Rule.values()).anyMatch(rule -> rule.id().equals(it)))),
            Map.entry("anchor",
                    it -> require(Arrays.stream(Rule.values()).anyMatch(rule -> rule.anchor().equals(it)))));

    /** Words for people, whatever they are; and what has another meaning in each schema. */
    private static final Set<
            String> FREE = Set.of("label", "name", "message", "reason", "lastFailure", "text", "title", "instance",
                    "version", "remoteAddress", "passphrase", "newPassphrase", "word", "setBeforeNextStart", "id");
    /** They mean something else in some schemas: a path of keys and one of hashes, a member and a list of hashes. */
    private static final Map<String, Consumer<String>> BY_SCHEMA = Map.of(
            "TransactionProof.path", HASH,
            "WalletAddress.path", it -> require(it.matches("m(/[0-9]+'?)+")),
            "TrackerStanding.url", TrackerUrl::new,
            "Link.from", NODE_ID,
            "Link.to", NODE_ID,
            "PassphraseChanged.setBeforeNextStart", it -> require(it.startsWith("cheesecoin.")));

    private ExampleValues() {}

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException("it is none");
        }
    }

    /** The examples of fields and parameters that the code does not take, or that nothing here reads. */
    public static List<String> faults(PublishedDocument document) {
        List<String> faults = new ArrayList<>();
        for (PublishedDocument.Field field : document.fields()) {
            JsonNode example = field.said().has("items") && !field.said().has("example")
                    ? field.said().at("/items/example")
                    : field.said().path("example");
            read(field.schema() + "." + field.name(), field.name(), field.said(), example, faults);
        }
        for (PublishedDocument.Operation operation : document.operations()) {
            operation.parameters().forEach(it -> read(operation.name() + " " + it.get("name").stringValue(),
                    it.get("name").stringValue(), it.get("schema"), it.path("example"), faults));
        }
        return faults;
    }

    private static void read(String where, String name, JsonNode schema, JsonNode example, List<String> faults) {
        if (!example.isString() || FREE.contains(name)) {
            return;
        }
        if (schema.has("enum")) {
            if (schema.get("enum").values().stream().noneMatch(example::equals)) {
                faults.add(where + ": " + example + " is none of " + schema.get("enum"));
            }
            return;
        }
        Consumer<String> reader = BY_SCHEMA.getOrDefault(where, READERS.get(name));
        if (reader == null) {
            faults.add(where + ": nothing reads " + example);
            return;
        }
        try {
            reader.accept(example.stringValue());
        } catch (RuntimeException e) {
            faults.add(where + ": " + example + ": " + e.getMessage());
        }
    }
}
