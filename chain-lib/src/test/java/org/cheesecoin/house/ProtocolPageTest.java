package org.cheesecoin.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.node.NodeLimits;
import org.cheesecoin.chain.wallet.KeyChain;
import org.cheesecoin.chain.wire.MessageType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Keeps protocol.md true: it names what the code names, and nothing else. Who adds a rule adds its row to the table of
 * section 3 and its heading with its text below; the failure shows both as they must stand.
 */
class ProtocolPageTest {

    private static final Pattern RULE_ID = Pattern.compile("\\b(?:ENC|HDR|CHS|TRX|POL|NET|WLT)-[A-Z-]+\\b");
    private static final Pattern MESSAGE_ROW = Pattern
            .compile("^\\| (0x[0-9a-f]{2}) \\| (\\w+) \\| ([0-9,]+) \\| (yes|no) \\|$", Pattern.MULTILINE);

    private static String page = "";

    @BeforeAll
    static void readPage() throws IOException {
        page = read();
    }

    static String read() throws IOException {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.isDirectory(folder.resolve("chain-lib/src/main/java"))) {
            folder = folder.getParent();
        }
        assumeTrue(folder != null, "not run from a checkout");
        return Files.readString(folder.resolve("protocol.md"));
    }

    @Test
    void everyRuleHasItsHeadingAndText() {
        List<String> missing = new ArrayList<>();
        for (Rule rule : Rule.values()) {
            if (!page.contains("\n### %s\n\n%s\n".formatted(rule.id(), rule.text()))) {
                missing.add("### %s: %s".formatted(rule.id(), rule.text()));
            }
        }
        assertThat(missing).as("rules that protocol.md lacks, or words differently").isEmpty();
    }

    @Test
    void theTableOfRulesIsThatOfTheCode() {
        List<String> rows = page.lines().filter(line -> line.matches("\\| \\[[A-Z-]+]\\(#.*")).toList();
        assertThat(rows).containsExactly(Arrays.stream(Rule.values())
                .map(rule -> "| [%s](%s) | %s | %d | %s |".formatted(
                        rule.id(),
                        rule.anchor().substring("protocol.md".length()),
                        levelWords(rule.level()),
                        rule.penaltyPoints(),
                        rule.text()))
                .toArray(String[]::new));
    }

    @Test
    void noRuleIsNamedThatThereIsNot() {
        assertThat(RULE_ID.matcher(page).results().map(MatchResult::group).distinct()
                .filter(id -> Rule.byId(id).isEmpty()))
                .isEmpty();
    }

    @Test
    void everyMessageStandsThereWithItsByteAndItsLimit() {
        List<String> rows = MESSAGE_ROW.matcher(page).results().map(MatchResult::group).toList();
        assertThat(rows).containsExactly(Arrays.stream(MessageType.values())
                .map(type -> String.format(Locale.ROOT, "| 0x%02x | %s | %,d | %s |",
                        type.firstByte(),
                        type.messageName(),
                        type.frameLimitBytes(),
                        type.earliest() == MessageType.Phase.HANDSHAKE ? "yes" : "no"))
                .toArray(String[]::new));
    }

    @Test
    void everyMessageHasItsLayout() {
        assertThat(Arrays.stream(MessageType.values())
                .map(type -> String.format(Locale.ROOT, "**%s** (0x%02x)", type.messageName(), type.firstByte()))
                .filter(heading -> !page.contains(heading)))
                .isEmpty();
    }

    @Test
    void theTimesThatPeersWaitStandThere() {
        NodeLimits limits = NodeLimits.defaults();
        assertThat(page).contains(
                "| the whole handshake | " + limits.handshakeMillis() / 1_000 + " s |",
                "| Pong | " + limits.pongMillis() / 1_000 + " s |",
                "| Headers, CheeseBody | " + limits.requestMillis() / 1_000 + " s |",
                "| Transactions | " + limits.requestMillis() / 1_000 + " s |",
                "A link is pinged " + limits.pingMillis() / 1_000 + " s after the last Ping");
    }

    @Test
    void theWayFromWordsToKeysStandsThere() {
        assertThat(page).contains("    " + KeyChain.ACCOUNT_PATH + "/branch/index\n",
                "%,d addresses beyond the last used one".formatted(KeyChain.GAP_LIMIT));
    }

    private static String levelWords(Rule.Level level) {
        return switch (level) {
            case WELL_FORMED -> "well-formed";
            case STAND_ALONE -> "stand-alone";
            case IN_CONTEXT -> "in context";
            case POLICY -> "policy";
            case PROTOCOL -> "protocol";
            case WALLET -> "wallet";
        };
    }
}
