package org.cheesecoin.member.node;

import java.util.List;
import java.util.Optional;

import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.consensus.HeaderRules;
import org.cheesecoin.chain.node.LinkId;
import org.cheesecoin.chain.node.Output;
import org.cheesecoin.chain.wire.NodeId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the operator, in one line each, what happened. Only after it is durable. */
final class NodeLog implements LoopFollower {

    private static final Logger LOG = LoggerFactory.getLogger(NodeLog.class);
    private static final int SHORT_ID_CHARS = 10;

    private boolean clockIsBehindTip;
    private final PeerLines peers = new PeerLines(System::nanoTime);

    @Override
    public void released(List<Output> outputs) {
        outputs.forEach(this::log);
    }

    /** Once when it begins and once when it ends, whether or not this member mines: no cheese can come in between. */
    @Override
    public void turned(LoopTimes times, LoopAccess access) {
        Optional<Violation> tooEarly = HeaderRules.tooEarlyAbove(access.node().stack().tip(), access.clockMillis());
        if (tooEarly.isPresent() && !clockIsBehindTip) {
            LOG.warn("No cheese can come: {}: the clock of this machine is behind the tip's time; set it",
                    tooEarly.get().message());
        } else if (tooEarly.isEmpty() && clockIsBehindTip) {
            LOG.info("The clock of this machine has come near the tip's time: cheeses can come again");
        }
        clockIsBehindTip = tooEarly.isPresent();
    }

    private void log(Output output) {
        switch (output) {
            case Output.PeerJoined(LinkId link, NodeId nodeId) ->
                    peers.line("Peer " + brief(nodeId) + " joined (" + link + ")").ifPresent(LOG::info);
            case Output.PeerLeft(LinkId link, NodeId nodeId) ->
                    peers.line("Peer " + brief(nodeId) + " left (" + link + ")").ifPresent(LOG::info);
            case Output.Banned(Optional<NodeId> nodeId, String address, Violation reason) ->
                    peers.line("Banned " + nodeId.map(NodeLog::brief).orElse("?") + " at " + address + ": "
                            + reason.message()).ifPresent(LOG::warn);
            case Output.TipChanged changed -> logTip(changed);
            case Output.SideBranchKept(var header) ->
                    LOG.info("Cheese {} {} is kept on a side branch", header.height(), header.smell());
            case Output.Disconnect(LinkId link, Violation reason) ->
                    LOG.debug("Closing {}: {}", link, reason.message());
            case Output.Refused(Violation violation, Optional<LinkId> link) ->
                    LOG.debug("Refused from {}: {}", link.map(LinkId::toString).orElse("here"), violation.message());
            case Output.Send _,Output.Serve _,Output.Answer _,Output.Dial _,Output.CheckCheese _,Output.CheckTransaction _,Output.SubmissionAnswered _,Output.TemplateChanged _ ->
                    {}
        }
    }

    private static void logTip(Output.TipChanged changed) {
        if (changed.fork().equals(changed.oldTip())) {
            LOG.info("Cheese {} {}", changed.tip().height(), changed.tip().smell());
        } else {
            LOG.info(
                    "Reorganised: {} off, now cheese {} {}",
                    changed.oldTip().height() - changed.fork().height(),
                    changed.tip().height(),
                    changed.tip().smell());
        }
    }

    private static String brief(NodeId nodeId) {
        return nodeId.toHex().substring(0, SHORT_ID_CHARS);
    }
}
