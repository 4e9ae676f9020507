package org.cheesecoin.tracker.registry;

import java.util.List;
import java.util.Random;

import org.cheesecoin.chain.consensus.Moment;
import org.cheesecoin.chain.wire.NodeId;
import org.cheesecoin.chain.wire.PeerRecord;
import org.cheesecoin.chain.wire.TrackerRequest.LeaveRequest;
import org.cheesecoin.chain.wire.TrackerRequest.ReportRequest;
import org.cheesecoin.tracker.testing.TestMember;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The registry in virtual time. */
class RegistryTest {

    private static final TestMember ANNA = TestMember.of(1);
    private static final TestMember BERT = TestMember.of(2);
    private static final TestMember CARL = TestMember.of(3);

    private long now = 1_000_000;
    private long issued;
    private Registry registry = with(RegistryLimits.STANDARD);

    @Test
    void listsAMemberOnlyAfterADialProvedIt() {
        assertThat(granted(register(ANNA)).listed()).isFalse();
        assertThat(listed()).isEmpty();
        prove(ANNA);
        assertThat(listed()).containsExactly(ANNA.id());
        assertThat(granted(register(ANNA)).listed()).isTrue();
    }

    @Test
    void tellsOfOthersButNeverOfTheCaller() {
        list(ANNA);
        list(BERT);
        list(CARL);
        for (int i = 0; i < 20; i++) {
            assertThat(granted(register(ANNA)).peers()).extracting(PeerRecord::nodeId)
                    .containsExactlyInAnyOrder(BERT.id(), CARL.id());
        }
    }

    @Test
    void tellsNobodyOfAnotherNetwork() {
        list(ANNA);
        list(BERT.in(TestMember.network("another")));
        assertThat(granted(register(ANNA)).peers()).isEmpty();
        assertThat(listed()).containsExactly(ANNA.id());
    }

    @Test
    void handsOverTheMembersOwnSignedWord() {
        list(ANNA);
        assertThat(registry.sample(TestMember.NETWORK, 10, now)).containsExactly(ANNA.peerRecord(1));
    }

    @Test
    void samplesAsManyAsAsked() {
        for (int i = 1; i <= 30; i++) {
            list(TestMember.of(i));
        }
        assertThat(registry.sample(TestMember.NETWORK, 12, now)).hasSize(12).doesNotHaveDuplicates();
        assertThat(granted(register(ANNA)).peers()).hasSize(Sampling.size(29));
        assertThat(registry.sample(TestMember.NETWORK, 100, now)).hasSize(30);
    }

    @Test
    void endsALeaseThatIsNotRenewed() {
        list(ANNA);
        now += 29_999;
        assertThat(listed()).containsExactly(ANNA.id());
        now += 1;
        assertThat(listed()).isEmpty();
        assertThat(registry.leaseCount()).isZero();
        assertThat(registry.networkCount()).isZero();
    }

    @Test
    void keepsALeaseThatIsRenewed() {
        list(ANNA);
        for (int i = 0; i < 10; i++) {
            now += 20_000;
            LeaseGrant lease = granted(register(ANNA));
            assertThat(lease.expiresAtMillis()).isEqualTo(now + 30_000);
            assertThat(lease.listed()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-3_600_000, 3_600_000})
    void aClockThatIsSetNeitherEndsALeaseNorKeepsOneNorStopsTheDials(long jumpMillis) {
        list(ANNA);
        now += 20_000;
        long clock = now + jumpMillis;
        assertThat(registry.takeDials(10, now)).isEmpty();
        var granted = registry.register(BERT.lease(), "here", clock, new Moment(clock, now));
        assertThat(granted(granted).expiresAtMillis()).as("by the tracker's clock").isEqualTo(clock + 30_000);
        assertThat(registry.takeDials(10, now)).extracting(Dial::nodeId).containsExactly(BERT.id());
        assertThat(listed()).containsExactly(ANNA.id());

        now += 10_000;
        assertThat(listed()).isEmpty();
        assertThat(registry.leaseCount()).as("the other has ten seconds more").isEqualTo(1);
    }

    @Test
    void refusesATimeFarFromItsOwnAndSaysItsOwn() {
        for (long differs : new long[]{-60_001, 60_001}) {
            assertThat(registry.register(ANNA.lease(), "here", now + differs, Moment.of(now))).isEqualTo(
                    Answer.refused(new Refusal.ClockDiffers(now, now + differs, 60_000)));
        }
        assertThat(registry.register(ANNA.lease(), "here", now - 60_000, Moment.of(now)))
                .isInstanceOf(Answer.Granted.class);
        assertThat(registry.register(BERT.lease(), "here", now + 60_000, Moment.of(now)))
                .isInstanceOf(Answer.Granted.class);
    }

    @Test
    void refusesATimeThatIsNotLaterThanTheLast() {
        registry.register(ANNA.lease(), "here", now, Moment.of(now));
        assertThat(registry.register(ANNA.lease(), "here", now, Moment.of(now)))
                .isEqualTo(Answer.refused(new Refusal.NotLater(now, now)));
        assertThat(registry.leave(new LeaveRequest(ANNA.id()), now - 1, Moment.of(now)))
                .isEqualTo(Answer.refused(new Refusal.NotLater(now - 1, now)));
        assertThat(registry.register(ANNA.lease(), "here", now + 1, Moment.of(now))).isInstanceOf(Answer.Granted.class);
    }

    @Test
    void refusesAReplayAfterTheLeaseHasEnded() {
        long signedAt = now + 60_000;
        registry.register(ANNA.lease(), "here", signedAt, Moment.of(now));
        for (int i = 0; i <= 120; i++) {
            assertThat(registry.register(ANNA.lease(), "here", signedAt, Moment.of(now)))
                    .isInstanceOf(Answer.Refused.class);
            now += 1_000;
        }
    }

    @Test
    void letsAMemberLeave() {
        list(ANNA);
        assertThat(registry.leave(new LeaveRequest(ANNA.id()), later(), Moment.of(now)))
                .isEqualTo(Answer.granted(ANNA.id()));
        assertThat(listed()).isEmpty();
        assertThat(registry.leave(new LeaveRequest(ANNA.id()), later(), Moment.of(now)))
                .isEqualTo(Answer.refused(new Refusal.UnknownMember(ANNA.id())));
    }

    @Test
    void refusesAUrlWhereAnotherIsListed() {
        list(ANNA);
        TestMember thief = BERT.at(ANNA.url().text().toLowerCase());
        assertThat(register(thief)).isEqualTo(Answer.refused(new Refusal.UrlTaken(ANNA.url())));
        assertThat(listed()).containsExactly(ANNA.id());
    }

    @Test
    void givesAUrlToWhoeverAnswersThere() {
        TestMember squatter = BERT.at(ANNA.url().text());
        register(squatter);
        register(ANNA);
        Dial dial = registry.takeDials(1, now).getFirst();
        assertThat(dial.nodeId()).isEqualTo(squatter.id());
        registry.finishDial(dial, new DialResult.Proved(ANNA.id()), now);
        assertThat(listed()).containsExactly(ANNA.id());
    }

    @Test
    void dropsWhoIsNoLongerTheOneThatAnswers() {
        TestMember anew = BERT.at(ANNA.url().text());
        register(ANNA);
        register(anew);
        registry.finishDial(registry.takeDials(1, now).getFirst(), new DialResult.Proved(ANNA.id()), now);
        assertThat(listed()).containsExactly(ANNA.id());
        now += 10_000;
        registry.finishDial(registry.takeDials(1, now).getFirst(), new DialResult.Proved(anew.id()), now);
        assertThat(listed()).containsExactly(anew.id());
        assertThat(registry.leaseCount()).isEqualTo(1);
    }

    @Test
    void unlistsAMemberThatMovesUntilItIsProvedAgain() {
        list(ANNA);
        TestMember moved = ANNA.at("ws://10.0.0.9:9/gossip");
        assertThat(granted(register(moved)).listed()).isFalse();
        assertThat(listed()).isEmpty();
        prove(moved);
        assertThat(registry.sample(TestMember.NETWORK, 1, now)).containsExactly(moved.peerRecord(1));
    }

    @Test
    void takesNoResultOfADialOfWhereAMemberWasBefore() {
        register(ANNA);
        Dial before = registry.takeDials(1, now).getFirst();
        register(ANNA.at("ws://10.0.0.9:9/gossip"));
        registry.finishDial(before, new DialResult.Proved(ANNA.id()), now);
        assertThat(listed()).isEmpty();
        assertThat(registry.takeDials(10, now)).hasSize(1);
    }

    @Test
    void dialsATargetOnceInTenSeconds() {
        register(ANNA);
        register(BERT.at(ANNA.url().text().replace("ws://", "wss://")));
        register(CARL.at(ANNA.url().text()));
        assertThat(registry.takeDials(10, now)).hasSize(1);
        now += 9_999;
        assertThat(registry.takeDials(10, now)).isEmpty();
        now += 1;
        assertThat(registry.takeDials(10, now)).hasSize(1);
        assertThat(registry.takeDials(10, now)).isEmpty();
    }

    @Test
    void dialsNoMoreThanItMay() {
        register(ANNA);
        register(BERT);
        register(CARL);
        assertThat(registry.takeDials(2, now)).hasSize(2);
        assertThat(registry.takeDials(0, now)).isEmpty();
        assertThat(registry.takeDials(2, now)).hasSize(1);
    }

    @Test
    void waitsForAPostponedDial() {
        register(ANNA);
        registry.finishDial(registry.takeDials(1, now).getFirst(), new DialResult.Postponed(now + 12_000), now);
        now += 11_999;
        assertThat(registry.takeDials(1, now)).isEmpty();
        now += 1;
        assertThat(registry.takeDials(1, now)).hasSize(1);
    }

    @Test
    void dialsMembersInTurnAndDropsOneThatFailsThreeTimes() {
        list(ANNA);
        renewFor(50_000);
        assertThat(registry.takeDials(1, now)).isEmpty();
        renewFor(10_000);
        for (int failures = 1; failures <= 3; failures++) {
            assertThat(listed()).as("after %d failures", failures - 1).containsExactly(ANNA.id());
            fail(registry.takeDials(1, now).getFirst());
            renewOnce(failures < 3);
        }
        assertThat(listed()).isEmpty();
    }

    @Test
    void forgivesFailuresOfAMemberThatAnswersAgain() {
        list(ANNA);
        renewFor(60_000);
        for (int round = 0; round < 4; round++) {
            fail(registry.takeDials(1, now).getFirst());
            renewFor(10_000);
            fail(registry.takeDials(1, now).getFirst());
            renewFor(10_000);
            prove(ANNA);
            renewFor(60_000);
        }
        assertThat(listed()).containsExactly(ANNA.id());
    }

    @Test
    void dialsOneThatIsNotListedEverMoreSeldom() {
        register(ANNA);
        for (long pauseMillis : new long[]{10_000, 20_000, 30_000, 40_000, 50_000, 60_000, 60_000}) {
            fail(registry.takeDials(1, now).getFirst());
            renewFor(pauseMillis - 10_000);
            assertThat(registry.takeDials(1, now)).as("before %d ms", pauseMillis).isEmpty();
            renewFor(10_000);
        }
    }

    @Test
    void dropsAReportedMemberThatDoesNotAnswer() {
        list(ANNA);
        list(BERT);
        now += 10_000;
        assertThat(report(BERT, ANNA)).isEqualTo(Answer.granted(ANNA.id()));
        assertThat(listed()).contains(ANNA.id());
        fail(registry.takeDials(1, now).getFirst());
        assertThat(listed()).containsExactly(BERT.id());
    }

    @Test
    void keepsAReportedMemberThatAnswers() {
        list(ANNA);
        list(BERT);
        now += 10_000;
        report(BERT, ANNA);
        prove(ANNA);
        assertThat(listed()).containsExactlyInAnyOrder(ANNA.id(), BERT.id());
        renewFor(60_000);
        fail(registry.takeDials(1, now).getFirst());
        assertThat(listed()).contains(ANNA.id());
    }

    @Test
    void dialsAReportedMemberNotBeforeItsTargetMayBe() {
        list(ANNA);
        list(BERT);
        report(BERT, ANNA);
        assertThat(registry.takeDials(1, now)).isEmpty();
        now += 10_000;
        assertThat(registry.takeDials(1, now)).extracting(Dial::nodeId).containsExactly(ANNA.id());
    }

    @Test
    void takesReportsOnlyFromListedMembersOfTheSameNetwork() {
        list(ANNA);
        register(BERT);
        assertThat(report(BERT, ANNA)).isEqualTo(Answer.refused(new Refusal.ReporterNotListed(BERT.id())));
        list(CARL.in(TestMember.network("another")));
        assertThat(report(CARL, ANNA)).isEqualTo(Answer.refused(new Refusal.UnknownMember(ANNA.id())));
        assertThat(report(ANNA, BERT)).isEqualTo(Answer.refused(new Refusal.UnknownMember(BERT.id())));
        assertThat(report(ANNA, ANNA)).isEqualTo(Answer.refused(new Refusal.UnknownMember(ANNA.id())));
    }

    @Test
    void showsANetwork() {
        assertThat(registry.network(TestMember.NETWORK, 10, Moment.of(now))).isEmpty();
        register(ANNA);
        assertThat(registry.network(TestMember.NETWORK, 10, Moment.of(now))).isEmpty();
        prove(ANNA);
        list(BERT);
        NetworkView view = registry.network(TestMember.NETWORK, 1, Moment.of(now)).orElseThrow();
        assertThat(view.memberCount()).isEqualTo(2);
        assertThat(view.members()).hasSize(1);
    }

    private static Registry with(RegistryLimits limits) {
        return new Registry(limits, new Random(1));
    }

    private long later() {
        issued = Math.max(issued + 1, now);
        return issued;
    }

    private Answer<LeaseGrant> register(TestMember member) {
        return registry.register(member.lease(), "here", later(), Moment.of(now));
    }

    private Answer<NodeId> report(TestMember reporter, TestMember subject) {
        return registry.report(new ReportRequest(subject.id(), reporter.id()), later(), Moment.of(now));
    }

    private void list(TestMember member) {
        register(member);
        prove(member);
    }

    private void prove(TestMember member) {
        Dial dial = registry.takeDials(100, now).stream()
                .filter(it -> it.nodeId().equals(member.id())).findFirst().orElseThrow();
        registry.finishDial(dial, new DialResult.Proved(member.id()), now);
    }

    private void fail(Dial dial) {
        registry.finishDial(dial, new DialResult.Failed("test"), now);
    }

    private void renewFor(long millis) {
        for (long end = now + millis; now < end;) {
            now += 10_000;
            register(ANNA);
        }
    }

    private void renewOnce(boolean really) {
        if (really) {
            renewFor(10_000);
        }
    }

    private List<NodeId> listed() {
        return registry.sample(TestMember.NETWORK, 100, now).stream().map(PeerRecord::nodeId).toList();
    }

    private static <T> T granted(Answer<T> answer) {
        return switch (answer) {
            case Answer.Granted<T>(T value) -> value;
            case Answer.Refused<T>(Refusal refusal) -> throw new AssertionError(refusal.toString());
        };
    }
}
