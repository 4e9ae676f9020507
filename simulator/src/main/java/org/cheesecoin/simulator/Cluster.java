package org.cheesecoin.simulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import org.cheesecoin.chain.cheese.Amount;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.cheese.TransactionOutput;
import org.cheesecoin.chain.cheese.Txid;
import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.consensus.NetworkParameters;
import org.cheesecoin.chain.crypto.SignatureScheme;
import org.cheesecoin.chain.node.Input;
import org.cheesecoin.chain.node.Output;
import org.cheesecoin.chain.node.SubmissionId;
import org.cheesecoin.chain.wire.PeerRecord;

/**
 * Members, their miners, purses and network, and the true time in which they live. One seed is one history; what must
 * hold is checked after every event, and {@link InvariantBroken} is thrown where it does not.
 */
public final class Cluster {

    private static final long TRACKER_MILLIS = 30_000;
    private static final int TRACKER_SAMPLE = 6;
    private static final int COINS_EACH = 6;

    private final ClusterSettings settings;
    private final EventQueue queue;
    private final SimulatedNetwork network;
    private final Referee referee;
    private final Trace trace = new Trace();
    private final List<SimulatedMember> members = new ArrayList<>();
    private final List<VirtualMiner> miners = new ArrayList<>();
    private final List<Purse> purses = new ArrayList<>();
    private final Map<Integer, PeerRecord> tracker = new LinkedHashMap<>();
    private final Map<Long, Payment> submitted = new LinkedHashMap<>();
    private final Map<Txid, Payment> acknowledged = new LinkedHashMap<>();
    private final SplittableRandom random;
    private boolean trackerIsUp = true;
    private long lastSubmission;
    private int reorganisations;
    private int bans;
    private int liars;

    /** Members that are not started yet. */
    public Cluster(ClusterSettings settings) {
        this.settings = settings;
        this.random = new SplittableRandom(settings.seed());
        this.queue = new EventQueue(settings.network().parameters().blueTimeMillis());
        this.network = new SimulatedNetwork(queue, random.split(), settings, members);
        this.referee = new Referee(settings.network(), settings.signatures());
        for (int i = 0; i < settings.members(); i++) {
            SimulatedMember member = new SimulatedMember(this, i, random.split());
            members.add(member);
            miners.add(new VirtualMiner(this, member, random.split()));
            purses.add(new Purse(settings.signatures(), settings.network().id(), i));
        }
    }

    /** A network whose Blue Cheese gives each of so many purses some coins. */
    public static Network richNetwork(NetworkParameters parameters, SignatureScheme signatures, int owners) {
        List<TransactionOutput> allocations = new ArrayList<>();
        for (int i = 0; i < owners * COINS_EACH; i++) {
            Amount amount = new Amount(1_000 * Amount.CRUMBS_PER_CHEESE + i);
            allocations.add(new TransactionOutput(amount, Purse.addressOf(signatures, i % owners)));
        }
        return Network.of(parameters.withAllocations(allocations));
    }

    ClusterSettings settings() {
        return settings;
    }

    EventQueue queue() {
        return queue;
    }

    SimulatedNetwork network() {
        return network;
    }

    Referee referee() {
        return referee;
    }

    Trace trace() {
        return trace;
    }

    SplittableRandom newRandom() {
        return random.split();
    }

    List<SimulatedMember> members() {
        return members;
    }

    SimulatedMember member(int index) {
        return members.get(index);
    }

    VirtualMiner miner(int index) {
        return miners.get(index);
    }

    Purse purse(int index) {
        return purses.get(index);
    }

    /** Payments that a member has said it took, in their order. */
    Map<Txid, Payment> acknowledged() {
        return acknowledged;
    }

    /** How often a best branch lost cheeses. */
    public int reorganisations() {
        return reorganisations;
    }

    /** How often a member banned another. */
    public int bans() {
        return bans;
    }

    /** How many inputs the nodes took. */
    public long events() {
        return trace.events();
    }

    /** The history in one number. */
    public long traceHash() {
        return trace.hash();
    }

    void setTrackerUp(boolean up) {
        trackerIsUp = up;
    }

    void startAll() {
        members.forEach(member -> queue.after(random.nextLong(1_000), member::start));
    }

    void runFor(long millis) {
        queue.runUntil(queue.nowMillis() + millis);
    }

    /** Every member's miner gets so many hashes a second. */
    void mineAt(double hashesPerSecondEach) {
        miners.forEach(miner -> miner.setHashesPerSecond(hashesPerSecondEach));
    }

    void started(SimulatedMember member) {
        miners.get(member.index()).replan();
        askTracker(member, member.run());
    }

    private void askTracker(SimulatedMember member, long run) {
        if (!member.isRunning() || member.run() != run) {
            return;
        }
        if (trackerIsUp) {
            member.node().status().ownRecord().ifPresent(record -> tracker.put(member.index(), record));
            List<PeerRecord> sample = new ArrayList<>(tracker.values());
            while (sample.size() > TRACKER_SAMPLE) {
                sample.remove(random.nextInt(sample.size()));
            }
            member.handle(new Input.PeersLearned(sample, "http://tracker:8080"));
        }
        queue.after(TRACKER_MILLIS, () -> askTracker(member, run));
    }

    /** The owner of a member pays another owner, through the member. */
    void pay(int from, int to) {
        SimulatedMember member = members.get(from);
        if (member.isRunning()) {
            purses.get(from).payment(member, purses.get(to).address(), random).ifPresent(
                    payment -> submit(member, payment));
        }
    }

    /** A liar's payment, which may come to nothing. */
    void submitUnacknowledged(SimulatedMember member, Payment payment) {
        member.handle(new Input.TransactionSubmitted(new SubmissionId(++lastSubmission), payment));
    }

    void submit(SimulatedMember member, Payment payment) {
        SubmissionId id = new SubmissionId(++lastSubmission);
        submitted.put(id.number(), payment);
        member.handle(new Input.TransactionSubmitted(id, payment));
    }

    void answered(SimulatedMember member, Output.SubmissionAnswered answered) {
        Payment payment = submitted.remove(answered.submission().number());
        if (payment != null && answered.answer() instanceof Outcome.Passed<Txid> && !isLiar(member.index())) {
            acknowledged.put(payment.txid(), payment);
        }
    }

    /** Liars are the last ones. */
    void setLiars(int count) {
        liars = count;
    }

    boolean isLiar(int index) {
        return index >= members.size() - liars;
    }

    List<SimulatedMember> honest() {
        return members.subList(0, members.size() - liars);
    }

    void banned(SimulatedMember by, Output.Banned banned) {
        bans++;
    }

    void refused(SimulatedMember by, Output.Refused refused) {
        refused.link().ifPresent(link -> {
            int from = network.otherEnd(by, link);
            if (refused.violation().rule().penaltyPoints() > 0 && !isLiar(by.index()) && !isLiar(from)) {
                throw new InvariantBroken("honest member " + from + " is blamed by honest member " + by.index() + " at "
                        + queue.nowMillis() + ": " + refused.violation().message());
            }
        });
    }

    void tipChanged(SimulatedMember member, Output.TipChanged changed) {
        if (!changed.fork().equals(changed.oldTip())) {
            reorganisations++;
        }
        miners.get(member.index()).replan();
    }
}
