package org.cheesecoin.member.persistence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.cheesecoin.chain.cheese.FullId;
import org.cheesecoin.chain.mempool.MempoolStep;
import org.cheesecoin.chain.node.Ban;
import org.cheesecoin.chain.node.KnownPeer;
import org.cheesecoin.chain.wire.GossipUrl;

/** Mempool, peers and bans as they are to be, as a difference to the tables. */
final class PendingMemory {

    private static final long PAYMENT_FACTOR = 4;

    /** Whom a ban keeps away. */
    record BanKey(String nodeIdHex, String remoteAddress) {}

    private final Map<FullId, MempoolStep.Admitted> admitted = new LinkedHashMap<>();
    private final Set<FullId> removed = new LinkedHashSet<>();
    private final Map<GossipUrl, Optional<KnownPeer>> peers = new LinkedHashMap<>();
    private final Map<BanKey, Optional<Ban>> bans = new LinkedHashMap<>();
    private long paymentBytes;

    void apply(MempoolStep step) {
        switch (step) {
            case MempoolStep.Admitted it -> {
                admitted.put(it.payment().fullId(), it);
                paymentBytes += it.payment().sizeBytes();
            }
            case MempoolStep.Removed it -> {
                MempoolStep.Admitted same = admitted.remove(it.fullId());
                if (same == null) {
                    removed.add(it.fullId());
                } else {
                    paymentBytes -= same.payment().sizeBytes();
                }
            }
        }
    }

    void keep(KnownPeer peer) {
        peers.put(peer.url(), Optional.of(peer));
    }

    void forget(GossipUrl url) {
        peers.put(url, Optional.empty());
    }

    void keep(Ban ban) {
        bans.put(new BanKey(ban.nodeIdHex(), ban.remoteAddress()), Optional.of(ban));
    }

    void forgetBan(String nodeIdHex, String remoteAddress) {
        bans.put(new BanKey(nodeIdHex, remoteAddress), Optional.empty());
    }

    /** What this takes in memory, roughly. */
    long heldBytes() {
        return paymentBytes * PAYMENT_FACTOR;
    }

    /** Writes everything. After it there is no difference. */
    void write(MemoryTables tables) {
        tables.removePayments(List.copyOf(removed));
        tables.insertPayments(List.copyOf(admitted.values()));
        tables.deletePeers(List.copyOf(peers.keySet()));
        List<KnownPeer> kept = new ArrayList<>();
        peers.values().forEach(it -> it.ifPresent(kept::add));
        tables.insertPeers(kept);
        tables.deleteBans(List.copyOf(bans.keySet()));
        tables.insertBans(bans.values().stream().flatMap(Optional::stream).toList());
        admitted.clear();
        removed.clear();
        peers.clear();
        bans.clear();
        paymentBytes = 0;
    }
}
