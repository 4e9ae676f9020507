package org.cheesecoin.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.consensus.CheeseRules;
import org.cheesecoin.chain.consensus.Moment;
import org.cheesecoin.chain.consensus.PlacedCoin;
import org.cheesecoin.chain.consensus.TransactionRules;
import org.cheesecoin.chain.consensus.Work;
import org.cheesecoin.chain.crypto.PrivateKey;
import org.cheesecoin.chain.crypto.Sha256;
import org.cheesecoin.chain.mempool.MempoolLimits;
import org.cheesecoin.chain.node.Change;
import org.cheesecoin.chain.node.Input;
import org.cheesecoin.chain.node.LinkId;
import org.cheesecoin.chain.node.Node;
import org.cheesecoin.chain.node.NodeConfig;
import org.cheesecoin.chain.node.Output;
import org.cheesecoin.chain.node.Question;
import org.cheesecoin.chain.node.Step;
import org.cheesecoin.chain.stack.StackLimits;
import org.cheesecoin.chain.stack.StackStep;
import org.cheesecoin.chain.testing.MemoryCheeseStore;
import org.cheesecoin.chain.testing.StoreAnswers;
import org.cheesecoin.chain.wire.Message;

/**
 * One member: a real {@link Node}, driven as the service drives it. Changes go to the disk at a commit, several steps
 * at once, and outputs are released after it; a crash in between loses both.
 */
final class SimulatedMember {

    private static final Sha256 NODE_KEY = Sha256.tagged("CheeseCoin/simulator/node-key");
    private static final long MAX_COMMIT_MILLIS = 30;
    private static final long MAX_CHECK_MILLIS = 20;

    private final Cluster cluster;
    private final int index;
    private final RandomGenerator random;
    private final Disk disk;
    private final List<Change> uncommitted = new ArrayList<>();
    private final List<Output> unreleased = new ArrayList<>();
    private Optional<Node> node = Optional.empty();
    private MemoryCheeseStore working;
    private long run;
    private long lastLink;
    private int identity;
    private boolean commitPlanned;
    private long coinCrumbs;
    private Work committedWork = Work.ZERO;
    /** How far its clock is ahead of true time. */
    long clockOffsetMillis;
    /** What a liar's outputs must pass. */
    Predicate<Output> passes = output -> true;

    SimulatedMember(Cluster cluster, int index, RandomGenerator random) {
        this.cluster = cluster;
        this.index = index;
        this.random = random;
        this.disk = new Disk(cluster.settings().network());
        this.working = disk.stack().copy();
    }

    int index() {
        return index;
    }

    long run() {
        return run;
    }

    boolean isRunning() {
        return node.isPresent();
    }

    Node node() {
        return node.orElseThrow();
    }

    Disk disk() {
        return disk;
    }

    MemoryCheeseStore working() {
        return working;
    }

    long clockMillis() {
        return cluster.queue().nowMillis() + clockOffsetMillis;
    }

    /** Its clock may be set at any time; what goes by is the same for all. */
    private Moment now() {
        return new Moment(clockMillis(), cluster.queue().nowMillis());
    }

    LinkId nextLink() {
        return new LinkId(++lastLink);
    }

    PrivateKey nodeKey() {
        return PrivateKey.of(NODE_KEY.of(new byte[]{(byte) index, (byte) identity}).toBytes());
    }

    /** Another id from the next start on. */
    void changeIdentity() {
        identity++;
    }

    void start() {
        run++;
        uncommitted.clear();
        unreleased.clear();
        commitPlanned = false;
        working = disk.stack().copy();
        coinCrumbs = working.sumCrumbs();
        ClusterSettings settings = cluster.settings();
        NodeConfig config = new NodeConfig(
                settings.network(),
                settings.signatures(),
                nodeKey(),
                Optional.of(SimulatedNetwork.urlOf(index)),
                List.of(),
                settings.limits(),
                MempoolLimits.DEFAULT,
                StackLimits.DEFAULT);
        node = Optional.of(new Node(
                config,
                working,
                disk.memory(),
                new SplittableRandom(random.nextLong()),
                this::write,
                now()));
        long thisRun = run;
        cluster.queue().after(random.nextLong(cluster.settings().tickMillis()), () -> tick(thisRun));
        cluster.started(this);
    }

    void crash() {
        node = Optional.empty();
        cluster.network().crashed(this);
    }

    private void tick(long ofRun) {
        if (isRunning() && ofRun == run) {
            handle(new Input.Tick());
            cluster.queue().after(cluster.settings().tickMillis(), () -> tick(ofRun));
        }
    }

    void handle(Input input) {
        Step step = node().handle(input, now());
        write(step.changes());
        unreleased.addAll(step.outputs());
        cluster.trace().add(cluster.queue().nowMillis(), index, input, step);
        if (uncommitted.isEmpty()) {
            release();
        } else if (!commitPlanned) {
            commitPlanned = true;
            long ofRun = run;
            cluster.queue().after(1 + random.nextLong(MAX_COMMIT_MILLIS), () -> commit(ofRun));
        }
        check();
    }

    private void write(List<Change> changes) {
        for (Change change : changes) {
            if (change instanceof Change.OfStack(StackStep step)) {
                working.write(step);
                count(step);
            }
            uncommitted.add(change);
        }
    }

    private void count(StackStep step) {
        switch (step) {
            case StackStep.Connected(var _, Cheese cheese, var changes) -> {
                cluster.referee().connected(cheese);
                coinCrumbs += sum(changes.made()) - sum(changes.spent());
            }
            case StackStep.Disconnected(var _, Cheese _, var changes) ->
                    coinCrumbs += sum(changes.spent()) - sum(changes.made());
            case StackStep.Stored _,StackStep.Condemned _ -> {}
        }
    }

    private static long sum(List<PlacedCoin> placed) {
        return placed.stream().mapToLong(coin -> coin.coin().amount().crumbs()).sum();
    }

    private void check() {
        var tip = node().stack().tip();
        if (!tip.equals(working.tip())) {
            throw broken("the stack's tip is not the store's");
        }
        if (coinCrumbs != cluster.referee().coinCrumbs(tip.smell())) {
            throw broken("its coins are not those of its branch");
        }
        var limits = cluster.settings().limits();
        if (node().mempool().memoryBytes() > MempoolLimits.DEFAULT.memoryBytes()
                || node().mempool().orphanCount() > MempoolLimits.DEFAULT.orphans()
                || cluster.network().linksOf(this)
                        > limits.inboundLinks() + limits.outboundLinks() + limits.openHandshakes()) {
            throw broken("a limit is passed");
        }
    }

    private InvariantBroken broken(String what) {
        return new InvariantBroken("member " + index + " at " + cluster.queue().nowMillis() + ": " + what);
    }

    private void commit(long ofRun) {
        if (!isRunning() || ofRun != run) {
            return;
        }
        commitPlanned = false;
        disk.commit(uncommitted);
        uncommitted.clear();
        Work work = disk.stack().tip().totalWork();
        if (work.compareTo(committedWork) < 0) {
            throw broken("its work fell");
        }
        committedWork = work;
        release();
    }

    private void release() {
        List<Output> outputs = List.copyOf(unreleased);
        unreleased.clear();
        for (Output output : outputs) {
            if (passes.test(output)) {
                perform(output);
            } else if (output instanceof Output.Serve(LinkId link, Question _)) {
                sent(link);
            } else if (output instanceof Output.Answer(LinkId link, Message _)) {
                sent(link);
            }
        }
    }

    private void perform(Output output) {
        SimulatedNetwork network = cluster.network();
        switch (output) {
            case Output.Send(LinkId link, Message message) -> network.send(this, link, message);
            case Output.Serve(LinkId link, Question question) -> serve(link, question);
            case Output.Answer(LinkId link, Message message) -> {
                network.send(this, link, message);
                sent(link);
            }
            case Output.Dial(var url) -> network.dial(this, url);
            case Output.Disconnect(LinkId link, var _) -> network.close(this, link);
            case Output.CheckCheese(Cheese cheese, var alreadyChecked) -> later(() -> handle(new Input.CheeseChecked(
                    cheese.smell(),
                    CheeseRules.standAlone(
                            cheese,
                            cluster.settings().network().id(),
                            cluster.settings().signatures(),
                            alreadyChecked::contains))));
            case Output.CheckTransaction(Payment payment) -> later(() -> handle(new Input.TransactionChecked(
                    payment.fullId(),
                    TransactionRules.standAlone(
                            payment,
                            cluster.settings().network().id(),
                            cluster.settings().signatures()))));
            case Output.SubmissionAnswered answered -> cluster.answered(this, answered);
            case Output.Banned banned -> cluster.banned(this, banned);
            case Output.Refused refused -> cluster.refused(this, refused);
            case Output.TipChanged changed -> cluster.tipChanged(this, changed);
            case Output.TemplateChanged _,Output.PeerJoined _,Output.PeerLeft _,Output.SideBranchKept _ -> {}
        }
    }

    private void later(Runnable check) {
        long ofRun = run;
        cluster.queue().after(random.nextLong(MAX_CHECK_MILLIS), () -> {
            if (isRunning() && ofRun == run) {
                check.run();
            }
        });
    }

    private void serve(LinkId link, Question question) {
        switch (StoreAnswers.to(question, disk.stack())) {
            case Outcome.Passed<List<Message>>(List<Message> answers) ->
                    answers.forEach(answer -> cluster.network().send(this, link, answer));
            case Outcome.Refused<List<Message>>(Violation violation) ->
                    soon(() -> handle(new Input.FrameRefused(link, violation)));
        }
        sent(link);
    }

    /** What was sent has left; a liar who swallows an answer says so too, or its node would wait for ever. */
    private void sent(LinkId link) {
        soon(() -> handle(new Input.AnswerSent(link)));
    }

    private void soon(Runnable action) {
        long ofRun = run;
        cluster.queue().after(1, () -> {
            if (isRunning() && ofRun == run) {
                action.run();
            }
        });
    }
}
