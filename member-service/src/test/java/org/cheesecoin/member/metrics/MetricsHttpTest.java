package org.cheesecoin.member.metrics;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.consensus.NetworkParameters;
import org.cheesecoin.chain.node.Input;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestWorld;
import org.cheesecoin.member.node.Mailbox;
import org.cheesecoin.member.peering.GossipAddress;
import org.cheesecoin.membertest.RunningMember;
import org.cheesecoin.membertest.Scrape;
import org.cheesecoin.webtest.Http;
import org.cheesecoin.webtest.PublishedMetrics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a whole member tells Prometheus after things that change it. */
class MetricsHttpTest {

    private static final int MATURITY = 10;
    /** Twice what a handshake may take. */
    private static final Duration HANDSHAKE_ENDS = Duration.ofSeconds(20);

    private final TestWorld world = TestWorld.of(NetworkParameters.test());
    @TempDir private Path folder;
    private RunningMember member;

    @BeforeEach
    void start() {
        member = RunningMember.in(folder.resolve("one,and"));
    }

    @AfterEach
    void stop() {
        member.close();
    }

    @Test
    void followsTheTipTheMempoolAndAReorganisation() {
        for (int i = 0; i < MATURITY; i++) {
            give(world.mine());
        }
        TestWorld rival = world.copy().minedBy(TestKeys.key(99));
        give(world.mine());
        give(world.mine());
        for (int i = 0; i < 3; i++) {
            give(rival.mine());
        }
        awaitSeries("cheesecoin_tip_height", MATURITY + 3);
        Scrape mined = Scrape.of(member);
        assertThat(mined.value("cheesecoin_reorganisations_total{depth=\"2\"}")).isEqualTo(1);
        assertThat(mined.value("cheesecoin_reorganisations_total{depth=\"1\"}")).isZero();
        assertThat(mined.value("cheesecoin_reorganisations_total{depth=\"3-5\"}")).isZero();
        assertThat(mined.value("cheesecoin_reorganisations_total{depth=\"6+\"}")).isZero();
        double age = (System.currentTimeMillis() - rival.tip().header().timeMillis()) / 1_000.0;
        assertThat(mined.value("cheesecoin_tip_age_seconds")).isBetween(Math.max(0, age - 60), Math.max(0, age) + 1);
        assertThat(mined.value("cheesecoin_check_seconds_count")).isGreaterThanOrEqualTo(MATURITY + 5);
        assertThat(mined.value("cheesecoin_check_seconds_sum")).isPositive();
        assertThat(mined.value("cheesecoin_apply_seconds_count")).isPositive();
        assertThat(mined.value("cheesecoin_commit_seconds_count")).isPositive();
        assertThat(mined.value("cheesecoin_mempool_transactions")).isZero();

        Payment payment = world.pay(world.coinbase(1), TestKeys.key(2), 1_000, 5_000);
        assertThat(member.http().send(member.http().request("/transactions")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"hex\":\"" + HexFormat.of().formatHex(payment.toBytes()) + "\"}")))
                .status()).isEqualTo(201);
        awaitSeries("cheesecoin_mempool_transactions", 1);
        Scrape paid = Scrape.of(member);
        assertThat(paid.value("cheesecoin_mempool_bytes")).isEqualTo(payment.sizeBytes());
        assertThat(paid.value("cheesecoin_mempool_minimum_fee_rate_crumbs_per_byte")).isEqualTo(1);
    }

    @Test
    void countsABrokenMessageByItsRuleAndMakesNoOtherSeries() {
        double before = Scrape.of(member).value("cheesecoin_rule_violations_total{rule=\"ENC-VERSION\"}");
        double bytes = Scrape.of(member).value("cheesecoin_gossip_received_bytes_total");
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI gossip = URI.create(member.bean(GossipAddress.class).url().text());
            WebSocket socket = client.newWebSocketBuilder().buildAsync(gossip, new WebSocket.Listener() {}).join();
            socket.sendBinary(ByteBuffer.wrap(new byte[]{(byte) 0xee, 1, 2}), true).join();
            awaitSeries("cheesecoin_rule_violations_total{rule=\"ENC-VERSION\"}", before + 1);
            socket.abort();
        }
        Scrape scrape = Scrape.of(member);
        assertThat(scrape.count("cheesecoin_rule_violations_total")).isEqualTo(Rule.values().length);
        assertThat(scrape.value("cheesecoin_gossip_received_bytes_total")).isEqualTo(bytes + 3);
    }

    /** A silent one and one that is told nothing before it is cut off count alike, and each once. */
    @Test
    void countsALinkThatIsEndedForBeingLate() {
        String series = "cheesecoin_rule_violations_total{rule=\"NET-TIMEOUT\"}";
        double before = Scrape.of(member).value(series);
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI gossip = URI.create(member.bean(GossipAddress.class).url().text());
            WebSocket silent = client.newWebSocketBuilder().buildAsync(gossip, new WebSocket.Listener() {}).join();
            await().atMost(HANDSHAKE_ENDS).until(() -> Scrape.of(member).value(series) > before);
            assertThat(Scrape.of(member).value(series)).isEqualTo(before + 1);
            silent.abort();
        }
    }

    @Test
    void countsPeersByDirectionAndTheirBytes() {
        try (RunningMember other = RunningMember.in(folder.resolve("two"),
                "--cheesecoin.peers=" + member.bean(GossipAddress.class).url().text())) {
            awaitSeries("cheesecoin_peers{direction=\"inbound\"}", 1);
            await().until(() -> Scrape.of(other).value("cheesecoin_peers{direction=\"outbound\"}") == 1);
            Scrape scrape = Scrape.of(member);
            assertThat(scrape.value("cheesecoin_peers{direction=\"outbound\"}")).isZero();
            assertThat(Scrape.of(other).value("cheesecoin_peers{direction=\"inbound\"}")).isZero();
            assertThat(scrape.value("cheesecoin_gossip_received_bytes_total")).isGreaterThan(100);
            assertThat(scrape.value("cheesecoin_gossip_sent_bytes_total")).isGreaterThan(100);
        }
        awaitSeries("cheesecoin_peers{direction=\"inbound\"}", 0);
    }

    @Test
    void tellsOfMiningAndTheMailbox() {
        Scrape scrape = Scrape.of(member);
        assertThat(scrape.value("cheesecoin_mining_hashes_per_second")).isZero();
        assertThat(scrape.value("cheesecoin_loop_mailbox_depth")).isBetween(0.0, 10.0);
    }

    @Test
    void publishesWhatIsListedAndNothingElseOfItsOwn() {
        PublishedMetrics.assertAsListed("member", member.http().get("/actuator/prometheus").response().body());
    }

    @Test
    void theDiskThatIsWatchedIsTheOneOfTheDataFolder() {
        Scrape scrape = Scrape.of(member);
        String path = "{path=\"" + folder.resolve("one,and") + "\"}";
        assertThat(scrape.value("disk_total_bytes" + path)).isPositive();
        assertThat(scrape.value("disk_free_bytes" + path)).isPositive();
    }

    @Test
    void anOperatorCanAskForQuantilesOfWhatTakesTime() {
        Scrape scrape = Scrape.of(member);
        for (String timer : List.of("check", "apply", "commit")) {
            assertThat(scrape.count("cheesecoin_" + timer + "_seconds_bucket")).as(timer).isBetween(8L, 20L);
        }
    }

    @Test
    void noCallOfAStrangerMakesASeriesOfItsOwn() {
        Set<String> before = seriesAfterCalls("first");
        assertThat(before).isNotEmpty();
        assertThat(seriesAfterCalls("second")).isEqualTo(before);
    }

    /** The series of calls after many that all differ in whatever a stranger chooses. */
    private Set<String> seriesAfterCalls(String salt) {
        for (int i = 0; i < 4; i++) {
            String word = salt + i;
            for (String path : List.of("/" + word, "/cheeses/" + word, "/addresses/" + word + "/transactions",
                    "/transactions/" + word, "/actuator/" + word, "/v3/" + word, "/gossip/" + word,
                    "/cheeses?" + word + "=" + word)) {
                Http.Answer _ = member.http().get(path);
                Http.Answer _ = member.http().send(member.http().request(path)
                        .method("M" + word.toUpperCase(Locale.ROOT), HttpRequest.BodyPublishers.noBody()));
                Http.Answer _ = member.http().send(member.http().request(path)
                        .header("Accept", "text/" + word).header("Content-Type", "text/" + word)
                        .header("Authorization", "Bearer " + word)
                        .POST(HttpRequest.BodyPublishers.ofString(word)));
            }
        }
        return member.http().get("/actuator/prometheus").response().body().lines()
                .filter(it -> it.startsWith("http_server_requests_seconds_count") && !it.contains("/prometheus"))
                .map(it -> it.substring(0, it.lastIndexOf(' ')))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void aMemberAloneIsReady() {
        assertThat(Scrape.of(member).value("cheesecoin_peers{direction=\"inbound\"}")).isZero();
        Http.Answer ready = member.http().get("/actuator/health/readiness");
        assertThat(ready.status()).isEqualTo(200);
        assertThat(ready.response().body()).isEqualTo("{\"status\":\"UP\"}");
    }

    private void give(Cheese cheese) {
        member.bean(Mailbox.class).handle(new Input.CheeseMined(cheese));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> member.http().get("/cheeses/" + cheese.smell()).status() == 200);
    }

    private void awaitSeries(String series, double value) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(Scrape.of(member).value(series)).isEqualTo(value));
    }
}
