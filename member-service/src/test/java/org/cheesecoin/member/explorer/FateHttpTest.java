package org.cheesecoin.member.explorer;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.consensus.StackedHeader;
import org.cheesecoin.chain.consensus.Subsidy;
import org.cheesecoin.chain.node.Input;
import org.cheesecoin.chain.testing.CheeseFactory;
import org.cheesecoin.chain.testing.Payments;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestKeys.TestKey;
import org.cheesecoin.member.node.Mailbox;
import org.cheesecoin.membertest.TestMember;
import org.cheesecoin.webtest.Http.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a member tells of payments that came to nothing, of branches that lost, and of the money in all. */
class FateHttpTest {

    private static final TestKey BOB = TestKeys.key(2);
    private static final TestKey CAROL = TestKeys.key(3);
    private static final long SUBSIDY = 100_000_000;

    private static TestMember member;
    private static Mailbox mailbox;
    private static List<String> smells;
    private static int nextCoin;

    @BeforeAll
    static void start() throws IOException {
        member = TestMember.start();
        mailbox = member.context().getBean(Mailbox.class);
        smells = member.mine(30);
    }

    @AfterAll
    static void stop() {
        member.close();
    }

    /** A cheese whose coinbase is spent by nobody else here. */
    private static synchronized Cheese coin() {
        return member.cheese(smells.get(nextCoin++));
    }

    private static Payment pay(Cheese coinbase, TestKey to, long feeCrumbs) {
        return Payments.pay(TestMember.NETWORK, Payments.from(coinbase.transactions().getFirst(), 0, TestMember.MINER),
                Payments.to(to, SUBSIDY - feeCrumbs));
    }

    private static JsonNode transaction(Payment payment) {
        return member.get("/transactions/" + payment.txid()).json();
    }

    private static String text(JsonNode node, String name) {
        return node.get(name).stringValue();
    }

    private static StackedHeader tip() {
        return mailbox.call(access -> access.node().stack().tip()).join();
    }

    private static StackedHeader header(Smell smell) {
        return mailbox.call(access -> access.node().stack().header(smell).orElseThrow()).join();
    }

    /** Has the member mine just this. */
    private static StackedHeader connect(StackedHeader parent, long feeCrumbs, Payment... payments) {
        Cheese cheese = CheeseFactory.on(TestMember.NETWORK, parent, parent.header().timeMillis() + 1,
                TestMember.MINER.address(),
                new Amount(feeCrumbs), List.of(payments));
        mailbox.handle(new Input.CheeseMined(cheese));
        await().atMost(Duration.ofSeconds(20)).until(() -> mailbox
                .call(access -> access.node().stack().header(cheese.smell()).isPresent()).join());
        return header(cheese.smell());
    }

    private static void waitForIndex() {
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            JsonNode indexed = member.get("/node").json().get("sync").get("indexedHeight");
            return indexed != null && indexed.intValue() == tip().height();
        });
    }

    private static <T> List<T> twice(Supplier<T> read) {
        return List.of(read.get(), read.get());
    }

    @Test
    void tellsWhatReplacedAPayment() {
        Cheese coin = coin();
        Payment cheap = pay(coin, BOB, 10_000);
        Payment dear = pay(coin, CAROL, 50_000);
        assertThat(member.submit(cheap).status()).isEqualTo(201);
        assertThat(member.submit(dear).status()).isEqualTo(201);

        JsonNode gone = transaction(cheap);
        assertThat(text(gone, "state")).isEqualTo("replaced");
        assertThat(text(gone, "replacedBy")).isEqualTo(dear.txid().toHex());
        assertThat(gone.has("conflictsWith")).isFalse();
        assertThat(text(gone, "reason")).contains("pays more");
        assertThat(gone.get("confirmations").intValue()).isZero();
        assertThat(gone.get("leftMillis").longValue()).isPositive();
        assertThat(text(gone.get("inputs").get(0), "address")).isEqualTo(TestMember.MINER.address().toString());
        assertThat(gone.get("feeCrumbs").longValue()).isEqualTo(10_000);
        assertThat(text(transaction(dear), "state")).isEqualTo("pending");
    }

    @Test
    void tellsWhichConfirmedPaymentAnotherConflictsWith() {
        Cheese coin = coin();
        Payment waiting = pay(coin, BOB, 10_000);
        Payment rival = pay(coin, CAROL, 10_000);
        assertThat(member.submit(waiting).status()).isEqualTo(201);
        connect(tip(), 10_000, rival);

        JsonNode gone = transaction(waiting);
        assertThat(text(gone, "state")).isEqualTo("conflicted");
        assertThat(text(gone, "conflictsWith")).isEqualTo(rival.txid().toHex());
        assertThat(gone.get("inputs").get(0).get("amountCrumbs").longValue()).as("though it is spent")
                .isEqualTo(SUBSIDY);
        assertThat(text(transaction(rival), "state")).isEqualTo("confirmed");
        assertThat(member.get("/transactions/" + waiting.txid() + "/proof").status()).isEqualTo(404);
    }

    @Test
    void tellsWhatBecameOfPaymentsOfABranchThatLost() {
        Cheese coin = coin();
        Payment once = pay(coin, BOB, 10_000);
        Payment rival = pay(coin, CAROL, 10_000);
        Payment returning = pay(coin(), BOB, 10_000);
        StackedHeader fork = tip();
        StackedHeader lost = connect(fork, 20_000, once, returning);
        assertThat(text(transaction(once), "state")).isEqualTo("confirmed");

        StackedHeader winner = connect(connect(fork, 10_000, rival), 0);
        await().until(() -> tip().equals(winner));
        assertThat(text(transaction(once), "state")).isEqualTo("conflicted");
        assertThat(text(transaction(once), "conflictsWith")).isEqualTo(rival.txid().toHex());
        assertThat(text(transaction(once), "reason")).startsWith("TRX-INPUT-SPENT");
        assertThat(text(transaction(returning), "state")).isEqualTo("pending");

        JsonNode beside = member.get("/cheeses/" + lost.smell()).json();
        assertThat(beside.get("onBestBranch").booleanValue()).isFalse();
        assertThat(beside.get("confirmations").intValue()).isZero();
        List<String> side = new ArrayList<>();
        member.get("/cheeses?branch=side").json().get("items").values().forEach(it -> {
            assertThat(it.get("onBestBranch").booleanValue()).isFalse();
            side.add(text(it, "smell"));
        });
        assertThat(side).contains(lost.smell().toHex());
        assertThat(member.get("/cheeses?branch=side&cursor=x").problem()).isEqualTo("invalid-value");
    }

    @Test
    void showsWhatWaitsForAnAddressAndPagesThroughIt() {
        TestKey dora = TestKeys.key(4);
        Payment first = pay(coin(), dora, 10_000);
        Payment second = Payments.pay(TestMember.NETWORK, Payments.from(first, 0, dora),
                Payments.to(CAROL, 1_000_000), Payments.to(dora, SUBSIDY - 1_020_000));
        assertThat(member.submit(first).status()).isEqualTo(201);
        assertThat(member.submit(second).status()).isEqualTo(201);

        String path = "/transactions?state=pending&limit=1&address=" + dora.address();
        JsonNode page = member.get(path).json();
        assertThat(text(page.get("items").get(0), "txid")).isEqualTo(first.txid().toHex());
        assertThat(page.get("items").get(0).get("creditedCrumbs").longValue()).isEqualTo(SUBSIDY - 10_000);
        JsonNode last = member.get(path + "&cursor=" + text(page, "nextCursor")).json();
        assertThat(text(last.get("items").get(0), "txid")).isEqualTo(second.txid().toHex());
        assertThat(last.get("items").get(0).get("debitedCrumbs").longValue()).isEqualTo(SUBSIDY - 10_000);
        assertThat(last.has("nextCursor")).isFalse();

        waitForIndex();
        JsonNode before = member.get("/addresses/" + dora.address()).json();
        assertThat(before.get("balanceCrumbs").longValue()).isZero();
        assertThat(before.get("pendingCrumbs").longValue()).isEqualTo(2 * SUBSIDY - 1_030_000);
        assertThat(before.get("pendingOutCrumbs").longValue()).isEqualTo(SUBSIDY - 10_000);

        member.mine(1);
        waitForIndex();
        JsonNode after = member.get("/addresses/" + dora.address()).json();
        assertThat(after.get("balanceCrumbs").longValue()).isEqualTo(SUBSIDY - 1_020_000);
        assertThat(after.get("pendingCrumbs").longValue()).isZero();
        assertThat(after.get("pendingOutCrumbs").longValue()).isZero();
        assertThat(member.get(path).json().get("items").isEmpty()).isTrue();
    }

    @Test
    void countsTheMoneyAndWhatNobodyClaimed() {
        waitForIndex();
        long burned = member.get("/supply").json().get("burnedCrumbs").longValue();
        // the coinbase leaves half of the fees
        connect(tip(), 5_000, pay(coin(), BOB, 10_000));
        waitForIndex();

        JsonNode supply = member.get("/supply").json();
        int height = tip().height();
        assertThat(supply.get("height").intValue()).isEqualTo(height);
        assertThat(supply.get("indexedHeight").intValue()).isEqualTo(height);
        assertThat(supply.get("minedCrumbs").longValue()).isEqualTo(height * SUBSIDY);
        assertThat(supply.get("burnedCrumbs").longValue()).isEqualTo(burned + 5_000);
        assertThat(supply.get("allocatedCrumbs").longValue()).isZero();
        assertThat(supply.get("toComeCrumbs").longValue() + height * SUBSIDY)
                .isEqualTo(supply.get("capCrumbs").longValue())
                .isEqualTo(Subsidy.minedInTheEnd(TestMember.NETWORK.parameters()));
        assertThat(supply.get("subsidyCrumbs").longValue()).isEqualTo(SUBSIDY);
        assertThat(supply.get("nextHalvingHeight").intValue()).isEqualTo(1_500_001);
    }

    @Test
    void answersTheSameFromAnIndexThatWasBuiltAgain() {
        waitForIndex();
        List<String> paths = List.of("/transactions", "/addresses/" + TestMember.MINER.address(),
                "/addresses/" + TestMember.MINER.address() + "/coins",
                "/addresses/" + TestMember.MINER.address() + "/transactions", "/supply");
        List<JsonNode> before = paths.stream().map(it -> member.get(it).json()).toList();

        assertThat(member.http().send(member.http().request("/index/rebuild")
                .POST(HttpRequest.BodyPublishers.noBody())).problem()).isEqualTo("unauthorized");
        assertThat(twice(() -> member.call("POST", "/index/rebuild", "")).stream().map(Answer::status))
                .containsExactly(202, 202);
        waitForIndex();

        assertThat(paths.stream().map(it -> member.get(it).json()).toList()).isEqualTo(before);
    }
}
