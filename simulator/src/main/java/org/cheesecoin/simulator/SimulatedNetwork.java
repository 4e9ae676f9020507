package org.cheesecoin.simulator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.node.Input;
import org.cheesecoin.chain.node.LinkId;
import org.cheesecoin.chain.wire.GossipUrl;
import org.cheesecoin.chain.wire.Message;
import org.cheesecoin.chain.wire.MessageCodec;

/**
 * Connections between members. Each keeps its order, as TCP does; different ones overtake each other. What a cut
 * swallows is never made good: such a connection says nothing more until it breaks.
 */
final class SimulatedNetwork {

    /** One end of a connection. */
    private static final class End {
        private final SimulatedMember member;
        private final long run;
        private final LinkId link;
        private long lastArrivalMillis;

        private End(SimulatedMember member) {
            this.member = member;
            this.run = member.run();
            this.link = member.nextLink();
        }

        private boolean isAlive() {
            return member.isRunning() && member.run() == run;
        }

        private void take(Input input) {
            if (isAlive()) {
                member.handle(input);
            }
        }
    }

    private static final class Connection {
        private final End dialler;
        private final End listener;
        private boolean open = true;
        private boolean swallowed;

        private Connection(End dialler, End listener) {
            this.dialler = dialler;
            this.listener = listener;
        }

        private Optional<End> end(SimulatedMember member, LinkId link) {
            if (dialler.member == member && dialler.link.equals(link)) {
                return Optional.of(dialler);
            }
            return listener.member == member && listener.link.equals(link) ? Optional.of(listener) : Optional.empty();
        }

        private End other(End end) {
            return end == dialler ? listener : dialler;
        }
    }

    private static final int REPEATS_ONE_IN = 20;
    private static final long DIAL_FAILS_MILLIS = 1_000;

    private final EventQueue queue;
    private final RandomGenerator random;
    private final ClusterSettings settings;
    private final List<SimulatedMember> members;
    private final List<Connection> connections = new ArrayList<>();
    private final Map<String, Integer> otherEnds = new HashMap<>();
    private final int[] groups;
    private long framesSent;

    SimulatedNetwork(
            EventQueue queue, RandomGenerator random, ClusterSettings settings, List<SimulatedMember> members) {
        this.queue = queue;
        this.random = random;
        this.settings = settings;
        this.members = members;
        this.groups = new int[settings.members()];
    }

    static GossipUrl urlOf(int index) {
        return new GossipUrl("ws://member-" + index + ":9000/gossip");
    }

    static String addressOf(int index) {
        return "10.0.0." + (index + 1);
    }

    long framesSent() {
        return framesSent;
    }

    void dial(SimulatedMember from, GossipUrl url) {
        long run = from.run();
        Optional<SimulatedMember> target = members.stream()
                .filter(member -> urlOf(member.index()).equals(url))
                .findFirst();
        boolean reached = target.isPresent() && target.get().isRunning() && areJoined(from, target.get());
        if (!reached) {
            queue.after(DIAL_FAILS_MILLIS, () -> {
                if (from.isRunning() && from.run() == run) {
                    from.handle(new Input.DialFailed(url, "nobody is there"));
                }
            });
            return;
        }
        queue.after(latency(), () -> open(from, run, target.get(), url));
    }

    private void open(SimulatedMember from, long run, SimulatedMember to, GossipUrl url) {
        if (!from.isRunning() || from.run() != run) {
            return;
        }
        if (!to.isRunning()) {
            from.handle(new Input.DialFailed(url, "nobody is there"));
            return;
        }
        Connection connection = new Connection(new End(from), new End(to));
        connections.add(connection);
        otherEnds.put(key(connection.dialler), to.index());
        otherEnds.put(key(connection.listener), from.index());
        to.handle(new Input.LinkOpened(connection.listener.link, addressOf(from.index()), Optional.empty()));
        connection.dialler.take(new Input.LinkOpened(
                connection.dialler.link, addressOf(to.index()), Optional.of(url)));
    }

    private static String key(End end) {
        return end.member.index() + " " + end.run + " " + end.link.number();
    }

    /** Who is, or was, at the other end. */
    int otherEnd(SimulatedMember member, LinkId link) {
        return Optional.ofNullable(otherEnds.get(member.index() + " " + member.run() + " " + link.number()))
                .orElseThrow();
    }

    /** How many connections this member has, in whichever state. */
    long linksOf(SimulatedMember member) {
        return connections.stream()
                .filter(connection -> connection.dialler.member == member && connection.dialler.isAlive()
                        || connection.listener.member == member && connection.listener.isAlive())
                .count();
    }

    /** Sends a message as a frame, now and then twice where a repetition is no fault. */
    void send(SimulatedMember from, LinkId link, Message message) {
        find(from, link).ifPresent(connection -> {
            byte[] frame = MessageCodec.encode(message);
            sendFrame(connection, from, link, frame);
            boolean mayRepeat = message instanceof Message.Have || message instanceof Message.CompactCheese;
            if (mayRepeat && random.nextInt(REPEATS_ONE_IN) == 0) {
                sendFrame(connection, from, link, frame);
            }
        });
    }

    /** Sends any bytes, as a liar does. */
    void sendFrame(SimulatedMember from, LinkId link, byte[] frame) {
        find(from, link).ifPresent(connection -> sendFrame(connection, from, link, frame));
    }

    private void sendFrame(Connection connection, SimulatedMember from, LinkId link, byte[] frame) {
        framesSent++;
        End to = connection.other(connection.end(from, link).orElseThrow());
        if (!areJoined(from, to.member)) {
            connection.swallowed = true;
        }
        if (!connection.swallowed) {
            queue.at(arrival(to), () -> arrive(connection, to, frame));
        }
    }

    private long arrival(End to) {
        to.lastArrivalMillis = Math.max(to.lastArrivalMillis, queue.nowMillis() + latency());
        return to.lastArrivalMillis;
    }

    private void arrive(Connection connection, End to, byte[] frame) {
        if (!connection.open || connection.swallowed) {
            return;
        }
        to.take(switch (MessageCodec.decode(frame)) {
            case Outcome.Passed<Message>(Message message) -> new Input.MessageReceived(to.link, message, frame.length);
            case Outcome.Refused<Message>(Violation violation) -> new Input.FrameRefused(to.link, violation);
        });
    }

    /** One end closes, after what it sent before. */
    void close(SimulatedMember from, LinkId link) {
        find(from, link).ifPresent(connection -> {
            End near = connection.end(from, link).orElseThrow();
            End far = connection.other(near);
            queue.after(1, () -> near.take(new Input.LinkClosed(near.link)));
            if (areJoined(from, far.member) && !connection.swallowed) {
                queue.at(arrival(far), () -> end(connection, far));
            } else {
                connection.swallowed = true;
            }
        });
    }

    private void end(Connection connection, End far) {
        connection.open = false;
        connections.remove(connection);
        far.take(new Input.LinkClosed(far.link));
    }

    /** A connection breaks, and what is under way on it is lost. */
    void breakOne() {
        if (!connections.isEmpty()) {
            breakNow(connections.get(random.nextInt(connections.size())));
        }
    }

    private void breakNow(Connection connection) {
        connection.open = false;
        connections.remove(connection);
        queue.after(latency(), () -> connection.dialler.take(new Input.LinkClosed(connection.dialler.link)));
        queue.after(latency(), () -> connection.listener.take(new Input.LinkClosed(connection.listener.link)));
    }

    /** The member's process is gone: the other ends notice at once, or only when they miss a pong. */
    void crashed(SimulatedMember member) {
        for (Connection connection : List.copyOf(connections)) {
            if (connection.dialler.member == member || connection.listener.member == member) {
                if (random.nextInt(3) == 0) {
                    connection.swallowed = true;
                } else {
                    breakNow(connection);
                }
            }
        }
    }

    /** Only members of one group reach each other from now on. */
    void cut(int[] newGroups) {
        System.arraycopy(newGroups, 0, groups, 0, groups.length);
    }

    /** All reach each other again; what lost something breaks. */
    void heal() {
        Arrays.fill(groups, 0);
        List.copyOf(connections).stream().filter(connection -> connection.swallowed).forEach(this::breakNow);
    }

    private boolean areJoined(SimulatedMember one, SimulatedMember other) {
        return groups[one.index()] == groups[other.index()];
    }

    private long latency() {
        return random.nextLong(settings.minLatencyMillis(), settings.maxLatencyMillis() + 1);
    }

    private Optional<Connection> find(SimulatedMember member, LinkId link) {
        return connections.stream()
                .filter(connection -> connection.end(member, link)
                        .filter(End::isAlive)
                        .isPresent())
                .findFirst();
    }
}
