package org.cheesecoin.chain.wire;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.cheesecoin.chain.cheese.MalformedException;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.crypto.Signature;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.wire.TrackerRequest.LeaseRequest;
import org.cheesecoin.chain.wire.TrackerRequest.LeaveRequest;
import org.cheesecoin.chain.wire.TrackerRequest.ReportRequest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ProofsTest {

    private static final RandomMessages MESSAGES = new RandomMessages(5);
    private static final TestKeys.TestKey ALICE = TestKeys.key(1);
    private static final TestKeys.TestKey MALLORY = TestKeys.key(2);
    private static final Smell NETWORK = MESSAGES.smell();
    private static final GossipUrl URL = new GossipUrl("ws://alice:8081/gossip");
    private static final String TRACKER = "http://tracker:8080";

    @Test
    void aHandshakeIsProvedForOneNetworkRoleAndDirectionOnly() {
        byte[] dialler = MessageCodec.encode(MESSAGES.hello(Optional.of(URL)));
        byte[] listener = MessageCodec.encode(MESSAGES.hello(Optional.empty()));
        byte[] another = MessageCodec.encode(MESSAGES.hello(Optional.empty()));
        List<Hash256> digests = List.of(
                Proofs.handshakeDigest(NETWORK, Role.MEMBER, dialler, listener),
                Proofs.handshakeDigest(NETWORK, Role.TRACKER, dialler, listener),
                Proofs.handshakeDigest(MESSAGES.smell(), Role.MEMBER, dialler, listener),
                Proofs.handshakeDigest(NETWORK, Role.MEMBER, listener, dialler),
                Proofs.handshakeDigest(NETWORK, Role.MEMBER, dialler, another));
        assertThat(new LinkedHashSet<>(digests)).hasSameSizeAs(digests);
        assertThat(Proofs.handshakeDigest(NETWORK, Role.MEMBER, dialler, listener)).isEqualTo(digests.getFirst());
    }

    @Test
    void nobodySpeaksWithAnothersId() {
        Hash256 digest = MESSAGES.hash();
        NodeId alice = new NodeId(ALICE.publicKey());
        var genuine = new Message.Proof(TestKeys.SCHEME.sign(ALICE.privateKey(), digest));
        var forged = new Message.Proof(TestKeys.SCHEME.sign(MALLORY.privateKey(), digest));
        assertThat(Proofs.checkHandshake(TestKeys.SCHEME, alice, digest, genuine)).isEmpty();
        assertThat(Proofs.checkHandshake(TestKeys.SCHEME, alice, digest, forged)).map(Violation::rule)
                .contains(Rule.NET_PROOF);
        assertThat(Proofs.checkHandshake(TestKeys.SCHEME, alice, MESSAGES.hash(), genuine)).map(Violation::rule)
                .contains(Rule.NET_PROOF);
    }

    @Test
    void aPeerRecordHoldsAsItWasSigned() {
        PeerRecord word = Proofs.signPeerRecord(TestKeys.SCHEME, ALICE.privateKey(), NETWORK, URL, 1_000);
        assertThat(word.nodeId()).isEqualTo(new NodeId(ALICE.publicKey()));
        assertThat(Proofs.checkPeerRecord(TestKeys.SCHEME, word)).isEmpty();
    }

    @Test
    void refusesAForgedPeerRecord() {
        PeerRecord word = Proofs.signPeerRecord(TestKeys.SCHEME, ALICE.privateKey(), NETWORK, URL, 1_000);
        GossipUrl elsewhere = new GossipUrl("ws://mallory:8081/gossip");
        NodeId mallory = new NodeId(MALLORY.publicKey());
        List<PeerRecord> forged = List.of(
                new PeerRecord(NETWORK, word.nodeId(), elsewhere, 1_000, word.signature()),
                new PeerRecord(NETWORK, mallory, URL, 1_000, word.signature()),
                new PeerRecord(NETWORK, word.nodeId(), URL, 1_001, word.signature()),
                new PeerRecord(MESSAGES.smell(), word.nodeId(), URL, 1_000, word.signature()));
        assertThat(forged).allSatisfy(it -> assertThat(Proofs.checkPeerRecord(TestKeys.SCHEME, it))
                .map(Violation::rule)
                .contains(Rule.NET_PEER_RECORD));
    }

    @Test
    void aRequestHoldsAtOneTrackerForOneCallAndOneMoment() {
        LeaseRequest lease = lease("1.0", 7, List.of());
        NodeId alice = lease.nodeId();
        Signature signature = TrackerProofs.sign(TestKeys.SCHEME, ALICE.privateKey(), TRACKER, lease, 5_000);
        assertThat(TrackerProofs.verify(TestKeys.SCHEME, TRACKER, lease, 5_000, signature)).isTrue();
        assertThat(TrackerProofs.verify(TestKeys.SCHEME, TRACKER + "/", lease, 5_000, signature)).isTrue();
        assertThat(TrackerProofs.verify(TestKeys.SCHEME, "http://other:8080", lease, 5_000, signature)).isFalse();
        assertThat(TrackerProofs.verify(TestKeys.SCHEME, TRACKER, lease, 5_001, signature)).isFalse();
        assertThat(TrackerProofs.verify(TestKeys.SCHEME, TRACKER, new LeaveRequest(alice), 5_000, signature))
                .isFalse();
    }

    @Test
    void everyFieldOfARequestIsSigned() {
        NodeId other = MESSAGES.nodeId();
        LeaseRequest lease = lease("1.0", 7, List.of());
        NodeId alice = lease.nodeId();
        List<TrackerRequest> requests = List.of(
                lease,
                lease("1.1", 7, List.of()),
                lease("1.0", 8, List.of()),
                lease("1.0", 7, List.of(other)),
                new LeaseRequest(lease.peerRecord(), "1.0", MESSAGES.smell(), 7, List.of()),
                new LeaseRequest(MESSAGES.peerRecord(), "1.0", lease.tipSmell(), 7, List.of()),
                new LeaveRequest(alice),
                new LeaveRequest(other),
                new ReportRequest(other, alice),
                new ReportRequest(alice, other));
        Set<Hash256> digests = new LinkedHashSet<>();
        requests.forEach(request -> digests.add(TrackerProofs.requestDigest(TRACKER, request, 5_000)));
        assertThat(digests).hasSameSizeAs(requests);
    }

    @Test
    void refusesALeaseBeyondItsLimits() {
        assertThatThrownBy(() -> lease("1".repeat(65), 7, List.of())).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> lease("1.0\n", 7, List.of())).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> lease("1.0", -1, List.of())).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> lease("1.0", 7, RandomMessages.exactly(65, MESSAGES::nodeId)))
                .isInstanceOf(MalformedException.class);
        assertThat(lease("1".repeat(64), 7, RandomMessages.exactly(64, MESSAGES::nodeId)).canonicalFields())
                .isNotEmpty();
    }

    private static LeaseRequest lease(String version, int tipHeight, List<NodeId> connectedTo) {
        PeerRecord word = Proofs.signPeerRecord(TestKeys.SCHEME, ALICE.privateKey(), NETWORK, URL, 1_000);
        return new LeaseRequest(word, version, NETWORK, tipHeight, connectedTo);
    }
}
