package org.cheesecoin.system;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.IntStream;

import org.cheesecoin.chain.cheese.Payment;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.testing.TestKeys.TestKey;
import org.cheesecoin.system.strangers.Aim;
import org.cheesecoin.system.strangers.Purse;

import tools.jackson.databind.JsonNode;

import static org.awaitility.Awaitility.await;

/** A tracker and members as the launcher starts them, on a {@link TallStack}, a cheese a second; member 1 is attacked. */
final class AttackedNetwork implements AutoCloseable {

    private static final long HONEST_FEE_CRUMBS = 100_000;

    private final Launcher launcher;
    private final TallStack stack;
    private final List<Member> members;
    private final List<String> nodeIds;

    private AttackedNetwork(Launcher launcher, TallStack stack, int count) {
        this.launcher = launcher;
        this.stack = stack;
        this.members = IntStream.rangeClosed(1, count).mapToObj(launcher::member).toList();
        launcher.run("up", Integer.toString(count)).orFail();
        this.nodeIds = members.stream().map(Member::nodeId).toList();
        await().atMost(Members.SOON).until(() -> members.stream().allMatch(this::isLinked));
        stack.bringTo(victim());
        Members.awaitOneTip(members);
        mine(true);
        Members.awaitHeight(victim().tip().height() + 2, members);
    }

    /** Starts it with so many members; ready when they are linked, listed, have the stack and mine on it. */
    static AttackedNetwork up(TallStack stack, int members) {
        Launcher launcher = Launcher.of(stack.network())
                .with("CHEESECOIN_MINING_ENABLED", "false")
                .with("CHEESECOIN_MINING_HASHES_PER_SECOND", Integer.toString(TallStack.HASHES_PER_SECOND));
        try {
            return new AttackedNetwork(launcher, stack, members);
        } catch (RuntimeException | Error e) {
            Launcher.printLogs();
            launcher.close();
            throw e;
        }
    }

    Launcher launcher() {
        return launcher;
    }

    List<Member> members() {
        return members;
    }

    /** Who is attacked. */
    Member victim() {
        return members.getFirst();
    }

    /** Who is asked what became of a payment that the victim was given. */
    Member witness() {
        return members.getLast();
    }

    /** Names of all processes. */
    List<String> names() {
        List<String> names = new ArrayList<>(List.of("tracker"));
        members.forEach(member -> names.add(member.name()));
        return names;
    }

    TallStack stack() {
        return stack;
    }

    /** What strangers know who attack this member; how it is when an attack asks for a time without mining. */
    Aim aim(Member member, Function<AttackedNetwork, Aim.Still> still) {
        return new Aim(member.port(), launcher.trackerPort(), stack.networkId(), stack.fat(), stack.fatPayments(),
                stack.strangers(), () -> still.apply(this));
    }

    /** Nobody mines until that is closed. */
    Aim.Still mineNot() {
        mine(false);
        return () -> mine(true);
    }

    /** All go on mining. */
    Aim.Still mineOn() {
        return () -> {
            // nothing was stopped
        };
    }

    private void mine(boolean enabled) {
        members.forEach(member -> member.mine(enabled));
    }

    /** The tracker's page of this network. */
    String trackerPath() {
        return "/networks/" + stack.networkId();
    }

    /** Asks the tracker how it is. */
    Pulse pulseOfTracker() {
        return Pulse.of(launcher.trackerPort(), trackerPath());
    }

    /** Whether this member is linked to all other honest ones. */
    boolean isLinked(Member member) {
        Set<String> others = new TreeSet<>(nodeIds);
        others.remove(nodeIds.get(members.indexOf(member)));
        return member.linkedIds().containsAll(others);
    }

    /** Whether the tracker tells others of all members. */
    boolean areListed() {
        Set<String> listed = new TreeSet<>();
        for (JsonNode member : launcher.tracker().get(trackerPath()).get("members")) {
            listed.add(member.get("nodeId").stringValue());
        }
        return listed.containsAll(nodeIds);
    }

    /** An honest payment that this member is given; answers its txid. */
    String pay(Member member) {
        Purse purse = stack.honest();
        Payment payment = purse.small(HONEST_FEE_CRUMBS);
        member.call("POST", "/transactions",
                "{\"hex\": \"%s\"}".formatted(HexFormat.of().formatHex(payment.toBytes())), Map.of()).expect(201);
        return payment.txid().toHex();
    }

    /** Whether somebody of a fresh id, from the address that honest members have, is let in and answered. */
    boolean welcomesANewcomer() {
        TestKey newcomer = TestKeys.key(ThreadLocalRandom.current().nextInt());
        try (RawPeer peer = RawPeer.join(victim(), stack.networkId(), newcomer)) {
            return peer.isWelcome();
        }
    }

    /** Whether the victim tells who asks what happens. */
    boolean tellsEvents() throws IOException {
        try (InputStream events = victim().openEvents()) {
            return events.read() >= 0;
        }
    }

    /** Ends its processes and leaves their logs. */
    void endAll() {
        launcher.endAll();
    }

    @Override
    public void close() {
        launcher.close();
    }
}
