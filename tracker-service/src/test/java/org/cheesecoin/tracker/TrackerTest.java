package org.cheesecoin.tracker;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.awaitility.Awaitility;
import org.cheesecoin.chain.crypto.Signature;
import org.cheesecoin.chain.wire.NodeId;
import org.cheesecoin.chain.wire.PeerRecord;
import org.cheesecoin.chain.wire.TrackerRequest.LeaseRequest;
import org.cheesecoin.chain.wire.TrackerRequest.LeaveRequest;
import org.cheesecoin.chain.wire.TrackerRequest.ReportRequest;
import org.cheesecoin.tracker.registry.Registry;
import org.cheesecoin.tracker.testing.FakeMember;
import org.cheesecoin.tracker.testing.FakeMember.Manner;
import org.cheesecoin.tracker.testing.TestMember;
import org.cheesecoin.web.MonotonicClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

import io.micrometer.core.instrument.MeterRegistry;

import static org.assertj.core.api.Assertions.assertThat;

/** The tracker over real HTTP, dialling real sockets, with a clock of the test's. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"cheesecoin.tracker.url=http://tracker:8080,http://127.0.0.1:8080/",
                "cheesecoin.tracker.liveness.tick-millis=20", "cheesecoin.tracker.liveness.timeout=2s"})
@AutoConfigureRestTestClient
class TrackerTest {

    private static final String URL = "http://tracker:8080";

    private final List<FakeMember> members = new ArrayList<>();

    @Autowired private RestTestClient client;
    @Autowired private Registry registry;
    @Autowired private TestClock clock;
    @Autowired private MeterRegistry meters;

    /** Runs with the real one, and can be put forward. */
    static final class TestClock implements InstantSource {

        private final AtomicLong aheadMillis = new AtomicLong();

        @Override
        public Instant instant() {
            return Clock.systemUTC().instant().plusMillis(aheadMillis.get());
        }

        void advance(Duration duration) {
            aheadMillis.addAndGet(duration.toMillis());
        }
    }

    @TestConfiguration
    static class Clocks {
        @Bean
        @Primary
        TestClock testClock() {
            return new TestClock();
        }

        @Bean
        @Primary
        MonotonicClock testSteadyClock(TestClock clock) {
            return clock::millis;
        }
    }

    @BeforeEach
    void forgetEverybody() {
        // beyond every lease, pause and remembered time
        clock.advance(Duration.ofMinutes(5));
        assertThat(registry.takeDials(1, clock.millis())).isEmpty();
        assertThat(registry.leaseCount()).isZero();
    }

    @AfterEach
    void closeMembers() throws IOException {
        for (FakeMember member : members) {
            member.close();
        }
    }

    @Test
    void listsAMemberThatProvesItsIdAndTellsTheNextOfIt() {
        FakeMember anna = member(1, Manner.HONEST);
        register(anna).expectStatus().isOk().expectBody()
                .jsonPath("$.leaseMillis").isEqualTo(30_000)
                .jsonPath("$.listed").isEqualTo(false)
                .jsonPath("$.peers.length()").isEqualTo(0);
        awaitListed(anna);
        FakeMember bert = member(2, Manner.HONEST);
        PeerRecord word = anna.member().lease().peerRecord();
        register(bert).expectStatus().isOk().expectBody()
                .jsonPath("$.peers.length()").isEqualTo(1)
                .jsonPath("$.peers[0].nodeId").isEqualTo(word.nodeId().toHex())
                .jsonPath("$.peers[0].networkId").isEqualTo(word.networkId().toHex())
                .jsonPath("$.peers[0].gossipUrl").isEqualTo(anna.url())
                .jsonPath("$.peers[0].issuedAtMillis").isEqualTo((int) word.issuedAtMillis())
                .jsonPath("$.peers[0].signature").isEqualTo(word.signature().toHex());
        register(anna).expectStatus().isOk().expectBody().jsonPath("$.listed").isEqualTo(true);
    }

    @Test
    void countsItsMembersAndWhatCameOfItsDials() {
        double answered = probes("answered");
        double failed = probes("failed");
        FakeMember anna = member(1, Manner.HONEST);
        register(anna).expectStatus().isOk();
        awaitListed(anna);
        // a dial that an earlier test left under way may be counted here too
        assertThat(probes("answered")).isGreaterThan(answered);
        assertThat(meters.get("cheesecoin.tracker.members").gauge().value()).isEqualTo(1);

        register(member(2, Manner.WRONG_PROOF)).expectStatus().isOk();

        Awaitility.await().until(() -> probes("failed") > failed);
        assertThat(meters.get("cheesecoin.tracker.members").gauge().value()).isEqualTo(1);
    }

    private double probes(String outcome) {
        return meters.get("cheesecoin.tracker.probes").tag("outcome", outcome).counter().count();
    }

    @Test
    void takesASignatureForAnyOfItsNames() {
        FakeMember anna = member(1, Manner.HONEST);
        LeaseRequest lease = anna.member().lease();
        long now = clock.millis();
        put(anna.member(), TestMember.json(lease, now, anna.member().sign("http://127.0.0.1:8080", lease, now)))
                .expectStatus().isOk();
    }

    @Test
    void refusesASignatureForAnotherTrackerMethodKeyOrField() {
        TestMember anna = member(1, Manner.HONEST).member();
        TestMember bert = TestMember.of(2);
        LeaseRequest lease = anna.lease();
        LeaseRequest other = anna.lease(bert.id());
        long now = clock.millis();
        for (Signature wrong : List.of(
                anna.sign("http://another:8080", lease, now),
                anna.sign(URL, new LeaveRequest(anna.id()), now),
                bert.sign(URL, lease, now),
                anna.sign(URL, other, now),
                anna.sign(URL, lease, now + 1))) {
            problem(put(anna, TestMember.json(lease, now, wrong)), 401, "bad-signature")
                    .jsonPath("$.values.trackerUrls").isEqualTo(URL + " http://127.0.0.1:8080");
        }
        assertThat(registry.leaseCount()).isZero();
    }

    @Test
    void refusesAPeerRecordOfAnother() {
        TestMember anna = TestMember.of(1);
        PeerRecord genuine = anna.peerRecord(1);
        var forged = new PeerRecord(genuine.networkId(), genuine.nodeId(), genuine.url(), 2, genuine.signature());
        var lease = new LeaseRequest(forged, "1", TestMember.NETWORK, 0, List.of());
        long now = clock.millis();
        problem(put(anna, TestMember.json(lease, now, anna.sign(URL, lease, now))), 403, "bad-peer-record")
                .jsonPath("$.rule").isEqualTo("NET-PEER-RECORD");
    }

    @Test
    void refusesAReplay() {
        TestMember anna = TestMember.of(1);
        LeaseRequest lease = anna.lease();
        long now = clock.millis();
        String body = TestMember.json(lease, now, anna.sign(URL, lease, now));
        put(anna, body).expectStatus().isOk();
        problem(put(anna, body), 409, "not-later").jsonPath("$.values.lastIssuedAtMillis")
                .isEqualTo(Long.toString(now));
    }

    @Test
    void refusesAClockThatIsOffAndSaysItsOwnTime() {
        TestMember anna = TestMember.of(1);
        LeaseRequest lease = anna.lease();
        for (long differs : new long[]{-61_000, 70_000}) {
            long time = clock.millis() + differs;
            problem(put(anna, TestMember.json(lease, time, anna.sign(URL, lease, time))), 403, "clock-differs")
                    .jsonPath("$.values.trackerTimeMillis")
                    .value(String.class, it -> assertThat(Long.parseLong(it) - time + differs)
                            .isBetween(0L, 10_000L))
                    .jsonPath("$.values.toleranceMillis").isEqualTo("60000");
        }
    }

    @Test
    void doesNotListWhoeverFailsTheHandshake() {
        for (Manner manner : List.of(Manner.WRONG_PROOF, Manner.NO_WEBSOCKET, Manner.OTHER_NETWORK)) {
            FakeMember liar = member(1, manner);
            register(liar).expectStatus().isOk();
            Awaitility.await().until(() -> liar.dials() == 1);
            Awaitility.await().during(Duration.ofMillis(150)).until(() -> registry.listedCount() == 0);
        }
    }

    @Test
    void doesNotDialATargetTwiceInTenSecondsWhoeverAsks() {
        FakeMember anna = member(1, Manner.WRONG_PROOF);
        register(anna);
        TestMember bert = TestMember.of(2).at(anna.url());
        register(bert).expectStatus().isOk();
        TestMember carl = TestMember.of(3).at(anna.url().replace("127.0.0.1", "localhost"));
        register(carl).expectStatus().isOk();
        Awaitility.await().during(Duration.ofMillis(300)).until(() -> anna.dials() <= 1);
        clock.advance(Duration.ofSeconds(11));
        Awaitility.await().until(() -> anna.dials() == 2);
    }

    @Test
    void refusesTheUrlOfAListedMember() {
        FakeMember anna = listed(1);
        problem(register(TestMember.of(2).at(anna.url())), 409, "url-taken")
                .jsonPath("$.detail").value(String.class, it -> assertThat(it)
                        .contains("127.0.0.1 is every machine itself", "CHEESECOIN_GOSSIP_URL", "SERVER_ADDRESS"));
    }

    @Test
    void forgetsAMemberThatDoesNotRenew() {
        FakeMember anna = listed(1);
        sample().jsonPath("$.peers[0].nodeId").isEqualTo(anna.member().id().toHex());
        clock.advance(Duration.ofSeconds(31));
        sample().jsonPath("$.peers.length()").isEqualTo(0);
    }

    @Test
    void letsAMemberLeaveUnderItsSignatureOnly() {
        FakeMember anna = listed(1);
        problem(leave(anna.member(), TestMember.of(2)), 401, "bad-signature");
        leave(anna.member(), anna.member()).expectStatus().isNoContent();
        sample().jsonPath("$.peers.length()").isEqualTo(0);
        problem(leave(anna.member(), anna.member()), 404, "unknown-member");
    }

    @Test
    void dropsAReportedMemberOnlyIfItDoesNotAnswerTheTracker() {
        FakeMember anna = listed(1);
        FakeMember bert = listed(2);
        clock.advance(Duration.ofSeconds(11));
        report(bert.member(), anna.member()).expectStatus().isAccepted();
        Awaitility.await().until(() -> anna.dials() == 2);
        Awaitility.await().during(Duration.ofMillis(150)).until(() -> registry.listedCount() == 2);

        anna.become(Manner.WRONG_PROOF);
        register(anna);
        register(bert);
        clock.advance(Duration.ofSeconds(11));
        report(bert.member(), anna.member()).expectStatus().isAccepted();
        Awaitility.await().until(() -> registry.listedCount() == 1);
        sample().jsonPath("$.peers[0].nodeId").isEqualTo(bert.member().id().toHex());
    }

    @Test
    void takesNoReportOfAStranger() {
        FakeMember anna = listed(1);
        problem(report(TestMember.of(2), anna.member()), 403, "reporter-not-listed");
    }

    @Test
    void dialsItsMembersInTurn() {
        FakeMember anna = listed(1);
        for (int i = 0; i < 3; i++) {
            clock.advance(Duration.ofSeconds(21));
            register(anna).expectStatus().isOk();
        }
        Awaitility.await().until(() -> anna.dials() == 2);
    }

    @Test
    void showsTheNetwork() {
        FakeMember anna = listed(1);
        FakeMember bert = listed(2);
        register(anna.member(), bert.member().id()).expectStatus().isOk();
        client.get().uri("/networks/{id}", TestMember.NETWORK).exchange().expectStatus().isOk().expectBody()
                .jsonPath("$.networkId").isEqualTo(TestMember.NETWORK.toHex())
                .jsonPath("$.memberCount").isEqualTo(2)
                .jsonPath("$.members[0].version").isEqualTo("0.1.0")
                .jsonPath("$.members[0].tip.height").isEqualTo(7)
                .jsonPath("$.tips.length()").isEqualTo(1)
                .jsonPath("$.tips[0].members").isEqualTo(2)
                .jsonPath("$.links.length()").isEqualTo(1);
        problem(client.get().uri("/networks/{id}", TestMember.network("no")).exchange(), 404, "unknown-network");
    }

    private FakeMember member(int number, Manner manner) {
        var member = new FakeMember(number, manner);
        members.add(member);
        return member;
    }

    private FakeMember listed(int number) {
        FakeMember member = member(number, Manner.HONEST);
        register(member).expectStatus().isOk();
        awaitListed(member);
        return member;
    }

    private void awaitListed(FakeMember member) {
        Awaitility.await().until(() -> registry.sample(TestMember.NETWORK, 100, clock.millis()).stream()
                .anyMatch(it -> it.nodeId().equals(member.member().id())));
    }

    private long nextTime = 0;

    private long time() {
        nextTime = Math.max(nextTime + 1, clock.millis());
        return nextTime;
    }

    private RestTestClient.ResponseSpec register(FakeMember member) {
        return register(member.member());
    }

    private RestTestClient.ResponseSpec register(TestMember member, NodeId... connectedTo) {
        LeaseRequest lease = member.lease(connectedTo);
        long time = time();
        return put(member, TestMember.json(lease, time, member.sign(URL, lease, time)));
    }

    private RestTestClient.ResponseSpec put(TestMember member, String json) {
        return client.put().uri("/peers/{id}", member.id()).contentType(MediaType.APPLICATION_JSON).body(json)
                .exchange();
    }

    private RestTestClient.ResponseSpec leave(TestMember who, TestMember signer) {
        long time = time();
        return client.delete().uri("/peers/{id}?issuedAtMillis={time}&signature={signature}", who.id(), time,
                signer.sign(URL, new LeaveRequest(who.id()), time)).exchange();
    }

    private RestTestClient.ResponseSpec report(TestMember reporter, TestMember subject) {
        long time = time();
        Signature signature = reporter.sign(URL, new ReportRequest(subject.id(), reporter.id()), time);
        return client.post().uri("/peers/{id}/reports", subject.id()).contentType(MediaType.APPLICATION_JSON)
                .body("{\"reporterId\":\"%s\",\"issuedAtMillis\":%d,\"signature\":\"%s\"}"
                        .formatted(reporter.id(), time, signature))
                .exchange();
    }

    private RestTestClient.BodyContentSpec sample() {
        return client.get().uri("/peers?network={id}", TestMember.NETWORK).exchange().expectStatus().isOk()
                .expectBody();
    }

    private static RestTestClient.BodyContentSpec problem(RestTestClient.ResponseSpec response, int status,
            String name) {
        return response.expectStatus().isEqualTo(status)
                .expectHeader().contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.type").isEqualTo("urn:cheesecoin:problem:" + name)
                .jsonPath("$.status").isEqualTo(status);
    }
}
