package org.cheesecoin.member.explorer;

import java.time.InstantSource;
import java.util.List;

import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.consensus.StackedHeader;
import org.cheesecoin.chain.node.NodeStatus;
import org.cheesecoin.member.mining.Miner;
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
    private final InstantSource clock;
    private final long startedMillis;

    NodeReporter(Network network, ExplorerStore store, MemberDatabase database, Miner miner, DataFolder folder,
            InstantSource clock) {
        this.network = network;
        this.store = store;
        this.database = database;
        this.miner = miner;
        this.folder = folder;
        this.clock = clock;
        this.startedMillis = clock.millis();
    }

    /** The report to this status. */
    public NodeReport report(NodeStatus status) {
        return new NodeReport(status, store.indexedHeight(), whyNoCheese(status), database.wentBack());
    }

    private List<NodeReport.Reason> whyNoCheese(NodeStatus status) {
        long lastMillis = Math.max(Math.max(status.tip().header().timeMillis(), status.lastTipChangeMillis()),
                startedMillis);
        return WhyNoCheese.reasons(new WhyNoCheese.Facts(
                clock.millis() - lastMillis,
                status.tip().baseTarget(),
                status.goal().map(StackedHeader::height),
                status.peers().size(),
                status.clockOffsetMillis(),
                miner.order(),
                miner.hashesPerSecond(),
                folder.usableBytes()), network.parameters());
    }
}
