package org.cheesecoin.chain.wire;

import java.util.Optional;

import org.cheesecoin.chain.cheese.ByteWriter;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.crypto.PrivateKey;
import org.cheesecoin.chain.crypto.Sha256;
import org.cheesecoin.chain.crypto.Signature;
import org.cheesecoin.chain.crypto.SignatureScheme;

/** What a node key signs towards other members: its half of a handshake, and where it listens. */
public final class Proofs {

    private static final Sha256 MEMBER_HANDSHAKE = Sha256.tagged("CheeseCoin/handshake/member");
    private static final Sha256 TRACKER_HANDSHAKE = Sha256.tagged("CheeseCoin/handshake/tracker");
    private static final Sha256 PEER_RECORD = Sha256.tagged("CheeseCoin/peer-record");

    private Proofs() {}

    /**
     * What {@link Message.Proof} signs: tagged(network id ‖ signer's role ‖ SHA-256(dialler's Hello) ‖
     * SHA-256(listener's Hello)). Both Hellos carry fresh random bytes, so that no proof holds for another handshake.
     *
     * @param signer as what the signer speaks; each role has a tag of its own
     * @param diallerHello the whole frame of who dialled, its type's byte included
     * @param listenerHello the whole frame of who was dialled
     */
    public static Hash256 handshakeDigest(Smell networkId, Role signer, byte[] diallerHello, byte[] listenerHello) {
        Sha256 tagged = switch (signer) {
            case MEMBER -> MEMBER_HANDSHAKE;
            case TRACKER -> TRACKER_HANDSHAKE;
        };
        return tagged.of(
                networkId.hash().toBytes(),
                new byte[]{(byte) MessageCodec.roleByte(signer)},
                Sha256.hash(diallerHello).toBytes(),
                Sha256.hash(listenerHello).toBytes());
    }

    /** NET-PROOF, where the signature is not this node's over this digest. */
    public static Optional<Violation> checkHandshake(
            SignatureScheme signatures, NodeId nodeId, Hash256 digest, Message.Proof proof) {
        return signatures.verify(nodeId.key(), digest, proof.signature())
                ? Optional.empty()
                : Optional.of(Violation.of(Rule.NET_PROOF).with("nodeId", nodeId));
    }

    /** What a {@link PeerRecord} signs: tagged(network id ‖ node id ‖ URL with its length ‖ time). */
    public static Hash256 peerRecordDigest(Smell networkId, NodeId nodeId, GossipUrl url, long issuedAtMillis) {
        ByteWriter writer = new ByteWriter(300);
        writer.hash(networkId.hash());
        WireFields.writeNodeId(writer, nodeId);
        WireFields.writeUrl(writer, url.text());
        writer.u64(issuedAtMillis);
        return PEER_RECORD.of(writer.toBytes());
    }

    /** The word of this key's owner for where it listens. */
    public static PeerRecord signPeerRecord(
            SignatureScheme signatures, PrivateKey nodeKey, Smell networkId, GossipUrl url, long issuedAtMillis) {
        NodeId nodeId = new NodeId(signatures.publicKey(nodeKey));
        Signature signature = signatures.sign(nodeKey, peerRecordDigest(networkId, nodeId, url, issuedAtMillis));
        return new PeerRecord(networkId, nodeId, url, issuedAtMillis, signature);
    }

    /** NET-PEER-RECORD, where the signature is not the named node's. Whether it is of one's own network is not asked. */
    public static Optional<Violation> checkPeerRecord(SignatureScheme signatures, PeerRecord peer) {
        Hash256 digest = peerRecordDigest(peer.networkId(), peer.nodeId(), peer.url(), peer.issuedAtMillis());
        return signatures.verify(peer.nodeId().key(), digest, peer.signature())
                ? Optional.empty()
                : Optional.of(Violation.of(Rule.NET_PEER_RECORD)
                        .with("nodeId", peer.nodeId())
                        .with("gossipUrl", peer.url()));
    }
}
