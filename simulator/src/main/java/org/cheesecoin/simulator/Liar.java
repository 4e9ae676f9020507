package org.cheesecoin.simulator;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.CheeseHeader;
import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.node.LinkId;
import org.cheesecoin.chain.node.Output;
import org.cheesecoin.chain.wire.CompactCheeses;
import org.cheesecoin.chain.wire.Message;

/**
 * Makes one member lie. Between its lies it is a member like others, so that it is linked and up to date; what it says
 * beside that is false in one of many ways. When all have banned it, it comes back with another id.
 */
final class Liar {

    private static final long PAUSE_MILLIS = 4_000;
    private static final long REBIRTH_MILLIS = 3_000;

    private final Cluster cluster;
    private final SimulatedMember member;
    private final RandomGenerator random;
    private final Forger forger;
    private final Set<LinkId> links = new LinkedHashSet<>();
    private boolean active = true;
    private boolean silent;

    Liar(Cluster cluster, SimulatedMember member, RandomGenerator random) {
        this.cluster = cluster;
        this.member = member;
        this.random = random;
        this.forger = new Forger(cluster, member, random);
        member.passes = this::passes;
    }

    private boolean passes(Output output) {
        switch (output) {
            case Output.PeerJoined(LinkId link, var _) -> links.add(link);
            case Output.PeerLeft(LinkId link, var _) -> links.remove(link);
            default -> {
            }
        }
        boolean owed = output instanceof Output.Serve
                || output instanceof Output.Answer(var _, Message.Transactions _)
                || output instanceof Output.Send(var _, Message.Headers _);
        return !(silent && owed);
    }

    void start() {
        if (!active) {
            return;
        }
        silent = random.nextInt(4) == 0;
        if (!member.isRunning() || links.isEmpty()) {
            comeBackAsAnother();
        } else {
            lie();
        }
        cluster.queue().after(random.nextLong(2 * PAUSE_MILLIS), this::start);
    }

    /** Tells the truth from now on. */
    void stop() {
        active = false;
        silent = false;
    }

    private void comeBackAsAnother() {
        if (member.isRunning()) {
            member.crash();
            links.clear();
            member.changeIdentity();
            cluster.queue().after(REBIRTH_MILLIS, member::start);
        }
    }

    private void lie() {
        List<LinkId> all = new ArrayList<>(links);
        LinkId victim = all.get(random.nextInt(all.size()));
        switch (random.nextInt(14)) {
            case 0 -> pass(victim, forger.greedy());
            case 1 -> forger.doubleSpend().ifPresent(cheese -> pass(victim, cheese));
            case 2 -> forger.badSignature().ifPresent(cheese -> pass(victim, cheese));
            case 3 -> forger.stolen().ifPresent(cheese -> pass(victim, cheese));
            case 4 -> {
                Cheese cheese = forger.wrongBody();
                pass(victim, cheese);
                say(victim, new Message.CheeseBody(cheese));
            }
            case 5 -> say(victim, new Message.Headers(List.of(forger.wrongTarget())));
            case 6 -> say(victim, new Message.Headers(forger.garbage(1 + random.nextInt(20))));
            case 7 -> links.forEach(link -> say(link, new Message.Headers(List.of(withheld()))));
            case 8 -> forger.unsolicited().forEach(message -> say(victim, message));
            case 9 -> cluster.network().sendFrame(member, victim, forger.brokenFrame());
            case 10 -> forger.stale().ifPresent(cheese -> pass(victim, cheese));
            case 11 -> forger.brokenPayment().ifPresent(payment -> pass(victim, payment));
            case 12 -> forger.conflict().ifPresent(two -> two.forEach(this::submitAnywhere));
            default -> forger.wrongTime().ifPresent(cheese -> pass(victim, cheese));
        }
    }

    private CheeseHeader withheld() {
        return forger.honest(List.of()).header();
    }

    private void submitAnywhere(Payment payment) {
        SimulatedMember through = cluster.member(random.nextInt(cluster.honest().size()));
        if (through.isRunning()) {
            cluster.submitUnacknowledged(through, payment);
        }
    }

    /** A compact cheese, and at once the payments that the victim will ask for. */
    private void pass(LinkId victim, Cheese cheese) {
        Optional<Message.CompactCheese> compact = CompactCheeses.of(cheese, random.nextLong());
        say(victim, compact.orElseThrow());
        List<Payment> payments = Forger.payments(cheese);
        if (!payments.isEmpty()) {
            say(victim, new Message.CheeseTransactions(cheese.smell(), payments));
        }
    }

    private void pass(LinkId victim, Payment payment) {
        say(victim, new Message.Have(List.of(payment.fullId())));
        say(victim, new Message.Transactions(List.of(payment)));
    }

    private void say(LinkId link, Message message) {
        cluster.network().send(member, link, message);
    }
}
