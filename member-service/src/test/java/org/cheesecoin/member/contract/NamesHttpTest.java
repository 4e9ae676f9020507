package org.cheesecoin.member.contract;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.cheesecoin.member.explorer.NodeReport;
import org.cheesecoin.member.explorer.SeenTransaction;
import org.cheesecoin.member.wallet.GivenAddress;
import org.cheesecoin.member.wallet.Reason;
import org.cheesecoin.member.wallet.WalletEntry;
import org.cheesecoin.membertest.TestMember;
import org.cheesecoin.webtest.Contract;
import org.cheesecoin.webtest.ExampleValues;
import org.cheesecoin.webtest.PublishedDocument;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** The names that generated clients call operations by. They were chosen once: who changes one breaks those clients. */
class NamesHttpTest {

    private static final Map<String, String> OPERATIONS = Map.ofEntries(
            Map.entry("GET /node", "getNode"),
            Map.entry("POST /index/rebuild", "rebuildIndex"),
            Map.entry("GET /cheeses", "listCheeses"),
            Map.entry("GET /cheeses/tip", "getTip"),
            Map.entry("GET /cheeses/{id}", "getCheese"),
            Map.entry("GET /cheeses/{smell}/raw", "getCheeseEncoding"),
            Map.entry("GET /cheeses/{smell}/transactions", "listCheeseTransactions"),
            Map.entry("GET /supply", "getSupply"),
            Map.entry("GET /transactions", "listTransactions"),
            Map.entry("POST /transactions", "submitTransaction"),
            Map.entry("GET /transactions/{txid}", "getTransaction"),
            Map.entry("GET /transactions/{txid}/proof", "getTransactionProof"),
            Map.entry("GET /addresses/{address}", "getAddress"),
            Map.entry("GET /addresses/{address}/coins", "listAddressCoins"),
            Map.entry("GET /addresses/{address}/transactions", "listAddressTransactions"),
            Map.entry("GET /mempool", "listMempool"),
            Map.entry("GET /fees", "getFees"),
            Map.entry("GET /events", "followEvents"),
            Map.entry("GET /peers", "listPeers"),
            Map.entry("POST /peers", "addPeer"),
            Map.entry("DELETE /peers", "removePeerAtUrl"),
            Map.entry("DELETE /peers/{nodeId}", "removePeer"),
            Map.entry("GET /mining", "getMining"),
            Map.entry("PUT /mining", "steerMining"),
            Map.entry("POST /mining/cheeses", "mineCheeses"),
            Map.entry("GET /wallet", "getWallet"),
            Map.entry("GET /wallet/transactions", "listWalletTransactions"),
            Map.entry("GET /wallet/transactions/{txid}", "getWalletTransaction"),
            Map.entry("GET /wallet/addresses", "listWalletAddresses"),
            Map.entry("POST /wallet/addresses", "createWalletAddress"),
            Map.entry("PUT /wallet/addresses/{address}", "labelWalletAddress"),
            Map.entry("POST /wallet/payments", "makePayment"),
            Map.entry("POST /wallet/payments/{txid}/bump", "bumpPayment"),
            Map.entry("POST /wallet/drafts", "createDraft"),
            Map.entry("POST /wallet/drafts/inputs", "contributeToDraft"),
            Map.entry("POST /wallet/drafts/signatures", "signDraft"),
            Map.entry("POST /wallet/drafts/combine", "combineDrafts"),
            Map.entry("POST /wallet/drafts/submit", "submitDraft"),
            Map.entry("POST /wallet/words", "showWords"),
            Map.entry("POST /wallet/words/acknowledge", "acknowledgeWords"),
            Map.entry("POST /wallet/restore", "restoreWallet"),
            Map.entry("PUT /wallet/passphrase", "changePassphrase"));

    private static final Set<String> TAGS = Set.of("Node", "Cheeses", "Transactions", "Addresses", "Mempool", "Events",
            "Peers", "Mining", "Wallet");

    private static TestMember member;
    private static PublishedDocument document;

    @BeforeAll
    static void start() throws IOException {
        member = TestMember.start();
        document = new PublishedDocument(member.get("/v3/api-docs").response().body());
    }

    @AfterAll
    static void stop() {
        member.close();
    }

    @Test
    void operationsAreCalledAsTheyWereNamedOnce() {
        assertThat(document.operationNames()).containsExactlyInAnyOrderEntriesOf(OPERATIONS);
        assertThat(Set.copyOf(OPERATIONS.values())).as("no name twice").hasSameSizeAs(OPERATIONS.keySet());
    }

    @Test
    void groupsAreNamedOnceAndDescribed() {
        assertThat(document.tags()).isEqualTo(TAGS);
        assertThat(document.describedTags()).isEqualTo(TAGS);
    }

    @Test
    void moneyAndTimesAreLongEverywhere() {
        assertThat(document.fields())
                .filteredOn(it -> it.name().endsWith("Crumbs") || it.name().endsWith("Millis"))
                .hasSizeGreaterThan(30)
                .allSatisfy(it -> assertThat(it.said().path("format").asString("")).as(it.toString())
                        .isEqualTo("int64"));
    }

    @Test
    void whatIsAlwaysThereIsRequiredAndNothingIsNull() {
        Map<String, List<String>> optional = new HashMap<>();
        for (String schema : document.schemaNames()) {
            Set<String> required = document.schema(schema).path("required").values().stream()
                    .map(it -> it.stringValue()).collect(Collectors.toSet());
            optional.put(schema, document.schema(schema).path("properties").propertyNames().stream()
                    .filter(it -> !required.contains(it)).sorted().toList());
        }
        assertThat(optional.get("Node")).contains("gossipUrl").doesNotContain("tip", "version", "whyNoCheese");
        assertThat(optional.get("Wallet")).containsExactly("nextMatureHeight", "restoring");
        assertThat(optional.get("PageCheese")).containsExactly("nextCursor");
        assertThat(optional.get("PaymentToOne")).containsExactly("feeRate");
        assertThat(optional.get("Cheese")).isEmpty();
        assertThat(document.fields()).noneMatch(it -> it.said().toString().contains("\"null\"")
                || it.said().path("nullable").asBoolean(false));
    }

    @Test
    void everyExampleIsReadByTheCodeThatReadsSuchValues() {
        assertThat(ExampleValues.faults(document)).isEmpty();
    }

    @Test
    void everyExampleIsOneOfItsOwnSchema() {
        Contract contract = member.contract();
        for (String schema : document.schemaNames()) {
            assertThat(contract.faults(schema, document.exampleOf(document.schema(schema)).toString())).as(schema)
                    .isEmpty();
        }
    }

    private static List<String> published(String schema, String field) {
        return document.schema(schema).at("/properties/" + field + "/enum").values().stream()
                .map(JsonNode::stringValue).toList();
    }

    private static List<String> named(Enum<?>... constants) {
        return Stream.of(constants).map(it -> it.name().toLowerCase(Locale.ROOT).replace('_', '-')).toList();
    }

    @Test
    void whatAFieldMayBeIsWhatTheCodeKnows() {
        assertThat(published("WhyNoCheese", "code")).hasSameElementsAs(named(NodeReport.Code.values()));
        assertThat(published("WhyUnconfirmed", "code")).hasSameElementsAs(named(Reason.Code.values()));
        assertThat(published("WalletTransaction", "kind")).hasSameElementsAs(named(WalletEntry.Kind.values()));
        assertThat(published("WalletTransaction", "state")).hasSameElementsAs(named(WalletEntry.State.values()));
        assertThat(published("WalletAddress", "state")).hasSameElementsAs(named(GivenAddress.State.values()));
        assertThat(published("Transaction", "state")).contains("pending", "confirmed")
                .containsAll(named(SeenTransaction.Fate.values()));
    }
}
