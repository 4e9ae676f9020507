package org.cheesecoin.member.peering;

import java.util.List;

import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.node.LinkId;
import org.cheesecoin.chain.node.Output;
import org.cheesecoin.chain.node.Question;
import org.cheesecoin.chain.wire.GossipUrl;
import org.cheesecoin.chain.wire.Message;
import org.cheesecoin.chain.wire.NodeId;
import org.cheesecoin.member.node.BackgroundWork;
import org.cheesecoin.member.node.LoopAccess;
import org.cheesecoin.member.node.LoopFollower;

/** Does what the node wants done between members. Nothing in here waits: what takes long goes on elsewhere. */
final class Gossip implements LoopFollower, BackgroundWork {

    private final Connections connections;
    private final Answers answers;
    private final Dialler dialler;

    Gossip(Connections connections, Answers answers, Dialler dialler) {
        this.connections = connections;
        this.answers = answers;
        this.dialler = dialler;
    }

    /** A node that starts knows of no connection. */
    @Override
    public void started(LoopAccess access) {
        connections.closeAll();
    }

    @Override
    public void begin() {
        // Dials and accepts as soon as the loop runs.
    }

    /** Says goodbye, so that peers know at once and need not wait for a ping. */
    @Override
    public void end() {
        connections.closeAll();
    }

    @Override
    public void released(List<Output> outputs) {
        outputs.forEach(this::perform);
    }

    private void perform(Output output) {
        switch (output) {
            case Output.Send(LinkId link, Message message) -> connections.send(link, message);
            case Output.Serve(LinkId link, Question question) ->
                    connections.answer(link, connection -> answers.serve(connection, question));
            case Output.Answer(LinkId link, Message message) ->
                    connections.answer(link, connection -> answers.message(connection, message));
            case Output.Dial(GossipUrl url) -> dialler.dial(url);
            case Output.Disconnect(LinkId link, Violation reason) -> connections.close(link, reason);
            case Output.PeerJoined(LinkId link, NodeId _) -> connections.joined(link);
            case Output.PeerLeft _,Output.CheckCheese _,Output.CheckTransaction _,Output.SubmissionAnswered _,Output.TemplateChanged _,Output.Banned _,Output.TipChanged _,Output.SideBranchKept _,Output.Refused _ ->
                    {}
        }
    }
}
