package org.cheesecoin.chain.node;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.crypto.Sha256;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestKeys.TestKey;
import org.cheesecoin.chain.wire.GossipUrl;
import org.cheesecoin.chain.wire.Message;
import org.cheesecoin.chain.wire.MessageCodec;
import org.cheesecoin.chain.wire.NodeId;
import org.cheesecoin.chain.wire.Proofs;
import org.cheesecoin.chain.wire.Role;
import org.cheesecoin.chain.wire.WireLimits;

/** The other end of one connection of a {@link NodeBench}. */
final class TestPeer {

    private final NodeBench bench;
    final TestKey key;
    final LinkId link;
    String address = "10.1.1.1";
    Smell networkId;
    Role role = Role.MEMBER;
    BigInteger work = BigInteger.ZERO;
    int height;
    Optional<GossipUrl> dialled = Optional.empty();
    Optional<Message.Hello> theirs = Optional.empty();
    Message.Hello ours;

    TestPeer(NodeBench bench, TestKey key) {
        this.bench = bench;
        this.key = key;
        this.link = bench.nextLink();
        this.networkId = bench.network.id();
    }

    NodeId id() {
        return new NodeId(key.publicKey());
    }

    List<Output> open() {
        List<Output> outputs = bench.handle(new Input.LinkOpened(link, address, dialled));
        hear(outputs);
        return outputs;
    }

    private void hear(List<Output> outputs) {
        NodeBench.only(NodeBench.sent(outputs, link), Message.Hello.class)
                .forEach(hello -> theirs = Optional.of(hello));
    }

    List<Output> hello() {
        ours = new Message.Hello(
                role,
                WireLimits.PROTOCOL_VERSION,
                networkId,
                id(),
                Sha256.hash(new byte[]{(byte) link.number()}),
                Optional.empty(),
                work,
                height);
        List<Output> outputs = say(ours);
        hear(outputs);
        return outputs;
    }

    List<Output> proof() {
        return proofBy(key);
    }

    List<Output> proofBy(TestKey signer) {
        byte[] mine = MessageCodec.encode(ours);
        byte[] others = MessageCodec.encode(theirs.orElseThrow());
        Hash256 digest = dialled.isPresent()
                ? Proofs.handshakeDigest(networkId, role, others, mine)
                : Proofs.handshakeDigest(networkId, role, mine, others);
        return say(new Message.Proof(TestKeys.SCHEME.sign(signer.privateKey(), digest)));
    }

    /** The whole handshake; answers what the node wants done at its end. */
    List<Output> join() {
        open();
        hello();
        return proof();
    }

    /** Sends one message as a frame. */
    List<Output> say(Message message) {
        return bench.frame(link, MessageCodec.encode(message));
    }

    /** The connection is gone. */
    List<Output> leave() {
        return bench.handle(new Input.LinkClosed(link));
    }

    /** What the node said to this peer in these outputs. */
    List<Message> heard(List<Output> outputs) {
        return NodeBench.sent(outputs, link);
    }

    <T extends Message> List<T> heard(List<Output> outputs, Class<T> type) {
        return NodeBench.only(heard(outputs), type);
    }

    /** The rules that the node said this peer broke. */
    List<Rule> rejects(List<Output> outputs) {
        return heard(outputs, Message.Reject.class).stream()
                .map(Message.Reject::rule)
                .toList();
    }

    boolean isReady() {
        return bench.node.status().peers().stream().anyMatch(peer -> peer.nodeId().equals(id()));
    }
}
