package org.cheesecoin.member.node.web;

import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.consensus.StackedHeader;
import org.cheesecoin.chain.mempool.MempoolStep;
import org.cheesecoin.chain.node.Change;
import org.cheesecoin.chain.node.Output;
import org.cheesecoin.chain.wire.NodeId;
import org.cheesecoin.member.node.LoopAccess;
import org.cheesecoin.member.node.LoopFollower;
import org.cheesecoin.member.settings.MemoryPlan;
import org.springframework.stereotype.Component;

/** Turns what the node does into events, once it is committed. */
@Component
class EventLog implements LoopFollower {

    /** Events that a reader may come back to, in a large heap. */
    static final int RING_EVENTS = 8_192;
    /** What one takes at most: a cheese with its names in hex, or a ban with its reason. */
    private static final int EVENT_BYTES = 500;

    private static final int RUN_BYTES = 6;

    private final int ringEvents = (int) Math.min(RING_EVENTS,
            MemoryPlan.ofThisProcess().bytes(MemoryPlan.Share.EVENTS) / EVENT_BYTES);
    private final EventRing ring = new EventRing(runName(), ringEvents);
    /** The newest moves of the mempool that are not committed yet; what the ring could not hold is not kept either. */
    private final ArrayDeque<NodeEvent> uncommitted = new ArrayDeque<>();

    EventRing ring() {
        return ring;
    }

    @Override
    public void started(LoopAccess access) {
        uncommitted.clear();
    }

    @Override
    public void changed(List<Change> changes, LoopAccess access) {
        for (Change change : changes) {
            if (change instanceof Change.OfMempool(MempoolStep step)) {
                if (uncommitted.size() == ringEvents) {
                    uncommitted.removeFirst();
                }
                uncommitted.add(eventOf(step));
            }
        }
    }

    @Override
    public void released(List<Output> outputs) {
        // a change of the mempool changes the template, and that is told only after the commit
        if (outputs.stream().anyMatch(Output.TemplateChanged.class::isInstance)) {
            uncommitted.forEach(ring::add);
            uncommitted.clear();
        }
        outputs.forEach(output -> eventsOf(output).forEach(ring::add));
    }

    private static NodeEvent eventOf(MempoolStep step) {
        return switch (step) {
            case MempoolStep.Admitted admitted -> new NodeEvent.TransactionMoved(
                    admitted.payment().txid().toHex(), "pending", Optional.of(admitted.fee().crumbs()));
            case MempoolStep.Removed removed -> new NodeEvent.TransactionMoved(
                    removed.txid().toHex(), removed.reason().name().toLowerCase(Locale.ROOT), Optional.empty());
        };
    }

    private static List<NodeEvent> eventsOf(Output output) {
        return switch (output) {
            case Output.TipChanged(StackedHeader tip, StackedHeader fork, StackedHeader oldTip) -> {
                List<NodeEvent> events = new ArrayList<>();
                if (!fork.equals(oldTip)) {
                    events.add(new NodeEvent.Reorganised(NodeEvent.Place.of(fork), NodeEvent.Place.of(oldTip),
                            NodeEvent.Place.of(tip)));
                }
                events.add(NodeEvent.CheeseStored.of(tip, true));
                yield events;
            }
            case Output.SideBranchKept(StackedHeader header) -> List.of(NodeEvent.CheeseStored.of(header, false));
            case Output.PeerJoined(var _, NodeId nodeId) ->
                    List.of(new NodeEvent.PeerMoved(Optional.of(nodeId.toHex()), "joined", Optional.empty()));
            case Output.PeerLeft(var _, NodeId nodeId) ->
                    List.of(new NodeEvent.PeerMoved(Optional.of(nodeId.toHex()), "left", Optional.empty()));
            case Output.Banned(Optional<NodeId> nodeId, var _, Violation reason) ->
                    List.of(new NodeEvent.PeerMoved(nodeId.map(NodeId::toHex), "banned",
                            Optional.of(reason.message())));
            case Output.Send _,Output.Serve _,Output.Answer _,Output.Dial _,Output.Disconnect _,Output.CheckCheese _,Output.CheckTransaction _,Output.SubmissionAnswered _,Output.TemplateChanged _,Output.Refused _ ->
                    List.of();
        };
    }

    private static String runName() {
        byte[] name = new byte[RUN_BYTES];
        new SecureRandom().nextBytes(name);
        return HexFormat.of().formatHex(name);
    }
}
