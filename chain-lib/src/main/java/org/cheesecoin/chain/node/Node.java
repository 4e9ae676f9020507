package org.cheesecoin.chain.node;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.cheese.Transaction;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.consensus.Moment;
import org.cheesecoin.chain.consensus.StackedHeader;
import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.mempool.CheeseTemplate;
import org.cheesecoin.chain.mempool.Mempool;
import org.cheesecoin.chain.mempool.MempoolStep;
import org.cheesecoin.chain.stack.CheeseStack;
import org.cheesecoin.chain.stack.CheeseStore;
import org.cheesecoin.chain.wire.GossipUrl;
import org.cheesecoin.chain.wire.Message;
import org.cheesecoin.chain.wire.NodeId;

/**
 * A member as a state machine. Inputs and the time go in; changes to make durable and outputs to do come out. It has no
 * clock, no sockets, no threads and no randomness of its own, so that one seed is one history. Not safe for use by
 * several threads: it has one owner, the loop.
 */
public final class Node {

    private final NodeConfig config;
    private final Outbox outbox;
    private final Parts parts;
    private final Links links;
    private final Discipline discipline;
    private final PeerBook book;
    private final CheeseStack stack;
    private final Mempool mempool;
    private final KnownHeaders known;
    private final Handshake handshake;
    private final Liveness liveness;
    private final Dialling dialling;
    private final HeaderSync headers;
    private final CheeseIntake intake;
    private final CheeseDownload download;
    private final CompactRelay compact;
    private final TransactionRelay transactions;
    private final Serving serving;
    private Optional<Cheese> untold = Optional.empty();
    private long templateVersion;

    /**
     * Starts from what is stored.
     *
     * @param config never changes
     * @param store reads the stack, and must answer as if every change that was given out were stored
     * @param memory what else was remembered
     * @param random the only source of chance
     * @param spill where changes of the stack go at once; a step returns only the changes after them
     * @param now the time by both clocks
     */
    public Node(
            NodeConfig config,
            CheeseStore store,
            Memory memory,
            RandomGenerator random,
            ChangeSpill spill,
            Moment now) {
        this.config = config;
        this.outbox = new Outbox(spill);
        this.outbox.begin(now);
        this.links = new Links();
        this.discipline = new Discipline(outbox, config.limits(), memory.bans());
        NodeId self = new NodeId(config.signatures().publicKey(config.nodeKey()));
        Strangers strangers = new Strangers(config.limits(), outbox);
        this.parts = new Parts(self, links, discipline, strangers, outbox, random);
        this.book = new PeerBook(config.limits(), outbox, random, memory.peers());
        this.stack = new CheeseStack(config.network(), store, config.stackLimits());
        this.mempool = new Mempool(config.network(), config.mempoolLimits());
        HeaderTree tree = new HeaderTree(config.limits().headersAhead());
        this.known = new KnownHeaders(config, outbox, stack, tree);
        this.handshake = new Handshake(config, parts, stack::tip, this::peerReady);
        this.liveness = new Liveness(config.limits(), parts, handshake);
        this.dialling = new Dialling(config, parts, book);
        this.headers = new HeaderSync(config.limits(), parts, stack, tree, known);
        this.intake = new CheeseIntake(parts, stack, mempool, headers, tree, this::mempoolChanged,
                this::tipChanged);
        this.download = new CheeseDownload(config.limits(), parts, stack, tree, intake);
        this.compact = new CompactRelay(config.limits(), parts, stack, mempool, headers, intake, download);
        this.transactions = new TransactionRelay(config.limits(), parts, stack, mempool);
        this.serving = new Serving(parts, stack, mempool, dialling::sample, download::isNearGoal);
        mempool.restore(
                memory.pending(), stack.coins(), stack.tip().height() + 1, now, this::mempoolChanged);
        config.alwaysDial().forEach(book::addOwners);
    }

    /** Takes one input at this time. What it returns must be made durable, then done, before anybody is answered. */
    public Step handle(Input input, Moment now) {
        outbox.begin(now);
        switch (input) {
            case Input.LinkOpened opened -> linkOpened(opened);
            case Input.LinkClosed(LinkId link, LinkEnd end) -> links.get(link).ifPresent(gone -> {
                discipline.ended(gone, end);
                linkGone(gone);
            });
            case Input.DialFailed(var url, String reason) -> dialling.failed(url, reason);
            case Input.MessageReceived(LinkId link, Message message, int sizeBytes) ->
                    links.get(link).ifPresent(from -> received(from, message, sizeBytes));
            case Input.FrameRefused(LinkId link, Violation violation) ->
                    links.get(link).ifPresent(from -> discipline.refuse(from, violation));
            case Input.AnswerSent(LinkId link) -> links.get(link).ifPresent(serving::sent);
            case Input.Tick() -> tick();
            case Input.CheeseChecked(Smell smell, var outcome) -> intake.checked(smell, outcome);
            case Input.TransactionChecked(var fullId, var outcome) -> transactions.checked(fullId, outcome);
            case Input.CheeseMined(Cheese cheese) -> mined(cheese);
            case Input.TransactionSubmitted(SubmissionId submission, Transaction transaction) ->
                    transactions.submitted(submission, transaction);
            case Input.PeersLearned(var records, String source) -> dialling.learn(records, source);
            case Input.PeerAdded(var url) -> book.addOwners(url);
            case Input.PeerRemoved(NodeId nodeId) -> removePeer(nodeId);
            case Input.PeerUrlRemoved(var url) -> removePeer(url);
        }
        int forgotten = forgetClosing();
        if (forgotten > 0 || mayBringCheesesNear(input)) {
            download.schedule();
        }
        tellTip();
        noticeTemplate();
        return outbox.end();
    }

    /**
     * Whether other cheeses may be asked for after this input than before. Looking for that walks all links and some of
     * what they offer, which no stranger's ping or question may cost.
     */
    private static boolean mayBringCheesesNear(Input input) {
        return switch (input) {
            case Input.AnswerSent _ -> false;
            case Input.MessageReceived(LinkId _, Message message, int _) -> mayBringCheesesNear(message);
            default -> true;
        };
    }

    private static boolean mayBringCheesesNear(Message message) {
        return switch (message) {
            case Message.Headers _,Message.CheeseBody _,Message.CompactCheese _,Message.CheeseTransactions _ -> true;
            case Message.NotFound _,Message.Proof _ -> true;
            default -> false;
        };
    }

    private void linkOpened(Input.LinkOpened opened) {
        Link link = new Link(opened, config.limits(), parts.random().nextLong(), outbox.nowMillis());
        links.add(link);
        dialling.opened(link);
        handshake.opened(link);
    }

    /**
     * A link that is given up is over: it holds nothing more here, and what it owed is asked of others, whether or not its
     * other end ever closes. Answers how many they were.
     */
    private int forgetClosing() {
        int forgotten = 0;
        for (Optional<Link> link = discipline.nextClosing(); link.isPresent(); link = discipline.nextClosing()) {
            linkGone(link.get());
            forgotten++;
        }
        return forgotten;
    }

    private void linkGone(Link link) {
        links.remove(link.id());
        dialling.gone(link);
        // Whoever never was a peer owes nothing, and may come and go more often than all that is owed is looked through.
        if (link.readyAtMillis > 0) {
            download.gone(link);
            compact.gone(link);
            transactions.gone(link);
            link.nodeId().ifPresent(id -> outbox.output(new Output.PeerLeft(link.id(), id)));
            handshake.gone(link);
        }
    }

    private void peerReady(Link link) {
        dialling.peerReady(link);
        headers.peerReady(link);
    }

    private void received(Link link, Message message, int sizeBytes) {
        if (link.stage == Link.Stage.CLOSING) {
            return;
        }
        switch (message) {
            case Message.Hello hello -> {
                if (hello.nodeId().equals(parts.self())) {
                    dialling.isSelf(link);
                }
                handshake.hello(link, hello);
            }
            case Message.Proof proof -> handshake.proof(link, proof);
            case Message.Reject reject when !link.isReady() -> discipline.close(link, Violation.of(Rule.NET_HANDSHAKE)
                    .with("message", nameOf(message)).with("explanation", reject.explanation()));
            default -> {
                if (link.isReady()) {
                    receivedFromPeer(link, message, sizeBytes);
                } else {
                    // NET-HANDSHAKE: Hello and Proof come first.
                    discipline.close(link, Violation.of(Rule.NET_HANDSHAKE).with("message", nameOf(message)));
                }
            }
        }
    }

    private void receivedFromPeer(Link link, Message message, int sizeBytes) {
        if (!keepsToRates(link, message, sizeBytes)) {
            return;
        }
        switch (message) {
            case Message.GetHeaders(List<Smell> locator) -> serving.headers(link, locator);
            case Message.Headers(var list) -> headers.headers(link, list);
            case Message.GetCheeses(List<Smell> smells) -> serving.cheeses(link, smells);
            case Message.CheeseBody(Cheese cheese) -> download.body(link, cheese);
            case Message.Have(var fullIds) -> transactions.have(link, fullIds);
            case Message.GetTransactions(var fullIds) -> serving.payments(link, fullIds);
            case Message.Transactions(var payments) -> transactions.received(link, payments);
            case Message.CompactCheese announced -> compact.compact(link, announced);
            case Message.GetCheeseTransactions question -> serving.cheeseTransactions(link, question);
            case Message.CheeseTransactions answer -> compact.transactions(link, answer);
            case Message.GetPeers() -> serving.peers(link);
            case Message.Peers told -> dialling.peers(link, told);
            case Message.Ping ping -> liveness.ping(link, ping);
            case Message.Pong pong -> liveness.pong(link, pong);
            case Message.NotFound(List<Hash256> hashes) -> notFound(link, hashes);
            case Message.Reject _,Message.Hello _,Message.Proof _ -> {}
        }
    }

    private boolean keepsToRates(Link link, Message message, int sizeBytes) {
        long now = outbox.nowMillis();
        boolean unasked = !answersUs(link, message);
        // NET-RATE: a peer keeps to the rate of messages and bytes.
        if (!link.account.messageRate.take(1, now) || unasked && !link.account.unaskedBytes.take(sizeBytes, now)) {
            discipline.blame(link, tooMuch(message, sizeBytes), Hash256.ZERO);
            return false;
        }
        if (unasked && !parts.strangers().mayBeHeard(link, sizeBytes)) {
            Violation violation = tooMuch(message, sizeBytes).with("budget", "strangers");
            outbox.output(new Output.Refused(violation, Optional.of(link.id())));
            return false;
        }
        return true;
    }

    private static Violation tooMuch(Message message, int sizeBytes) {
        return Violation.of(Rule.NET_RATE).with("message", nameOf(message)).with("sizeBytes", sizeBytes);
    }

    /** Whether we asked for this, so that its bytes are our own wish. */
    private boolean answersUs(Link link, Message message) {
        return switch (message) {
            case Message.CheeseBody(Cheese cheese) -> link.owedCheeses.contains(cheese.smell());
            case Message.CheeseTransactions answer -> link.owedCheeses.contains(answer.smell());
            case Message.Transactions(var payments) -> !payments.isEmpty()
                    && payments.stream().allMatch(payment -> link.owedPayments.contains(payment.fullId()));
            case Message.Headers(var list) -> headers.isAnswer(link, list);
            case Message.Peers _ -> link.peersAsked;
            case Message.Pong _ -> link.pongDue;
            default -> false;
        };
    }

    private void notFound(Link link, List<Hash256> hashes) {
        hashes.forEach(hash -> compact.notFound(link, new Smell(hash)));
        download.notFound(link, hashes);
        transactions.notFound(link, hashes);
    }

    private void mined(Cheese cheese) {
        switch (known.accept(cheese.header())) {
            case KnownHeaders.Fate.Known(var _) -> intake.arrived(cheese, Optional.empty());
            case KnownHeaders.Fate.Broken(Violation violation) ->
                    outbox.output(new Output.Refused(violation, Optional.empty()));
            // HDR-TIME-EARLY: a cheese of ours is given up, not waited for, and whoever mined it is told.
            case KnownHeaders.Fate.NotYet() -> outbox.output(
                    new Output.Refused(known.tooEarly(cheese.header()), Optional.empty()));
            case KnownHeaders.Fate.ParentUnknown() -> outbox.output(new Output.Refused(
                    Violation.of(Rule.HDR_PARENT_UNKNOWN).with("parentSmell", cheese.header().parentSmell()),
                    Optional.empty()));
        }
    }

    private void tipChanged(Cheese tip, Optional<LinkId> from) {
        transactions.tipChanged();
        untold = Optional.of(tip);
    }

    /** On a long way to a better tip nobody is told of what lies behind it. */
    private void tellTip() {
        if (untold.isPresent() && download.isNearGoal()) {
            compact.announce(untold.get());
            untold = Optional.empty();
        }
    }

    private void removePeer(NodeId nodeId) {
        book.forget(nodeId);
        links.readyTo(nodeId).ifPresent(this::closeForTheOwner);
    }

    private void removePeer(GossipUrl url) {
        book.forget(url);
        links.where(link -> link.dialled().equals(Optional.of(url))).forEach(this::closeForTheOwner);
    }

    private void closeForTheOwner(Link link) {
        discipline.close(link, Violation.of(Rule.NET_SLOTS).with("reason", "by the owner"));
    }

    private void tick() {
        liveness.tick();
        discipline.tick();
        headers.tick();
        download.tick();
        compact.tick();
        intake.tick();
        transactions.tick();
        dialling.tick();
        serving.tick();
    }

    private void mempoolChanged(MempoolStep step) {
        outbox.change(new Change.OfMempool(step));
    }

    private void noticeTemplate() {
        if (mempool.version() != templateVersion) {
            templateVersion = mempool.version();
            outbox.output(new Output.TemplateChanged());
        }
    }

    /** What a miner should work on. */
    public CheeseTemplate template() {
        return mempool.template(stack.tip());
    }

    /** Whether this cheese is being checked, or waits to be placed on the stack. */
    public boolean holds(Smell smell) {
        return intake.holds(smell);
    }

    /** The better header that it is on the way to; none where it has all that it knows of. */
    public Optional<StackedHeader> goal() {
        return download.goal();
    }

    /** The stack, for reading between two inputs. */
    public CheeseStack stack() {
        return stack;
    }

    /** The mempool, for reading between two inputs. */
    public Mempool mempool() {
        return mempool;
    }

    /** How it stands between two inputs. */
    public NodeStatus status() {
        List<PeerStatus> peers = links.ready().stream().map(this::statusOf).toList();
        return new NodeStatus(
                parts.self(),
                stack.tip(),
                download.goal(),
                intake.lastTipChangeMillis(),
                liveness.clockOffsetMillis(),
                peers,
                book.all(),
                book.failedDials(),
                dialling.ownRecord());
    }

    private PeerStatus statusOf(Link link) {
        return new PeerStatus(
                link.nodeId().orElseThrow(),
                link.remoteAddress(),
                link.dialled(),
                link.readyClockMillis,
                link.roundTripMillis,
                liveness.clockOffsetMillis(link),
                link.best.map(best -> best.height()).orElse(0),
                link.points);
    }

    private static String nameOf(Message message) {
        return message.getClass().getSimpleName();
    }
}
