package org.cheesecoin.tracker.liveness;

import java.math.BigInteger;
import java.util.Optional;

import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.crypto.SignatureScheme;
import org.cheesecoin.chain.wire.Message;
import org.cheesecoin.chain.wire.MessageCodec;
import org.cheesecoin.chain.wire.NodeId;
import org.cheesecoin.chain.wire.Proofs;
import org.cheesecoin.chain.wire.Role;
import org.cheesecoin.chain.wire.WireLimits;
import org.cheesecoin.tracker.registry.DialResult;

/** The tracker's side of a handshake, without a socket: frames in, frames and a result out. */
final class DiallerHandshake {

    private final SignatureScheme signatures;
    private final TrackerIdentity identity;
    private final Smell networkId;
    private final byte[] ownHello;
    private Optional<Heard> heard = Optional.empty();

    private record Heard(NodeId nodeId, byte[] frame) {}

    /** What follows a frame. */
    sealed interface Next {

        /**
         * Something is to be said.
         *
         * @param frame it
         */
        record Say(byte[] frame) implements Next {}

        /**
         * That was all.
         *
         * @param result what came of it
         */
        record Done(DialResult result) implements Next {}
    }

    DiallerHandshake(SignatureScheme signatures, TrackerIdentity identity, Smell networkId, Hash256 challenge) {
        this.signatures = signatures;
        this.identity = identity;
        this.networkId = networkId;
        this.ownHello = MessageCodec.encode(new Message.Hello(
                Role.TRACKER,
                WireLimits.PROTOCOL_VERSION,
                networkId,
                identity.nodeId(),
                challenge,
                Optional.empty(),
                BigInteger.ZERO,
                0));
    }

    /** The first frame. */
    byte[] hello() {
        return ownHello.clone();
    }

    /** Takes a whole frame of the member. */
    Next hear(byte[] frame) {
        return switch (MessageCodec.decode(frame)) {
            case Outcome.Refused<Message>(Violation violation) -> failed(violation.message());
            case Outcome.Passed<Message>(Message message) -> switch (message) {
                case Message.Hello hello -> hearHello(hello, frame);
                case Message.Proof proof -> hearProof(proof);
                case Message.Reject reject -> failed("it refused: " + reject.explanation());
                default -> failed("it said " + message.getClass().getSimpleName() + " before its proof");
            };
        };
    }

    private Next hearHello(Message.Hello hello, byte[] frame) {
        if (heard.isPresent()) {
            return failed("it said Hello twice");
        }
        if (hello.role() != Role.MEMBER) {
            return failed("it is no member");
        }
        if (!hello.networkId().equals(networkId)) {
            return failed("it is of network " + hello.networkId());
        }
        heard = Optional.of(new Heard(hello.nodeId(), frame));
        Hash256 digest = Proofs.handshakeDigest(networkId, Role.TRACKER, ownHello, frame);
        return new Next.Say(MessageCodec.encode(new Message.Proof(signatures.sign(identity.key(), digest))));
    }

    private Next hearProof(Message.Proof proof) {
        return heard.map(it -> {
            Hash256 digest = Proofs.handshakeDigest(networkId, Role.MEMBER, ownHello, it.frame());
            return Proofs.checkHandshake(signatures, it.nodeId(), digest, proof)
                    .map(violation -> failed(violation.message()))
                    .orElseGet(() -> new Next.Done(new DialResult.Proved(it.nodeId())));
        }).orElseGet(() -> failed("it sent a proof before its Hello"));
    }

    private static Next failed(String reason) {
        return new Next.Done(new DialResult.Failed(reason));
    }
}
