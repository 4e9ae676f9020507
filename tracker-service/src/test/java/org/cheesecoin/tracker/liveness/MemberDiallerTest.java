package org.cheesecoin.tracker.liveness;

import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;

import org.awaitility.Awaitility;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.wire.GossipUrl;
import org.cheesecoin.chain.wire.Message;
import org.cheesecoin.chain.wire.Role;
import org.cheesecoin.tracker.registry.Dial;
import org.cheesecoin.tracker.registry.DialResult;
import org.cheesecoin.tracker.registry.DialTargets;
import org.cheesecoin.tracker.testing.FakeMember;
import org.cheesecoin.tracker.testing.FakeMember.Manner;
import org.cheesecoin.tracker.testing.TestMember;
import org.cheesecoin.web.MonotonicClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Dials over real sockets. */
class MemberDiallerTest {

    private static final TrackerIdentity IDENTITY = TrackerIdentity.of(
            TestKeys.key(500).privateKey(), TestKeys.SCHEME);

    private final HttpClient client = new LivenessSettings(
            Optional.empty(), Duration.ofSeconds(5), 4, Optional.empty()).client();

    @AfterEach
    void closeClient() {
        client.shutdownNow();
    }

    @Test
    void findsTheIdOfWhoAnswersAndLeaves() throws IOException {
        try (var member = new FakeMember(1, Manner.HONEST)) {
            assertThat(dial(member, 5_000)).isEqualTo(new DialResult.Proved(member.member().id()));
            Awaitility.await().untilAsserted(() -> assertThat(member.heard()).hasSize(2));
            assertThat(member.heard().getFirst()).isInstanceOfSatisfying(Message.Hello.class, hello -> {
                assertThat(hello.role()).isEqualTo(Role.TRACKER);
                assertThat(hello.nodeId()).isEqualTo(IDENTITY.nodeId());
                assertThat(hello.listenUrl()).isEmpty();
            });
            assertThat(member.heard().getLast()).isInstanceOf(Message.Proof.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
            "WRONG_PROOF, NET-PROOF",
            "SILENT, no proof within",
            "NO_WEBSOCKET, no WebSocket there",
            "REDIRECT, no WebSocket there",
            "ENDLESS_FRAME, a frame of more than",
            "TEXT, it sent text",
            "GARBAGE, ENC-VERSION",
            "OTHER_NETWORK, it is of network",
            "TRACKER_ROLE, it is no member",
            "PROOF_FIRST, it sent a proof before its Hello"})
    void findsNobodyWhereTheHandshakeFails(Manner manner, String reason) throws IOException {
        try (var member = new FakeMember(1, manner)) {
            assertThat(dial(member, manner == Manner.SILENT ? 300 : 5_000))
                    .isInstanceOfSatisfying(DialResult.Failed.class, it -> assertThat(it.reason()).contains(reason));
            assertThat(member.dials()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NO_PLACE_TWICE", "HANGS_UP_TWICE"})
    void triesAgainWithinOneDialWhereItIsSentAwayBeforeAnAnswer(Manner manner) throws IOException {
        try (var member = new FakeMember(1, manner)) {
            assertThat(dial(member, 5_000)).isEqualTo(new DialResult.Proved(member.member().id()));
            assertThat(member.dials()).isEqualTo(3);
        }
    }

    @Test
    void triesAFewTimesOnly() throws IOException {
        try (var member = new FakeMember(1, Manner.NEVER_A_PLACE)) {
            assertThat(dial(member, 5_000)).isInstanceOfSatisfying(
                    DialResult.Failed.class, it -> assertThat(it.reason()).contains("it closed with 1008"));
            assertThat(member.dials()).isEqualTo(MemberDialler.MAX_ATTEMPTS);
        }
    }

    @Test
    void triesNoLongerThanADialMayTake() throws IOException {
        try (var member = new FakeMember(1, Manner.NEVER_A_PLACE)) {
            assertThat(dial(member, 100)).isInstanceOf(DialResult.Failed.class);
            assertThat(member.dials()).isEqualTo(1);
        }
    }

    @Test
    void findsNobodyAtAClosedPort() throws IOException {
        var member = new FakeMember(1, Manner.HONEST);
        member.close();
        assertThat(dial(member, 5_000)).isInstanceOf(DialResult.Failed.class);
    }

    @Test
    void dialsAnAddressOnceInTenSecondsWhateverItsName() throws IOException {
        try (var member = new FakeMember(1, Manner.HONEST)) {
            var dialler = dialler(5_000);
            assertThat(dialler.dial(dialOf(member.url(), member))).isInstanceOf(DialResult.Proved.class);
            assertThat(dialler.dial(dialOf(member.url().replace("127.0.0.1", "localhost"), member)))
                    .isEqualTo(new DialResult.Postponed(11_000));
            assertThat(member.dials()).isEqualTo(1);
        }
    }

    private DialResult dial(FakeMember member, long timeoutMillis) {
        return dialler(timeoutMillis).dial(dialOf(member.url(), member));
    }

    private static Dial dialOf(String url, FakeMember member) {
        return new Dial(1, member.member().id(), TestMember.NETWORK, new GossipUrl(url));
    }

    private MemberDialler dialler(long timeoutMillis) {
        MonotonicClock clock = () -> 1_000;
        return new MemberDialler(client, TestKeys.SCHEME, IDENTITY, new DialTargets(10_000, 10),
                Duration.ofMillis(timeoutMillis), clock);
    }
}
