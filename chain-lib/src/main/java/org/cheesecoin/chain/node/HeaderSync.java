package org.cheesecoin.chain.node;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.cheesecoin.chain.cheese.CheeseHeader;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.consensus.HeaderRules;
import org.cheesecoin.chain.consensus.StackedHeader;
import org.cheesecoin.chain.consensus.Target;
import org.cheesecoin.chain.consensus.Work;
import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.node.KnownHeaders.Fate;
import org.cheesecoin.chain.stack.CheeseStack;
import org.cheesecoin.chain.wire.Message;
import org.cheesecoin.chain.wire.WireLimits;

/**
 * Headers first: asks for them, checks them, and keeps those whose cheeses are not stored. Only checked headers count;
 * what a Hello says of its work is a hint. A long branch with less work than ours is only counted, see
 * {@link BranchCount}; when its work beats ours it is fetched again, and kept.
 */
final class HeaderSync {

    private static final int MAX_HEADERS_DUE = 4;

    /** How long a peer whose headers there is no room for is left alone, in milliseconds. */
    private static final long PAUSE_MILLIS = 1_000;

    private record Early(CheeseHeader header, LinkId from, long dueAtMillis) {}

    private final NodeLimits limits;
    private final CheeseStack stack;
    private final HeaderTree tree;
    private final KnownHeaders known;
    private final Links links;
    private final Discipline discipline;
    private final Outbox outbox;
    private final List<Early> early = new ArrayList<>();

    HeaderSync(NodeLimits limits, Parts parts, CheeseStack stack, HeaderTree tree, KnownHeaders known) {
        this.limits = limits;
        this.stack = stack;
        this.tree = tree;
        this.known = known;
        this.links = parts.links();
        this.discipline = parts.discipline();
        this.outbox = parts.outbox();
    }

    /** A new peer: ask it if it says that it has more work, and tell it what we have won since we said Hello. */
    void peerReady(Link link) {
        link.ourHello
                .filter(hello -> hello.work().compareTo(stack.tip().totalWork().hashes()) < 0)
                .ifPresent(hello -> tellTip(link));
        link.theirHello
                .filter(hello -> hello.work().compareTo(stack.tip().totalWork().hashes()) > 0)
                .ifPresent(hello -> ask(link));
    }

    private void tellTip(Link link) {
        link.knownSmells.add(stack.tip().smell().hash());
        outbox.send(link, new Message.Headers(List.of(stack.tip().header())));
    }

    /** Asks for what lies above the stack, or above what was counted, if nothing is asked there already. */
    void ask(Link link) {
        if (!link.headersAsked) {
            ask(link, link.count.flatMap(count -> above(link)).map(List::of).orElse(List.of()));
        }
    }

    private void ask(Link link, List<Smell> above) {
        List<Smell> locator = new ArrayList<>(above);
        locator.addAll(stack.locator());
        link.headersAsked = true;
        link.headersPausedMillis = 0;
        link.headersEnded = false;
        link.headersDue = Math.min(link.headersDue + 1, MAX_HEADERS_DUE);
        link.headersAskedMillis = outbox.nowMillis();
        link.headersAskedAbove = Optional.of(locator.getFirst());
        outbox.send(link, new Message.GetHeaders(
                locator.subList(0, Math.min(locator.size(), WireLimits.MAX_LOCATOR))));
    }

    /** Whether these are what was asked for. Each question has one answer, so that no more than that goes uncounted. */
    boolean isAnswer(Link link, List<CheeseHeader> headers) {
        return headers.size() > WireLimits.MAX_ANNOUNCED_HEADERS
                ? link.headersDue > 0
                : link.headersAsked && !isAnnouncement(link, headers);
    }

    /** Headers came, asked for or as an announcement, which may overtake the answer. */
    void headers(Link link, List<CheeseHeader> headers) {
        if (headers.size() > WireLimits.MAX_ANNOUNCED_HEADERS) {
            // NET-UNSOLICITED: counted, since an announcement may have passed for the answer.
            if (link.headersDue == 0) {
                discipline.blame(link, unsolicited(headers.size()), Hash256.ZERO);
                return;
            }
            link.headersDue--;
        }
        boolean asked = link.headersAsked && !isAnnouncement(link, headers);
        if (asked) {
            link.headersAsked = false;
            link.headersEnded = headers.size() < WireLimits.MAX_HEADERS;
        }
        understand(link, headers, asked);
        if (!link.headersEnded && (asked || isFetching(link))) {
            askOn(link, limits.headersAhead() / 2);
        }
    }

    private void understand(Link link, List<CheeseHeader> headers, boolean asked) {
        // Where others brought us there, the count has done its work.
        link.count = link.count.filter(count -> known.find(count.last().smell()).isEmpty());
        boolean countAsked = link.count
                .filter(count -> link.headersAskedAbove.equals(Optional.of(count.last().smell())))
                .isPresent();
        if (goesOnWith(link, headers) && !isFetching(link)) {
            count(link, link.count.orElseThrow(), headers);
        } else if (asked && link.count.isPresent() && !countAsked) {
            fetchAgain(link, link.count.get(), headers);
        } else if (isCountedFirst(headers)) {
            BranchCount count = new BranchCount(known.find(headers.getFirst().parentSmell()).orElseThrow());
            link.count = Optional.of(count);
            count(link, count, headers);
        } else if (take(link, headers, asked).isEmpty() && !link.headersAsked) {
            link.headersEnded = true;
        }
    }

    /** Few headers that do not begin where the question was: they answer nothing. */
    private boolean isAnnouncement(Link link, List<CheeseHeader> headers) {
        if (headers.isEmpty() || headers.size() > WireLimits.MAX_ANNOUNCED_HEADERS) {
            return false;
        }
        Smell below = headers.getFirst().parentSmell();
        return !link.headersAskedAbove.equals(Optional.of(below))
                && (isFetching(link) || known.find(below).isEmpty());
    }

    /**
     * Whether these are more than an announcement and yet have less work than our tip. What they claim is not checked
     * yet: those who claim too much are found out when they are taken.
     */
    private boolean isCountedFirst(List<CheeseHeader> headers) {
        Optional<StackedHeader> below = headers.size() <= WireLimits.MAX_ANNOUNCED_HEADERS
                ? Optional.empty()
                : known.find(headers.getFirst().parentSmell());
        return below.isPresent()
                && headers.stream()
                        .map(header -> Target.ofCompact(header.compactTarget()).work())
                        .reduce(below.get().totalWork(), Work::plus)
                        .compareTo(stack.tip().totalWork()) < 0;
    }

    private static boolean goesOnWith(Link link, List<CheeseHeader> headers) {
        return !headers.isEmpty()
                && link.count.filter(count -> count.goesOnWith(headers.getFirst())).isPresent();
    }

    /** Whether the peer has shown a branch that beats ours and that is now fetched to be kept. */
    private boolean isFetching(Link link) {
        return link.count.filter(this::isBetter).isPresent();
    }

    private boolean isBetter(BranchCount count) {
        return count.last().totalWork().compareTo(stack.tip().totalWork()) > 0;
    }

    private void count(Link link, BranchCount count, List<CheeseHeader> headers) {
        for (CheeseHeader header : headers) {
            Fate fate = count.goesOnWith(header)
                    ? known.judge(header, header.smell(), count.last())
                    : new Fate.Broken(disconnected(header));
            if (fate instanceof Fate.Broken(Violation violation)) {
                link.count = Optional.empty();
                discipline.blame(link, violation, header.smell().hash());
                return;
            }
            if (!(fate instanceof Fate.Known(StackedHeader next))) {
                link.headersEnded = true;
                break;
            }
            count.add(next);
            if (isBetter(count)) {
                link.headersEnded = false;
                break;
            }
        }
        count.mark();
        forgetTheLongest();
    }

    /** The marks of all counts together are bounded: the longest count gives way, which is no honest peer's need. */
    private void forgetTheLongest() {
        List<Link> counting = links.where(link -> link.count.isPresent());
        int marks = counting.stream().mapToInt(link -> marksOf(link)).sum();
        if (marks > limits.headersAhead() / 4) {
            Link longest = Collections.max(counting, Comparator.comparingInt(HeaderSync::marksOf));
            longest.count = Optional.empty();
            longest.headersEnded = true;
        }
    }

    private static int marksOf(Link link) {
        return link.count.map(BranchCount::marks).orElse(0);
    }

    /** What was counted comes again, to be kept; it must be the same. */
    private void fetchAgain(Link link, BranchCount count, List<CheeseHeader> headers) {
        int sure = count.vouchesFor(headers);
        if (sure == 0) {
            link.count = Optional.empty();
            link.headersEnded = true;
            // NET-HEADERS-CONNECT: what is fetched is what was counted.
            discipline.blame(link, changed(count), count.last().smell().hash());
            return;
        }
        Optional<StackedHeader> last = take(link, headers.subList(0, sure), true);
        if (last.isEmpty() || last.get().height() >= count.last().height()) {
            link.count = Optional.empty();
        } else {
            count.fetched(last.get());
            link.headersEnded = false;
        }
    }

    /** Keeps headers that follow one another; answers the last of them if all are good. */
    private Optional<StackedHeader> take(Link link, List<CheeseHeader> headers, boolean asked) {
        Optional<StackedHeader> previous = Optional.empty();
        for (CheeseHeader header : headers) {
            if (previous.isPresent() && !header.parentSmell().equals(previous.get().smell())) {
                // NET-HEADERS-CONNECT: headers follow one another.
                discipline.blame(link, disconnected(header), header.smell().hash());
                return Optional.empty();
            }
            switch (accept(link, header)) {
                case Fate.Known(StackedHeader checked) -> previous = Optional.of(checked);
                case Fate.Broken(Violation violation) -> {
                    discipline.blame(link, violation, header.smell().hash());
                    return Optional.empty();
                }
                case Fate.NotYet() -> {
                    return Optional.empty();
                }
                case Fate.ParentUnknown() -> {
                    parentUnknown(link, header, asked);
                    return Optional.empty();
                }
            }
        }
        return previous;
    }

    private void parentUnknown(Link link, CheeseHeader header, boolean asked) {
        boolean weForgotIt = link.headersAskedAbove.equals(Optional.of(header.parentSmell()));
        if (asked && !weForgotIt) {
            discipline.blame(link, disconnected(header), header.smell().hash());
        } else {
            ask(link);
        }
    }

    /** Asks for what follows, unless there is no room to keep it now. */
    private void askOn(Link link, int room) {
        if (link.headersAsked || !link.isReady()) {
            return;
        }
        boolean keeps = link.count.isEmpty() || isFetching(link);
        Optional<Smell> above = above(link);
        if (keeps && above.filter(smell -> tree.holds(smell, room)).isPresent()) {
            link.headersPausedMillis = outbox.nowMillis();
        } else if (keeps && above.filter(smell -> known.find(smell).isPresent()).isEmpty()) {
            // It was dropped for others with more work: the peer's next news begins anew.
            link.headersEnded = true;
        } else {
            ask(link, above.map(List::of).orElse(List.of()));
        }
    }

    /** Where to go on: above what was counted, fetched again, or kept. */
    private Optional<Smell> above(Link link) {
        return link.count
                .map(count -> isBetter(count) ? count.fetched() : count.last())
                .or(() -> link.best)
                .map(StackedHeader::smell);
    }

    /** Checks one header, keeps it if its cheese is not stored, and notes that this peer has it. */
    Fate accept(Link link, CheeseHeader header) {
        Fate fate = known.accept(header);
        switch (fate) {
            case Fate.Known(StackedHeader checked) -> noteBest(link, checked);
            case Fate.NotYet() -> waitForIt(link, header);
            case Fate.Broken(Violation _),Fate.ParentUnknown() -> {}
        }
        return fate;
    }

    private void noteBest(Link link, StackedHeader header) {
        link.knownSmells.add(header.smell().hash());
        boolean better = link.best
                .map(best -> best.totalWork().compareTo(header.totalWork()) <= 0)
                .orElse(true);
        if (better) {
            link.best = Optional.of(header);
        }
    }

    private void waitForIt(Link link, CheeseHeader header) {
        boolean worthIt = HeaderRules.timing(header, outbox.clockMillis()) == HeaderRules.Timing.EARLY
                && early.size() < limits.earlyHeaders()
                && early.stream().noneMatch(other -> other.header().equals(header));
        if (worthIt) {
            early.add(new Early(header, link.id(), header.timeMillis() - HeaderRules.MAX_AHEAD_MILLIS));
        }
    }

    /** The cheese was found invalid: it and all above it are refused from now on. */
    void condemn(Smell smell) {
        known.condemn(smell);
        for (Link link : links.all()) {
            if (link.best.filter(best -> known.find(best.smell()).isEmpty()).isPresent()) {
                link.best = Optional.empty();
            }
        }
    }

    /** Looks again at what was early, and gives up on answers that do not come. */
    void tick() {
        long now = outbox.nowMillis();
        List<Early> due = early.stream().filter(waiting -> waiting.dueAtMillis() <= outbox.clockMillis()).toList();
        early.removeAll(due);
        for (Early waiting : due) {
            links.get(waiting.from())
                    .filter(Link::isReady)
                    .ifPresent(link -> take(link, List.of(waiting.header()), false));
        }
        for (Link link : links.ready()) {
            if (link.headersAsked && now - link.headersAskedMillis > limits.requestMillis()) {
                discipline.close(link, Violation.of(Rule.NET_TIMEOUT).with("waitedFor", "Headers"));
            } else if (!link.headersEnded
                    && now - link.headersPausedMillis > PAUSE_MILLIS
                    && (link.count.isPresent() || link.headersPausedMillis > 0 || isBehind(link))) {
                askOn(link, limits.headersAhead() / 4);
            }
        }
    }

    /** Whether the peer has more to tell, but was not asked on for want of room. */
    private boolean isBehind(Link link) {
        return link.best.isPresent()
                && link.theirHello
                        .filter(hello -> hello.height() > link.best.get().height())
                        .filter(hello -> hello.work().compareTo(stack.tip().totalWork().hashes()) > 0)
                        .isPresent();
    }

    private static Violation unsolicited(int count) {
        return Violation.of(Rule.NET_UNSOLICITED).with("message", "Headers").with("count", count);
    }

    private static Violation disconnected(CheeseHeader header) {
        return Violation.of(Rule.NET_HEADERS_CONNECT)
                .with("smell", header.smell())
                .with("parentSmell", header.parentSmell());
    }

    private static Violation changed(BranchCount count) {
        return Violation.of(Rule.NET_HEADERS_CONNECT)
                .with("countedUpTo", count.last().smell())
                .with("fetchedUpTo", count.fetched().smell());
    }
}
