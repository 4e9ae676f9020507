package org.cheesecoin.simulator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.cheesecoin.chain.cheese.FullId;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.mempool.MempoolStep;
import org.cheesecoin.chain.node.Ban;
import org.cheesecoin.chain.node.Change;
import org.cheesecoin.chain.node.KnownPeer;
import org.cheesecoin.chain.node.Memory;
import org.cheesecoin.chain.testing.MemoryCheeseStore;
import org.cheesecoin.chain.wire.GossipUrl;

/** What a simulated member has committed: all that a crash leaves. */
final class Disk {

    private final MemoryCheeseStore stack;
    private final Map<FullId, Payment> pending = new LinkedHashMap<>();
    private final Map<GossipUrl, KnownPeer> peers = new LinkedHashMap<>();
    private final Map<String, Ban> bans = new LinkedHashMap<>();

    Disk(Network network) {
        this.stack = new MemoryCheeseStore(network);
    }

    MemoryCheeseStore stack() {
        return stack;
    }

    Memory memory() {
        return new Memory(List.copyOf(pending.values()), List.copyOf(peers.values()), List.copyOf(bans.values()));
    }

    void commit(List<Change> changes) {
        changes.forEach(this::write);
    }

    private void write(Change change) {
        switch (change) {
            case Change.OfStack(var step) -> stack.write(step);
            case Change.OfMempool(MempoolStep step) -> write(step);
            case Change.PeerKept(KnownPeer peer) -> peers.put(peer.url(), peer);
            case Change.PeerForgotten(GossipUrl url) -> peers.remove(url);
            case Change.BanKept(Ban ban) -> bans.put(ban.nodeIdHex() + " " + ban.remoteAddress(), ban);
            case Change.BanForgotten(String nodeIdHex, String address) -> bans.remove(nodeIdHex + " " + address);
        }
    }

    private void write(MempoolStep step) {
        switch (step) {
            case MempoolStep.Admitted(Payment payment, var fee, long arrivedMillis) -> {
                if (pending.put(payment.fullId(), payment) != null) {
                    throw new InvariantBroken("admitted twice: " + payment.txid());
                }
            }
            case MempoolStep.Removed removed -> {
                if (pending.remove(removed.fullId()) == null) {
                    throw new InvariantBroken(
                            "removed (" + removed.reason() + ") but not pending: " + removed.txid());
                }
            }
        }
    }
}
