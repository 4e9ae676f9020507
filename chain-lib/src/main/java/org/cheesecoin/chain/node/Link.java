package org.cheesecoin.chain.node;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalLong;

import org.cheesecoin.chain.cheese.FullId;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.consensus.StackedHeader;
import org.cheesecoin.chain.wire.GossipUrl;
import org.cheesecoin.chain.wire.Message;
import org.cheesecoin.chain.wire.NodeId;

/** All that is known of one connection. Owned by the node's parts, each of which keeps its own fields. */
final class Link {

    /** How far the handshake is. */
    enum Stage {
        /** Nothing came yet. */
        AWAITING_HELLO,
        /** Their Hello came. */
        AWAITING_PROOF,
        /** Proved, but there is another link to the same id: that one must show life first. */
        DUPLICATE,
        /** A peer. */
        READY,
        /** To be closed; what still comes is not looked at. */
        CLOSING
    }

    /** Only of the newest cheeses a peer may have to be told; two questions for as many as fit are remembered. */
    static final int KNOWN_SMELLS = 256;

    /** What a peer may send as compact cheeses, before it could send the first once more. */
    private static final int COMPACT_SMELLS = 64;

    private final LinkId id;
    private final String remoteAddress;
    private final String addressGroup;
    private final Optional<GossipUrl> dialled;
    private final long openedAtMillis;

    Stage stage = Stage.AWAITING_HELLO;
    Optional<Message.Hello> ourHello = Optional.empty();
    Optional<Message.Hello> theirHello = Optional.empty();
    int points;
    /** Why it ended, where that is known: a rule of ours, or what the driver tells. */
    Optional<String> whyEnded = Optional.empty();

    long readyAtMillis;
    /** When it became a peer, as the machine's clock showed it then. */
    long readyClockMillis;
    long pingSentMillis;
    long pingNonce;
    boolean pongDue;
    long roundTripMillis;
    /** How far its clock is ahead of our steady one; none before its first pong. */
    OptionalLong clockAheadOfSteadyMillis = OptionalLong.empty();
    int usefulCount;
    boolean peersAsked;
    boolean peersHeard;

    boolean headersAsked;
    long headersAskedMillis;
    long headersPausedMillis;
    boolean headersEnded;
    int headersDue;
    /** What the last question for headers asked to begin above. */
    Optional<Smell> headersAskedAbove = Optional.empty();
    /** The header with the most work that it has shown and that was kept. */
    Optional<StackedHeader> best = Optional.empty();
    /** Its branch that is counted before it is kept. */
    Optional<BranchCount> count = Optional.empty();
    final OwedCheeses owedCheeses;

    final LinkAccount account;
    final RecentHashes knownSmells;
    final RecentHashes knownFullIds;
    /** Cheeses that it sent as compact ones. */
    final RecentHashes compactSmells;
    /** Payments that it was asked for and has not sent. */
    final LinkedHashSet<FullId> owedPayments = new LinkedHashSet<>();
    /** Payments that it has not sent in time; it may still, though another was asked since. */
    final LatePayments latePayments;
    /** Payments that it announced and was not asked for yet. */
    final LinkedHashSet<FullId> toAsk = new LinkedHashSet<>();
    /** Entries of the mempool with a lower number were told or need not be. */
    long announcedBelow;

    Link(Input.LinkOpened opened, NodeLimits limits, long salt, long nowMillis) {
        this.id = opened.link();
        this.remoteAddress = opened.remoteAddress();
        this.addressGroup = AddressGroup.of(remoteAddress);
        this.dialled = opened.dialled();
        this.openedAtMillis = nowMillis;
        this.knownSmells = new RecentHashes(KNOWN_SMELLS, salt);
        this.knownFullIds = new RecentHashes(limits.rememberedPerLink(), salt);
        this.compactSmells = new RecentHashes(COMPACT_SMELLS, salt);
        this.latePayments = new LatePayments(limits.transactionsPerLink(), salt);
        this.owedCheeses = new OwedCheeses(limits.cheesesPerLink());
        this.account = new LinkAccount(nowMillis);
    }

    LinkId id() {
        return id;
    }

    /** Where the ban of a misbehaving peer holds: its address, or the URL that we dialled. */
    String banAddress() {
        return dialled.map(GossipUrl::text).orElse(remoteAddress);
    }

    /** The address, or what counts as one with it. */
    String addressGroup() {
        return addressGroup;
    }

    String remoteAddress() {
        return remoteAddress;
    }

    Optional<GossipUrl> dialled() {
        return dialled;
    }

    long openedAtMillis() {
        return openedAtMillis;
    }

    boolean isOutbound() {
        return dialled.isPresent();
    }

    boolean isReady() {
        return stage == Stage.READY;
    }

    /** Who is there, as it says until the stage says that it is proved. */
    Optional<NodeId> nodeId() {
        return theirHello.map(Message.Hello::nodeId);
    }

    @Override
    public String toString() {
        return id + " to " + banAddress();
    }
}
