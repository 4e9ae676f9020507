package org.cheesecoin.tracker.testing;

import java.util.List;

import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.crypto.Sha256;
import org.cheesecoin.chain.crypto.Signature;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestKeys.TestKey;
import org.cheesecoin.chain.wire.GossipUrl;
import org.cheesecoin.chain.wire.NodeId;
import org.cheesecoin.chain.wire.PeerRecord;
import org.cheesecoin.chain.wire.Proofs;
import org.cheesecoin.chain.wire.TrackerProofs;
import org.cheesecoin.chain.wire.TrackerRequest;
import org.cheesecoin.chain.wire.TrackerRequest.LeaseRequest;

/** A member's side of the calls: its key, its words, its signatures. */
public record TestMember(TestKey key, Smell networkId, GossipUrl url) {

    public static final Smell NETWORK = network("a network");

    public static Smell network(String name) {
        return new Smell(Sha256.hash(name.getBytes()));
    }

    /** The member with this number, listening where nobody does. */
    public static TestMember of(int number) {
        return new TestMember(TestKeys.key(number), NETWORK,
                new GossipUrl("ws://10.0.0.1:" + (1000 + number) + "/gossip"));
    }

    public TestMember at(String gossipUrl) {
        return new TestMember(key, networkId, new GossipUrl(gossipUrl));
    }

    public TestMember in(Smell network) {
        return new TestMember(key, network, url);
    }

    public NodeId id() {
        return new NodeId(key.publicKey());
    }

    public PeerRecord peerRecord(long issuedAtMillis) {
        return Proofs.signPeerRecord(TestKeys.SCHEME, key.privateKey(), networkId, url, issuedAtMillis);
    }

    public LeaseRequest lease(NodeId... connectedTo) {
        return new LeaseRequest(peerRecord(1), "0.1.0", network("tip"), 7, List.of(connectedTo));
    }

    public Signature sign(String trackerUrl, TrackerRequest request, long issuedAtMillis) {
        return TrackerProofs.sign(TestKeys.SCHEME, key.privateKey(), trackerUrl, request, issuedAtMillis);
    }

    /** The JSON body of a registration. */
    public static String json(LeaseRequest request, long issuedAtMillis, Signature signature) {
        return """
                {"networkId":"%s","gossipUrl":"%s","version":"%s","tip":{"smell":"%s","height":%d},
                 "connectedTo":[%s],"peerRecord":{"issuedAtMillis":%d,"signature":"%s"},
                 "issuedAtMillis":%d,"signature":"%s"}"""
                .formatted(
                        request.networkId(), request.gossipUrl(), request.version(),
                        request.tipSmell(), request.tipHeight(),
                        String.join(",", request.connectedTo().stream().map(it -> "\"" + it + "\"").toList()),
                        request.peerRecord().issuedAtMillis(), request.peerRecord().signature(),
                        issuedAtMillis, signature);
    }
}
