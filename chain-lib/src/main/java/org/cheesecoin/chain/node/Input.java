package org.cheesecoin.chain.node;

import java.util.List;
import java.util.Optional;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.FullId;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.cheese.Transaction;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.consensus.CheckedCheese;
import org.cheesecoin.chain.consensus.CheckedTransaction;
import org.cheesecoin.chain.wire.GossipUrl;
import org.cheesecoin.chain.wire.Message;
import org.cheesecoin.chain.wire.NodeId;
import org.cheesecoin.chain.wire.PeerRecord;

/** Everything that can happen to a {@link Node}. */
public sealed interface Input {

    /**
     * A connection is open, in either direction; nothing was said on it yet.
     *
     * @param link its number
     * @param remoteAddress the other end's IP address, without the port
     * @param dialled the URL that was dialled; none where the other end dialled us
     */
    record LinkOpened(LinkId link, String remoteAddress, Optional<GossipUrl> dialled) implements Input {}

    /**
     * A connection is gone, whoever closed it.
     *
     * @param link its number
     * @param end why, where it was not the node that ended it
     */
    record LinkClosed(LinkId link, LinkEnd end) implements Input {

        /** Nobody said why. */
        public LinkClosed(LinkId link) {
            this(link, new LinkEnd.Unsaid());
        }
    }

    /**
     * A dial that {@link Output.Dial} asked for came to nothing.
     *
     * @param url what was dialled
     * @param reason why, for people
     */
    record DialFailed(GossipUrl url, String reason) implements Input {}

    /**
     * A message came in whole and well-formed.
     *
     * @param link from where
     * @param message what
     * @param sizeBytes the frame's length
     */
    record MessageReceived(LinkId link, Message message, int sizeBytes) implements Input {}

    /**
     * A frame came in that is none, or larger than it may be.
     *
     * @param link from where
     * @param violation what is wrong with it
     */
    record FrameRefused(LinkId link, Violation violation) implements Input {}

    /**
     * The one open answer of a link, {@link Output.Serve} or {@link Output.Answer}, has left this process.
     *
     * @param link to where
     */
    record AnswerSent(LinkId link) implements Input {}

    /** Time has passed. Comes about every {@link NodeLimits#TICK_MILLIS}. */
    record Tick() implements Input {}

    /**
     * A check that {@link Output.CheckCheese} asked for is done.
     *
     * @param smell of which cheese
     * @param outcome what came of it
     */
    record CheeseChecked(Smell smell, Outcome<CheckedCheese> outcome) implements Input {}

    /**
     * A check that {@link Output.CheckTransaction} asked for is done.
     *
     * @param fullId of which transaction
     * @param outcome what came of it
     */
    record TransactionChecked(FullId fullId, Outcome<CheckedTransaction> outcome) implements Input {}

    /**
     * This member's own miner found a cheese.
     *
     * @param cheese it
     */
    record CheeseMined(Cheese cheese) implements Input {}

    /**
     * This member's own user submits a transaction. {@link Output.SubmissionAnswered} follows.
     *
     * @param submission its number
     * @param transaction it
     */
    record TransactionSubmitted(SubmissionId submission, Transaction transaction) implements Input {}

    /**
     * Peers were learned from a tracker or from the configuration.
     *
     * @param records their words, signatures not checked yet
     * @param source where from, as the tracker's URL
     */
    record PeersLearned(List<PeerRecord> records, String source) implements Input {
        public PeersLearned {
            records = List.copyOf(records);
        }
    }

    /**
     * The owner wants a link to this URL, always.
     *
     * @param url where
     */
    record PeerAdded(GossipUrl url) implements Input {}

    /**
     * The owner wants this peer forgotten and its link closed.
     *
     * @param nodeId which
     */
    record PeerRemoved(NodeId nodeId) implements Input {}

    /**
     * The owner wants this URL forgotten, whoever listens there, and a link that was dialled there closed.
     *
     * @param url which
     */
    record PeerUrlRemoved(GossipUrl url) implements Input {}
}
