package org.cheesecoin.chain.node;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.consensus.StackedHeader;
import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.stack.CheeseStack;
import org.cheesecoin.chain.wire.Message;
import org.cheesecoin.chain.wire.WireLimits;

/**
 * Asks several peers for the cheeses of the best branch that is known by its headers. A cheese is asked for, or taken,
 * only if its branch has at least the work of our tip.
 */
final class CheeseDownload {

    private record Request(LinkId link, long askedMillis) {}

    private static final int MAX_AHEAD = 1_024;
    private static final int NEAR_CHEESES = 6;
    private static final int FIRST_GUESS_BYTES = 4_000;

    private final NodeLimits limits;
    private final CheeseStack stack;
    private final HeaderTree tree;
    private final CheeseIntake intake;
    private final Links links;
    private final Discipline discipline;
    private final Outbox outbox;

    private final Map<Smell, Request> inFlight = new LinkedHashMap<>();
    private List<StackedHeader> path = List.of();
    private final Map<Smell, Integer> pathIndex = new LinkedHashMap<>();
    private int next;
    private long averageBytes = FIRST_GUESS_BYTES;

    CheeseDownload(NodeLimits limits, Parts parts, CheeseStack stack, HeaderTree tree, CheeseIntake intake) {
        this.limits = limits;
        this.stack = stack;
        this.tree = tree;
        this.intake = intake;
        this.links = parts.links();
        this.discipline = parts.discipline();
        this.outbox = parts.outbox();
    }

    /** The header that we are on the way to, if its branch has more work than our tip. */
    Optional<StackedHeader> goal() {
        return bestOffer().filter(best -> best.totalWork().compareTo(stack.tip().totalWork()) > 0);
    }

    /** Whether so little lies between our tip and the goal that news of the tip is worth telling. */
    boolean isNearGoal() {
        return goal().filter(goal -> goal.height() - stack.tip().height() > NEAR_CHEESES)
                .isEmpty();
    }

    /**
     * The header with the most work whose cheese some peer has and we have not. What no peer has, as a cheese that is
     * withheld or whose only holder is gone, must not stand in the way of the rest.
     */
    private Optional<StackedHeader> bestOffer() {
        StackedHeader best = null;
        for (Link link : links.ready()) {
            StackedHeader offer = link.best.orElse(null);
            boolean better = offer != null
                    && (best == null || offer.totalWork().compareTo(best.totalWork()) > 0)
                    && tree.contains(offer.smell());
            if (better) {
                best = offer;
            }
        }
        return Optional.ofNullable(best);
    }

    /** Whether the cheese of this header may be asked for: its branch has at least the work of our tip. */
    boolean isWorthIt(StackedHeader header) {
        return header.totalWork().compareTo(stack.tip().totalWork()) >= 0;
    }

    /** Asks for what is missing on the way to the best header. */
    void schedule() {
        Optional<StackedHeader> best = bestOffer().filter(this::isWorthIt);
        if (best.isEmpty()) {
            path = List.of();
            pathIndex.clear();
            return;
        }
        takePath(best.get());
        while (next < path.size() && stack.header(path.get(next).smell()).isPresent()) {
            next++;
        }
        TreeMap<LinkId, List<Smell>> questions = new TreeMap<>();
        int last = Math.min(path.size(), next + MAX_AHEAD);
        for (int i = next; i < last && hasRoom(); i++) {
            Smell smell = path.get(i).smell();
            if (inFlight.containsKey(smell) || intake.holds(smell)) {
                continue;
            }
            Optional<Link> source = source(i);
            if (source.isEmpty()) {
                break;
            }
            expect(source.get(), smell);
            questions.computeIfAbsent(source.get().id(), none -> new ArrayList<>()).add(smell);
        }
        questions.forEach((id, smells) -> links.get(id).ifPresent(link -> send(link, smells)));
    }

    private void send(Link link, List<Smell> smells) {
        for (int from = 0; from < smells.size(); from += WireLimits.MAX_GET_CHEESES) {
            int to = Math.min(smells.size(), from + WireLimits.MAX_GET_CHEESES);
            outbox.send(link, new Message.GetCheeses(smells.subList(from, to)));
        }
    }

    private void takePath(StackedHeader best) {
        if (!path.isEmpty() && path.getLast().smell().equals(best.smell())) {
            return;
        }
        path = tree.pathTo(best.smell());
        pathIndex.clear();
        for (int i = 0; i < path.size(); i++) {
            pathIndex.put(path.get(i).smell(), i);
        }
        next = 0;
    }

    private boolean hasRoom() {
        long expectedBytes = intake.heldBytes() + inFlight.size() * averageBytes;
        // One is always allowed, or a single large cheese could never be fetched.
        return inFlight.size() + intake.heldCount() == 0
                || inFlight.size() < limits.cheesesInFlight() && expectedBytes < limits.waitingCheeseBytes();
    }

    /** The peer with the fewest open questions among those that have this cheese. */
    private Optional<Link> source(int index) {
        Link choice = null;
        long least = limits.cheesesPerLink();
        for (Link link : links.ready()) {
            boolean has = link.best
                    .map(best -> pathIndex.getOrDefault(best.smell(), -1) >= index)
                    .orElse(false);
            long open = has ? openQuestions(link) : Long.MAX_VALUE;
            if (open < least) {
                choice = link;
                least = open;
            }
        }
        return Optional.ofNullable(choice);
    }

    private long openQuestions(Link link) {
        return inFlight.values().stream()
                .filter(request -> request.link().equals(link.id()))
                .count();
    }

    /** The peer is asked for this cheese, here or as a compact one. */
    void expect(Link link, Smell smell) {
        inFlight.put(smell, new Request(link.id(), outbox.nowMillis()));
    }

    /** Whether anybody is asked for this cheese. */
    boolean isExpected(Smell smell) {
        return inFlight.containsKey(smell);
    }

    /** Whether this peer is asked for this cheese. */
    boolean isOwedBy(Link link, Smell smell) {
        Request request = inFlight.get(smell);
        return request != null && request.link().equals(link.id());
    }

    /** Asks this peer for one whole cheese. */
    void askWhole(Link link, Smell smell) {
        expect(link, smell);
        outbox.send(link, new Message.GetCheeses(List.of(smell)));
    }

    /** A whole cheese came. */
    void body(Link link, Cheese cheese) {
        // NET-UNSOLICITED: answers come only where something was asked.
        if (!isOwedBy(link, cheese.smell())) {
            discipline.blame(
                    link,
                    Violation.of(Rule.NET_UNSOLICITED).with("message", "CheeseBody").with("smell", cheese.smell()),
                    cheese.smell().hash());
            return;
        }
        arrived(cheese, link);
    }

    /** A cheese that was expected of this peer is whole. */
    void arrived(Cheese cheese, Link link) {
        inFlight.remove(cheese.smell());
        averageBytes = (7 * averageBytes + cheese.sizeBytes()) / 8;
        intake.arrived(cheese, Optional.of(link.id()));
    }

    /** The peer has not what it was asked for. */
    void notFound(Link link, List<Hash256> hashes) {
        for (Hash256 hash : hashes) {
            Request request = inFlight.get(new Smell(hash));
            if (request != null && request.link().equals(link.id())) {
                inFlight.remove(new Smell(hash));
                link.best = Optional.empty();
            }
        }
    }

    /** The link is gone: others are asked for what it owed. */
    void gone(Link link) {
        inFlight.values().removeIf(request -> request.link().equals(link.id()));
    }

    /** Ends links that owe a cheese for too long. */
    void tick() {
        List<LinkId> late = inFlight.values().stream()
                .filter(request -> outbox.nowMillis() - request.askedMillis() > limits.requestMillis())
                .map(Request::link)
                .distinct()
                .toList();
        late.forEach(id -> links.get(id).ifPresent(link -> {
            discipline.close(link, Violation.of(Rule.NET_TIMEOUT).with("waitedFor", "CheeseBody"));
            gone(link);
        }));
    }
}
