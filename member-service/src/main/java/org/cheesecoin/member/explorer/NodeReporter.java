package org.cheesecoin.member.explorer;

import java.util.List;

import org.cheesecoin.chain.consensus.HeaderRules;
import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.consensus.StackedHeader;
import org.cheesecoin.chain.node.NodeStatus;
import org.cheesecoin.member.mining.Miner;
import org.cheesecoin.member.node.MemberClock;
import org.cheesecoin.member.persistence.ExplorerStore;
import org.cheesecoin.member.persistence.MemberDatabase;
import org.cheesecoin.member.settings.DataFolder;
import org.springframework.stereotype.Component;

/** Says how the member is, and what keeps cheeses away. */
@Component
public class NodeReporter {

    private final Network network;
    private final ExplorerStore store;
    private final MemberDatabase database;
    private final Miner miner;
    private final DataFolder folder;
    private final MemberClock clock;
    private final long startedMillis;

    NodeReporter(Network network, ExplorerStore store, MemberDatabase database, Miner miner, DataFolder folder,
            MemberClock clock) {
        this.network = network;
        this.store = store;
        this.database = database;
        this.miner = miner;
        this.folder = folder;
        this.clock = clock;
        this.startedMillis = clock.steadyMillis();
    }

    /** The report to this status. */
    public NodeReport report(NodeStatus status) {
        return new NodeReport(status, store.indexedHeight(), whyNoCheese(status), database.wentBack());
    }

    private List<NodeReport.Reason> whyNoCheese(NodeStatus status) {
        // Both of the steady clock: one that was set says nothing of how long nothing came.
        long lastMillis = Math.max(status.lastTipChangeMillis(), startedMillis);
        return WhyNoCheese.reasons(new WhyNoCheese.Facts(
                clock.steadyMillis() - lastMillis,
                status.tip().baseTarget(),
                status.goal().map(StackedHeader::height),
                status.peers().size(),
                PeerClocks.of(status.peers()),
                HeaderRules.tooEarlyAbove(status.tip(), clock.clockMillis()),
                miner.order(),
                miner.hashesPerSecond(),
                folder.usableBytes()), network.parameters());
    }
}
