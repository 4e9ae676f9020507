package org.cheesecoin.chain.node;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    /**
     * What a peer offers.
     *
     * @param end the header of its branch up to which cheeses may be asked for
     * @param goal the highest one that it has shown, whose work counts
     */
    private record Offer(StackedHeader end, StackedHeader goal) {}

    /** A peer and the place on the path up to which it has the cheeses. */
    private record Source(Link link, int reach) {}

    private static final int MAX_AHEAD = 1_024;
    private static final int NEAR_CHEESES = 6;
    private static final int FIRST_GUESS_BYTES = 4_000;
    /** Further off our path than this, a peer's branch is not followed down to it. */
    private static final int MAX_OFF_PATH = 64;
    /** A cheese is late that takes this long, in milliseconds, and so many times what cheeses take on average. */
    private static final long LATE_MILLIS = 2_000;
    private static final int LATE_TIMES = 4;

    private final NodeLimits limits;
    private final CheeseStack stack;
    private final HeaderTree tree;
    private final CheeseIntake intake;
    private final Links links;
    private final Discipline discipline;
    private final Outbox outbox;

    /** Cheeses that are asked for and not here yet, with whom was asked. */
    private final Map<Smell, Set<LinkId>> inFlight = new LinkedHashMap<>();
    private List<StackedHeader> path = List.of();
    private final Map<Smell, Integer> pathIndex = new LinkedHashMap<>();
    private int next;
    private long averageBytes = FIRST_GUESS_BYTES;
    private long averageMillis;

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
        return bestOffer().map(Offer::goal).filter(best -> best.totalWork().compareTo(stack.tip().totalWork()) > 0);
    }

    /** Whether so little lies between our tip and the goal that news of the tip is worth telling. */
    boolean isNearGoal() {
        return goal().filter(goal -> goal.height() - stack.tip().height() > NEAR_CHEESES)
                .isEmpty();
    }

    /**
     * The offer with the most work of cheeses that some peer has and we have not. What no peer has, as a cheese that is
     * withheld or whose only holder is gone, must not stand in the way of the rest.
     */
    private Optional<Offer> bestOffer() {
        Offer best = null;
        for (Link link : links.ready()) {
            for (Offer offer : offers(link)) {
                if (best == null || offer.goal().totalWork().compareTo(best.goal().totalWork()) > 0) {
                    best = offer;
                }
            }
        }
        return Optional.ofNullable(best);
    }

    private List<Offer> offers(Link link) {
        List<Offer> offers = new ArrayList<>(2);
        link.best.filter(best -> tree.contains(best.smell())).ifPresent(best -> offers.add(new Offer(best, best)));
        link.count.ifPresent(count -> offers.add(new Offer(count.fetched(), count.last())));
        return offers;
    }

    /** Whether the cheese of this header may be asked for: its branch has at least the work of our tip. */
    boolean isWorthIt(StackedHeader header) {
        return header.totalWork().compareTo(stack.tip().totalWork()) >= 0;
    }

    /** Asks for what is missing on the way to the best header. */
    void schedule() {
        Optional<Offer> best = bestOffer().filter(offer -> isWorthIt(offer.goal()));
        if (best.isEmpty()) {
            path = List.of();
            pathIndex.clear();
            return;
        }
        takePath(best.get().end());
        while (next < path.size() && stack.header(path.get(next).smell()).isPresent()) {
            next++;
        }
        if (!hasRoom() && !isNextMissing()) {
            return;
        }
        List<Source> sources = sources();
        TreeMap<LinkId, List<Smell>> questions = new TreeMap<>();
        int last = Math.min(path.size(), next + MAX_AHEAD);
        for (int i = next; i < last && (hasRoom() || i == next); i++) {
            Smell smell = path.get(i).smell();
            if (inFlight.containsKey(smell) || intake.holds(smell)) {
                continue;
            }
            Optional<Link> source = source(sources, i);
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

    /** Whether the one on which all that waits stands is not here and not asked for, as where it was too large once. */
    private boolean isNextMissing() {
        return next < path.size()
                && !inFlight.containsKey(path.get(next).smell())
                && !intake.holds(path.get(next).smell());
    }

    private List<Source> sources() {
        return links.ready().stream()
                .map(link -> new Source(link, reach(link)))
                .filter(source -> source.reach() >= next)
                .toList();
    }

    /** The highest place on the path that this peer has; its branch may leave the path there. */
    private int reach(Link link) {
        return offers(link).stream().mapToInt(offer -> placeOnPath(offer.end())).max().orElse(-1);
    }

    private int placeOnPath(StackedHeader end) {
        Optional<StackedHeader> at = Optional.of(end);
        for (int i = 0; i < MAX_OFF_PATH && at.isPresent(); i++) {
            Integer place = pathIndex.get(at.get().smell());
            if (place != null) {
                return place;
            }
            at = tree.get(at.get().header().parentSmell());
        }
        return -1;
    }

    /** The peer that owes least among those that have this cheese and may owe one more. */
    private static Optional<Link> source(List<Source> sources, int place) {
        return sources.stream()
                .filter(source -> source.reach() >= place && source.link().owedCheeses.room() > 0)
                .map(Source::link)
                .min(Comparator.comparingInt(link -> link.owedCheeses.count()));
    }

    /** The peer is asked for this cheese, here or as a compact one. */
    void expect(Link link, Smell smell) {
        inFlight.computeIfAbsent(smell, none -> new LinkedHashSet<>(2)).add(link.id());
        link.owedCheeses.ask(smell, outbox.nowMillis());
    }

    /** Whether anybody is asked for this cheese. */
    boolean isExpected(Smell smell) {
        return inFlight.containsKey(smell);
    }

    /** Asks this peer for one whole cheese. */
    void askWhole(Link link, Smell smell) {
        expect(link, smell);
        outbox.send(link, new Message.GetCheeses(List.of(smell)));
    }

    /** A whole cheese came. */
    void body(Link link, Cheese cheese) {
        // NET-UNSOLICITED: answers come only where something was asked.
        if (!link.owedCheeses.contains(cheese.smell())) {
            discipline.blame(
                    link,
                    Violation.of(Rule.NET_UNSOLICITED).with("message", "CheeseBody").with("smell", cheese.smell()),
                    cheese.smell().hash());
            return;
        }
        arrived(cheese, link);
    }

    /** A cheese that this peer has is whole, asked for or not. It may have come from another in the meantime. */
    void arrived(Cheese cheese, Link link) {
        if (link.owedCheeses.contains(cheese.smell())) {
            long millis = link.owedCheeses.delivered(cheese.smell(), outbox.nowMillis());
            averageMillis = (7 * averageMillis + millis) / 8;
            averageBytes = Math.max(cheese.sizeBytes(), (7 * averageBytes + cheese.sizeBytes()) / 8);
        }
        inFlight.remove(cheese.smell());
        if (mayWait(cheese)) {
            intake.arrived(cheese, Optional.of(link.id()));
        }
    }

    /**
     * Whether there is room for this cheese. What was asked for may be larger than was expected: it is dropped and asked
     * for again in its turn, unless all others wait for it.
     */
    private boolean mayWait(Cheese cheese) {
        boolean isNext = next < path.size() && path.get(next).smell().equals(cheese.smell());
        return isNext
                || intake.heldCount() == 0
                || intake.heldBytes() + cheese.sizeBytes() <= limits.waitingCheeseBytes();
    }

    /** The peer has not what it was asked for. */
    void notFound(Link link, List<Hash256> hashes) {
        for (Hash256 hash : hashes) {
            Smell smell = new Smell(hash);
            if (link.owedCheeses.forget(smell)) {
                noLongerAsked(link, smell);
                link.best = Optional.empty();
                link.count = Optional.empty();
            }
        }
    }

    private void noLongerAsked(Link link, Smell smell) {
        inFlight.computeIfPresent(smell, (same, asked) -> {
            asked.remove(link.id());
            return asked.isEmpty() ? null : asked;
        });
    }

    /** The link is gone: others are asked for what it owed. */
    void gone(Link link) {
        for (Smell smell : link.owedCheeses.smells()) {
            link.owedCheeses.forget(smell);
            noLongerAsked(link, smell);
        }
    }

    /** Asks others for what is late, and ends links that owe a cheese for too long. */
    void tick() {
        long lateMillis = LATE_MILLIS + LATE_TIMES * averageMillis;
        for (Link link : links.ready()) {
            if (!link.owedCheeses.olderThan(limits.requestMillis(), outbox.nowMillis()).isEmpty()) {
                discipline.close(link, Violation.of(Rule.NET_TIMEOUT).with("waitedFor", "CheeseBody"));
                gone(link);
                continue;
            }
            List<Smell> late = link.owedCheeses.olderThan(lateMillis, outbox.nowMillis());
            if (!late.isEmpty()) {
                link.owedCheeses.narrow(lateMillis, outbox.nowMillis());
                late.forEach(this::askOneMore);
            }
        }
    }

    /** Whoever was asked is late: another is asked too, and whichever comes first counts. */
    private void askOneMore(Smell smell) {
        Integer place = pathIndex.get(smell);
        Set<LinkId> asked = inFlight.getOrDefault(smell, Set.of());
        if (place != null && asked.size() == 1) {
            List<Source> others = sources().stream()
                    .filter(source -> !asked.contains(source.link().id()))
                    .toList();
            source(others, place).ifPresent(link -> askWhole(link, smell));
        }
    }
}
