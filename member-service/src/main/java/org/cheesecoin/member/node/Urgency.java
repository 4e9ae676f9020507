package org.cheesecoin.member.node;

import org.cheesecoin.chain.node.LinkId;
import org.cheesecoin.chain.node.Output;
import org.cheesecoin.chain.node.Question;
import org.cheesecoin.chain.wire.Message;

/** Which outputs may go before the commit: those that tell nobody of anything that could be lost again. */
final class Urgency {

    private Urgency() {}

    static boolean isUrgent(Output output) {
        return switch (output) {
            case Output.Send(LinkId _, Message message) -> promisesNothing(message);
            case Output.Answer(LinkId _, Message message) -> promisesNothing(message);
            case Output.Serve(LinkId _, Question question) -> isRead(question);
            case Output.CheckCheese _,Output.CheckTransaction _,Output.Dial _,Output.Disconnect _,Output.PeerJoined _,Output.PeerLeft _ ->
                    true;
            case Output.SubmissionAnswered _,Output.TemplateChanged _,Output.Banned _,Output.TipChanged _,Output.SideBranchKept _,Output.Refused _ ->
                    false;
        };
    }

    /** Headers wait: read now, they would not reach up to a tip that the peer may be told of before they are sent. */
    private static boolean isRead(Question question) {
        return switch (question) {
            case Question.Cheeses _,Question.CheeseTransactions _ -> true;
            case Question.Headers _ -> false;
        };
    }

    private static boolean promisesNothing(Message message) {
        return switch (message) {
            case Message.Hello _,Message.Proof _,Message.GetHeaders _,Message.GetCheeses _,Message.GetCheeseTransactions _,Message.GetTransactions _,Message.GetPeers _,Message.Peers _,Message.Ping _,Message.Pong _,Message.NotFound _,Message.Reject _ ->
                    true;
            case Message.Headers _,Message.CheeseBody _,Message.Have _,Message.Transactions _,Message.CompactCheese _,Message.CheeseTransactions _ ->
                    false;
        };
    }
}
