package org.cheesecoin.member.explorer;

import java.math.BigInteger;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.consensus.NetworkParameters;
import org.cheesecoin.chain.consensus.StackedHeader;
import org.cheesecoin.chain.node.NodeStatus;
import org.cheesecoin.member.explorer.NodeReport.Code;
import org.cheesecoin.member.explorer.NodeReport.Reason;
import org.cheesecoin.member.mining.Miner;
import org.cheesecoin.member.mining.MiningOrder;
import org.cheesecoin.member.persistence.ExplorerStore;
import org.springframework.stereotype.Component;

/** Says how the member is, and what keeps cheeses away. */
@Component
public class NodeReporter {

    /** Nobody asks before so many spacings went by without a cheese. */
    private static final int PATIENCE_SPACINGS = 6;
    /** A cheese that is so much ahead is too early for others. */
    private static final long MAX_CLOCK_OFFSET_MILLIS = 30_000;
    /** Others mine too, so only a rate so many times too low is a reason. */
    private static final long FAR_BELOW = 4;
    private static final long MILLIS_PER_SECOND = 1_000;

    private final Network network;
    private final ExplorerStore store;
    private final Miner miner;
    private final InstantSource clock;
    private final long startedMillis;

    NodeReporter(Network network, ExplorerStore store, Miner miner, InstantSource clock) {
        this.network = network;
        this.store = store;
        this.miner = miner;
        this.clock = clock;
        this.startedMillis = clock.millis();
    }

    /** The report to this status. */
    public NodeReport report(NodeStatus status) {
        return new NodeReport(status, store.indexedHeight(), whyNoCheese(status));
    }

    private List<Reason> whyNoCheese(NodeStatus status) {
        long lastMillis = Math.max(Math.max(status.tip().header().timeMillis(), status.lastTipChangeMillis()),
                startedMillis);
        long waitedMillis = clock.millis() - lastMillis;
        if (waitedMillis < PATIENCE_SPACINGS * network.parameters().spacingMillis()) {
            return List.of();
        }
        List<Reason> reasons = new ArrayList<>();
        status.goal().ifPresent(goal -> reasons.add(new Reason(Code.SYNCING,
                "The member fetches cheeses up to height %d".formatted(goal.height()))));
        addMiningReasons(status.tip(), reasons);
        if (status.peers().isEmpty()) {
            reasons.add(new Reason(Code.ALONE, "No other member is connected, so nobody else's cheeses come: "
                    + "POST /peers or cheesecoin.trackers bring some"));
        }
        if (Math.abs(status.clockOffsetMillis()) > MAX_CLOCK_OFFSET_MILLIS) {
            reasons.add(new Reason(Code.CLOCK_OFF,
                    "The peers' clocks are %d ms %s this member's: set the clock of this machine".formatted(
                            Math.abs(status.clockOffsetMillis()),
                            status.clockOffsetMillis() > 0 ? "ahead of" : "behind")));
        }
        return reasons;
    }

    private void addMiningReasons(StackedHeader tip, List<Reason> reasons) {
        if (network.parameters().retargeting() == NetworkParameters.Retargeting.NONE) {
            reasons.add(new Reason(Code.ON_DEMAND, "Cheeses come only on demand here: POST /mining/cheeses"));
            return;
        }
        MiningOrder order = miner.order();
        if (order.schedule() == MiningOrder.Schedule.OFF) {
            reasons.add(new Reason(Code.NOT_MINING, "This member does not mine: PUT /mining {\"enabled\": true}"));
            return;
        }
        BigInteger hashesPerCheese = tip.baseTarget().work().hashes();
        BigInteger neededPerSecond = hashesPerCheese.multiply(BigInteger.valueOf(MILLIS_PER_SECOND))
                .divide(BigInteger.valueOf(network.parameters().spacingMillis()));
        long measured = miner.hashesPerSecond();
        if (BigInteger.valueOf(measured).multiply(BigInteger.valueOf(FAR_BELOW)).compareTo(neededPerSecond) < 0) {
            reasons.add(new Reason(Code.HASH_RATE_LOW,
                    ("This member tries %d nonces a second, and at the present target a cheese in its time needs %s: "
                            + "it gets easier with time; PUT /mining raises hashesPerSecond")
                            .formatted(measured, neededPerSecond)));
        }
    }
}
