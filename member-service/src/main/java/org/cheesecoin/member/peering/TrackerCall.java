package org.cheesecoin.member.peering;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.crypto.PublicKey;
import org.cheesecoin.chain.crypto.Signature;
import org.cheesecoin.chain.wire.GossipUrl;
import org.cheesecoin.chain.wire.NodeId;
import org.cheesecoin.chain.wire.PeerRecord;
import org.cheesecoin.chain.wire.TrackerRequest.LeaseRequest;

/** The JSON of a tracker's calls: protocol.md, section 9. */
final class TrackerCall {

    private TrackerCall() {}

    record Tip(String smell, int height) {}

    record RecordProof(long issuedAtMillis, String signature) {}

    record LeaseBody(
            String networkId,
            String gossipUrl,
            String version,
            Tip tip,
            List<String> connectedTo,
            RecordProof peerRecord,
            long issuedAtMillis,
            String signature) {

        static LeaseBody of(LeaseRequest request, long issuedAtMillis, Signature signature) {
            return new LeaseBody(
                    request.networkId().toHex(),
                    request.gossipUrl().text(),
                    request.version(),
                    new Tip(request.tipSmell().toHex(), request.tipHeight()),
                    request.connectedTo().stream().map(NodeId::toHex).toList(),
                    new RecordProof(
                            request.peerRecord().issuedAtMillis(),
                            request.peerRecord().signature().toHex()),
                    issuedAtMillis,
                    signature.toHex());
        }
    }

    record Peer(String nodeId, String networkId, String gossipUrl, long issuedAtMillis, String signature) {

        /** The record, its signature for the node to check; none where it is not one that this version can dial. */
        Optional<PeerRecord> toRecord() {
            try {
                return Optional.of(new PeerRecord(
                        Smell.fromHex(networkId),
                        new NodeId(PublicKey.fromHex(nodeId)),
                        new GossipUrl(gossipUrl),
                        issuedAtMillis,
                        Signature.of(HexFormat.of().parseHex(signature))));
            } catch (IllegalArgumentException _) {
                return Optional.empty();
            }
        }
    }

    /** What a tracker gives; one of an older version says no reason. */
    record Lease(long leaseMillis, long expiresAtMillis, boolean listed, Optional<String> reason, List<Peer> peers) {}
}
