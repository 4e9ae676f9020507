package org.cheesecoin.chain.node;

import java.util.Optional;
import java.util.Set;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.FullId;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Txid;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.consensus.StackedHeader;
import org.cheesecoin.chain.wire.GossipUrl;
import org.cheesecoin.chain.wire.Message;
import org.cheesecoin.chain.wire.NodeId;

/** Everything that a {@link Node} wants done. The driver does it after the changes of the same step are durable. */
public sealed interface Output {

    /**
     * Send this. Where the link's queue is full the driver closes it (NET-SLOW).
     *
     * @param link where
     * @param message what
     */
    record Send(LinkId link, Message message) implements Output {}

    /**
     * Make this answer from the committed stack, off the loop, and send it. {@link Input.AnswerSent} follows when all of it
     * has left this process, or {@link Input.LinkClosed}. Of {@code Serve} and {@link Answer} together at most one is open
     * for a link.
     *
     * @param link where
     * @param question what was asked
     */
    record Serve(LinkId link, Question question) implements Output {}

    /**
     * Send this answer, which has at most {@link LinkAccount#ANSWER_BYTES} beside its type and counts. {@link
     * Input.AnswerSent} follows when it has left this process, or {@link Input.LinkClosed}.
     *
     * @param link where
     * @param message what
     */
    record Answer(LinkId link, Message message) implements Output {}

    /**
     * Open a connection. {@link Input.LinkOpened} or {@link Input.DialFailed} follows.
     *
     * @param url where
     */
    record Dial(GossipUrl url) implements Output {}

    /**
     * Close a connection after what was sent before. {@link Input.LinkClosed} follows.
     *
     * @param link which
     * @param reason why, for the log and the closing frame
     */
    record Disconnect(LinkId link, Violation reason) implements Output {}

    /**
     * Check this cheese stand-alone, on any thread. {@link Input.CheeseChecked} follows.
     *
     * @param cheese what
     * @param alreadyChecked those of its transactions whose signatures were checked before
     */
    record CheckCheese(Cheese cheese, Set<FullId> alreadyChecked) implements Output {}

    /**
     * Check this payment stand-alone, on any thread. {@link Input.TransactionChecked} follows.
     *
     * @param payment what
     */
    record CheckTransaction(Payment payment) implements Output {}

    /**
     * Answer the user who submitted a transaction.
     *
     * @param submission which submission
     * @param answer the transaction's name, or why it was refused
     */
    record SubmissionAnswered(SubmissionId submission, Outcome<Txid> answer) implements Output {}

    /** What a miner should work on is another now: there is a new tip, or there are better fees. */
    record TemplateChanged() implements Output {}

    /**
     * A peer is banned for {@link NodeLimits#banMillis()}.
     *
     * @param nodeId who
     * @param remoteAddress at which address: the pair is banned, never an address alone
     * @param reason the last straw
     */
    record Banned(Optional<NodeId> nodeId, String remoteAddress, Violation reason) implements Output {}

    /**
     * The best branch has another tip.
     *
     * @param tip it
     * @param fork the highest cheese shared with the branch before; where nothing was taken off, the tip before
     * @param oldTip the tip before
     */
    record TipChanged(StackedHeader tip, StackedHeader fork, StackedHeader oldTip) implements Output {}

    /**
     * A cheese is kept beside the best branch.
     *
     * @param header it
     */
    record SideBranchKept(StackedHeader header) implements Output {}

    /**
     * A cheese or transaction was refused; for the log, the events and the counters.
     *
     * @param violation why
     * @param link who sent it; none where it was this member's own
     */
    record Refused(Violation violation, Optional<LinkId> link) implements Output {}

    /**
     * A peer's handshake is complete.
     *
     * @param link which
     * @param nodeId who
     */
    record PeerJoined(LinkId link, NodeId nodeId) implements Output {}

    /**
     * A peer whose handshake was complete is gone.
     *
     * @param link which
     * @param nodeId who
     */
    record PeerLeft(LinkId link, NodeId nodeId) implements Output {}
}
