package org.cheesecoin.member.node;

import java.util.List;

import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.node.LinkId;
import org.cheesecoin.chain.node.Output;
import org.cheesecoin.chain.wire.GossipUrl;
import org.cheesecoin.chain.wire.Message;
import org.cheesecoin.chain.wire.NodeId;
import org.cheesecoin.member.peering.Connections;
import org.cheesecoin.member.peering.Dialler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what the node wants done. Nothing in here waits: what takes long goes on elsewhere. */
final class Effects {

    private static final Logger LOG = LoggerFactory.getLogger(Effects.class);

    private final Connections connections;
    private final Dialler dialler;
    private final Checks checks;

    Effects(Connections connections, Dialler dialler, Checks checks) {
        this.connections = connections;
        this.dialler = dialler;
        this.checks = checks;
    }

    void perform(List<Output> outputs) {
        outputs.forEach(this::perform);
    }

    private void perform(Output output) {
        switch (output) {
            case Output.Send(LinkId link, Message message) -> connections.send(link, message);
            case Output.ServeCheeses(LinkId link, List<Smell> smells) -> connections.serve(link, smells);
            case Output.Dial(GossipUrl url) -> dialler.dial(url);
            case Output.Disconnect(LinkId link, var reason) -> connections.close(link, reason);
            case Output.CheckCheese wanted -> checks.check(wanted);
            case Output.CheckTransaction(var payment) -> checks.check(payment);
            case Output.PeerJoined(LinkId link, NodeId nodeId) -> {
                connections.joined(link);
                LOG.info("Peer {} joined ({})", shortened(nodeId), link);
            }
            case Output.PeerLeft(LinkId link, NodeId nodeId) -> LOG.info("Peer {} left ({})", shortened(nodeId), link);
            case Output.Banned banned -> LOG.warn(
                    "Banned {} at {}: {}", banned.nodeId(), banned.remoteAddress(), banned.reason().message());
            case Output.TipChanged changed -> logTip(changed);
            case Output.Refused(var violation, var link) -> LOG.debug("Refused from {}: {}", link, violation.message());
            case Output.SideBranchKept(var header) ->
                    LOG.info("Cheese {} {} kept on a side branch", header.height(), header.smell());
            case Output.SubmissionAnswered _,Output.TemplateChanged _ -> {}
        }
    }

    private static void logTip(Output.TipChanged changed) {
        if (changed.fork().equals(changed.oldTip())) {
            LOG.info("Cheese {} {}", changed.tip().height(), changed.tip().smell());
        } else {
            LOG.info(
                    "Reorganised: {} cheeses off, now {} {}",
                    changed.oldTip().height() - changed.fork().height(),
                    changed.tip().height(),
                    changed.tip().smell());
        }
    }

    private static String shortened(NodeId nodeId) {
        return nodeId.toHex().substring(0, 10);
    }

    void closeAll() {
        connections.closeAll();
    }
}
