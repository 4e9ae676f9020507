package org.cheesecoin.member.settings;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.MalformedException;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.TransactionOutput;
import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.consensus.NetworkParameters;
import org.cheesecoin.chain.consensus.NetworkParameters.OnDemandMining;
import org.cheesecoin.chain.consensus.NetworkParameters.Retargeting;
import org.cheesecoin.web.start.BadSetting;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The network that a setting names: a preset, or a JSON file that gives every parameter, or some over those of a
 * preset named as {@code base}. {@code docs/networks.md} has a sample.
 */
public final class NetworkFile {

    private static final String PROPERTY = "cheesecoin.network";
    private static final int MAX_BYTES = 1_000_000;
    private static final Map<String, NetworkParameters> PRESETS = Map
            .of("local", NetworkParameters.local(), "test", NetworkParameters.test());
    private static final Set<String> FIELDS = Set.of("base", "name", "blueTimeMillis", "firstCompactTarget",
            "retargeting", "spacingMillis", "halfLifeMillis", "easiestFactor", "onDemandMining", "coinbaseMaturity",
            "firstSubsidyCrumbs", "halvingInterval", "allocations");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final JsonNode root;

    private NetworkFile(JsonNode root) {
        this.root = root;
    }

    /**
     * The network of this setting.
     *
     * @param setting {@code local}, {@code test} or the path of a JSON file
     * @throws BadSetting if there is no such file, or one of its fields is not as it must be
     */
    public static Network load(String setting) {
        NetworkParameters preset = PRESETS.get(setting);
        if (preset != null) {
            return Network.of(preset);
        }
        try {
            JsonNode root = JSON.readTree(readText(setting));
            return Network.of(new NetworkFile(root).parameters());
        } catch (JacksonException e) {
            throw BadSetting.of(PROPERTY, setting, "a file of JSON (%s)".formatted(e.getOriginalMessage()));
        } catch (IllegalArgumentException e) {
            throw BadSetting.of(PROPERTY, setting, "a file of network parameters; there " + e.getMessage());
        }
    }

    private static String readText(String setting) {
        String range = "'local', 'test' or the path of a JSON file";
        try {
            Path file = Path.of(setting);
            if (!Files.isRegularFile(file)) {
                throw BadSetting.of(PROPERTY, setting, range + "; there is no such file");
            }
            return OwnerText.ofFile(PROPERTY, setting, MAX_BYTES).text();
        } catch (InvalidPathException e) {
            throw BadSetting.of(PROPERTY, setting, range + " that can be read (" + e + ")");
        }
    }

    private NetworkParameters parameters() {
        if (!root.isObject()) {
            throw new IllegalArgumentException("the whole must be a JSON object");
        }
        requireKnown(root, FIELDS);
        Optional<NetworkParameters> base = base();
        return new NetworkParameters(
                // never the preset's: people tell networks apart by name
                text("name", Optional.empty()),
                number("blueTimeMillis", base.map(NetworkParameters::blueTimeMillis), Long.MAX_VALUE),
                base.isPresent() && !root.has("firstCompactTarget")
                        ? base.get().firstCompactTarget()
                        : compactTarget(text("firstCompactTarget", Optional.empty())),
                choice("retargeting", Retargeting.class, base.map(NetworkParameters::retargeting)),
                number("spacingMillis", base.map(NetworkParameters::spacingMillis), Long.MAX_VALUE),
                number("halfLifeMillis", base.map(NetworkParameters::halfLifeMillis), Long.MAX_VALUE),
                smallNumber("easiestFactor", base.map(NetworkParameters::easiestFactor)),
                choice("onDemandMining", OnDemandMining.class, base.map(NetworkParameters::onDemandMining)),
                smallNumber("coinbaseMaturity", base.map(NetworkParameters::coinbaseMaturity)),
                number("firstSubsidyCrumbs", base.map(NetworkParameters::firstSubsidyCrumbs), Long.MAX_VALUE),
                smallNumber("halvingInterval", base.map(NetworkParameters::halvingInterval)),
                allocations(base.map(NetworkParameters::allocations)));
    }

    private Optional<NetworkParameters> base() {
        if (!root.has("base")) {
            return Optional.empty();
        }
        NetworkParameters preset = PRESETS.get(text("base", Optional.empty()));
        if (preset == null) {
            throw new IllegalArgumentException("base must be 'local' or 'test', not " + root.get("base"));
        }
        return Optional.of(preset);
    }

    private List<TransactionOutput> allocations(Optional<List<TransactionOutput>> fallback) {
        Optional<JsonNode> list = field(root, "allocations");
        if (list.isEmpty()) {
            return fallback.orElseThrow(() -> missing("allocations"));
        }
        if (!list.get().isArray() || list.get().size() > NetworkParameters.MAX_ALLOCATIONS) {
            throw new IllegalArgumentException("allocations must be a list of 0 to "
                    + NetworkParameters.MAX_ALLOCATIONS + " {address, amountCrumbs}");
        }
        var outputs = new ArrayList<TransactionOutput>();
        for (JsonNode entry : list.get()) {
            outputs.add(allocation("allocations[%d]".formatted(outputs.size()), entry));
        }
        return outputs;
    }

    private static TransactionOutput allocation(String where, JsonNode entry) {
        requireKnown(entry, Set.of("address", "amountCrumbs"));
        Optional<JsonNode> address = field(entry, "address").filter(JsonNode::isString);
        Optional<JsonNode> amount = field(entry, "amountCrumbs")
                .filter(it -> it.isIntegralNumber() && it.canConvertToLong())
                .filter(it -> it.longValue() >= 1 && it.longValue() <= Amount.MAX_CRUMBS);
        if (amount.isEmpty()) {
            throw new IllegalArgumentException(
                    where + ".amountCrumbs must be a whole number from 1 to " + Amount.MAX_CRUMBS);
        }
        if (address.isPresent()
                && Address.parse(address.get().stringValue()) instanceof Outcome.Passed<Address>(Address owner)) {
            return output(new Amount(amount.get().longValue()), owner);
        }
        throw new IllegalArgumentException(where + ".address must be an address of CheeseCoin, as cheese1…");
    }

    private static TransactionOutput output(Amount amount, Address owner) throws MalformedException {
        return new TransactionOutput(amount, owner);
    }

    private String text(String name, Optional<String> fallback) {
        Optional<JsonNode> value = field(root, name);
        if (value.isPresent() && !value.get().isString()) {
            throw new IllegalArgumentException(name + " must be a text, not " + value.get());
        }
        return value.map(JsonNode::stringValue).or(() -> fallback).orElseThrow(() -> missing(name));
    }

    private long number(String name, Optional<Long> fallback, long most) {
        Optional<JsonNode> value = field(root, name);
        if (value.isPresent() && !(value.get().isIntegralNumber() && value.get().canConvertToLong()
                && value.get().longValue() <= most)) {
            throw new IllegalArgumentException(name + " must be a whole number of its range, not " + value.get());
        }
        return value.map(JsonNode::longValue).or(() -> fallback).orElseThrow(() -> missing(name));
    }

    private int smallNumber(String name, Optional<Integer> fallback) {
        long value = number(name, fallback.map(Integer::longValue), Integer.MAX_VALUE);
        // what is below the int range is as wrong as any negative number, and the parameters say the range
        return (int) Math.max(value, Integer.MIN_VALUE);
    }

    private <E extends Enum<E>> E choice(String name, Class<E> type, Optional<E> fallback) {
        if (!root.has(name)) {
            return fallback.orElseThrow(() -> missing(name));
        }
        String text = text(name, Optional.empty());
        var choices = new ArrayList<String>();
        for (E constant : type.getEnumConstants()) {
            String word = constant.name().toLowerCase(java.util.Locale.ROOT);
            if (word.equals(text)) {
                return constant;
            }
            choices.add("'" + word + "'");
        }
        throw new IllegalArgumentException(name + " must be " + String.join(" or ", choices) + ", not '" + text + "'");
    }

    private static int compactTarget(String text) {
        if (!text.matches("0x[0-9a-f]{8}")) {
            throw new IllegalArgumentException(
                    "firstCompactTarget must be 0x and eight hex digits, as \"0x1e0b2f4f\", not '" + text + "'");
        }
        return Integer.parseUnsignedInt(text.substring(2), 16);
    }

    private static Optional<JsonNode> field(JsonNode object, String name) {
        return Optional.ofNullable(object.get(name));
    }

    private static void requireKnown(JsonNode object, Set<String> names) {
        for (String name : object.propertyNames()) {
            if (!names.contains(name)) {
                throw new IllegalArgumentException(
                        "'%s' is no field; the fields are %s".formatted(name, new TreeSet<>(names)));
            }
        }
    }

    private static IllegalArgumentException missing(String name) {
        return new IllegalArgumentException(name + " is missing" + (name.equals("name")
                ? ""
                : ", and no \"base\": \"local\" or \"test\" gives it"));
    }
}
