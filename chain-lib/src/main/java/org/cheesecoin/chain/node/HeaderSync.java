package org.cheesecoin.chain.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.cheesecoin.chain.cheese.CheeseHeader;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.consensus.HeaderRules;
import org.cheesecoin.chain.consensus.NetworkParameters;
import org.cheesecoin.chain.consensus.StackedHeader;
import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.stack.CheeseStack;
import org.cheesecoin.chain.wire.Message;
import org.cheesecoin.chain.wire.WireLimits;

/**
 * Headers first: asks for them, checks them, and keeps those whose cheeses are not stored. Only checked headers count;
 * what a Hello says of its work is a hint.
 */
final class HeaderSync {

    /** What became of one header. */
    sealed interface Fate {
        /** It is valid; its cheese is stored or wanted. */
        record Known(StackedHeader header) implements Fate {}

        /** It stands on what we do not know. */
        record ParentUnknown() implements Fate {}

        /** It breaks a rule. */
        record Broken(Violation violation) implements Fate {}

        /** Our clock says that it is not time yet. */
        record NotYet() implements Fate {}
    }

    /** Headers that may come unasked: a new tip, or the few that a reorganisation brings. */
    static final int MAX_ANNOUNCED = 16;

    private static final int MAX_HEADERS_DUE = 4;

    private record Early(CheeseHeader header, LinkId from, long dueAtMillis) {}

    private final NodeLimits limits;
    private final NetworkParameters parameters;
    private final CheeseStack stack;
    private final HeaderTree tree;
    private final Links links;
    private final Discipline discipline;
    private final Outbox outbox;
    private final BoundedSet<Smell> condemned;
    private final List<Early> early = new ArrayList<>();

    HeaderSync(NodeConfig config, Parts parts, CheeseStack stack, HeaderTree tree) {
        this.limits = config.limits();
        this.parameters = config.network().parameters();
        this.stack = stack;
        this.tree = tree;
        this.links = parts.links();
        this.discipline = parts.discipline();
        this.outbox = parts.outbox();
        this.condemned = new BoundedSet<>(config.limits().rememberedPerLink());
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
        link.knownSmells.add(stack.tip().smell());
        outbox.send(link, new Message.Headers(List.of(stack.tip().header())));
    }

    /** Asks for what lies above the stack, if nothing is asked there already. */
    void ask(Link link) {
        if (!link.headersAsked) {
            request(link, stack.locator());
        }
    }

    private void askAbove(Link link, Smell last) {
        List<Smell> locator = new ArrayList<>(stack.locator());
        locator.addFirst(last);
        request(link, locator.subList(0, Math.min(locator.size(), WireLimits.MAX_LOCATOR)));
    }

    private void request(Link link, List<Smell> locator) {
        link.headersAsked = true;
        link.headersDue = Math.min(link.headersDue + 1, MAX_HEADERS_DUE);
        link.headersAskedMillis = outbox.nowMillis();
        outbox.send(link, new Message.GetHeaders(locator));
    }

    /** Headers came, asked for or as an announcement, which may overtake the answer. */
    void headers(Link link, List<CheeseHeader> headers) {
        if (headers.size() > MAX_ANNOUNCED) {
            // NET-UNSOLICITED: counted, since an announcement may have passed for the answer.
            if (link.headersDue == 0) {
                discipline.blame(link, unsolicited(headers.size()), Hash256.ZERO);
                return;
            }
            link.headersDue--;
        }
        boolean asked = link.headersAsked && !isAnnouncement(headers);
        if (asked) {
            link.headersAsked = false;
            link.headersEnded = headers.size() < WireLimits.MAX_HEADERS;
        }
        take(link, headers, asked);
    }

    /** One header whose parent we lack answers no question: answers begin above what we have. */
    private boolean isAnnouncement(List<CheeseHeader> headers) {
        return headers.size() == 1 && find(headers.getFirst().parentSmell()).isEmpty();
    }

    private void take(Link link, List<CheeseHeader> headers, boolean asked) {
        Optional<StackedHeader> previous = Optional.empty();
        for (CheeseHeader header : headers) {
            if (previous.isPresent() && !header.parentSmell().equals(previous.get().smell())) {
                // NET-HEADERS-CONNECT: headers follow one another.
                discipline.blame(link, disconnected(header), header.smell().hash());
                return;
            }
            switch (accept(link, header)) {
                case Fate.Known(StackedHeader known) -> previous = Optional.of(known);
                case Fate.Broken(Violation violation) -> {
                    discipline.blame(link, violation, header.smell().hash());
                    return;
                }
                case Fate.NotYet() -> {
                    return;
                }
                case Fate.ParentUnknown() -> {
                    if (asked) {
                        discipline.blame(link, disconnected(header), header.smell().hash());
                    } else {
                        ask(link);
                    }
                    return;
                }
            }
        }
        if (headers.size() == WireLimits.MAX_HEADERS && tree.size() < limits.headersAhead() / 2) {
            previous.ifPresent(last -> askAbove(link, last.smell()));
        }
    }

    /** Checks one header, keeps it if its cheese is not stored, and notes that this peer has it. */
    Fate accept(Link link, CheeseHeader header) {
        Fate fate = accept(header);
        switch (fate) {
            case Fate.Known(StackedHeader known) -> noteBest(link, known);
            case Fate.NotYet() -> waitForIt(link, header);
            case Fate.Broken(Violation _),Fate.ParentUnknown() -> {}
        }
        return fate;
    }

    /** Checks one header and keeps it if its cheese is not stored. */
    Fate accept(CheeseHeader header) {
        Smell smell = header.smell();
        Optional<StackedHeader> known = find(smell);
        if (known.isPresent()) {
            return new Fate.Known(known.get());
        }
        Optional<Violation> broken = HeaderRules.standAlone(header, smell);
        if (broken.isPresent()) {
            return new Fate.Broken(broken.get());
        }
        // HDR-PARENT-INVALID: the parent is not a cheese that was found invalid.
        if (condemned.contains(smell) || condemned.contains(header.parentSmell())) {
            condemned.add(smell);
            return new Fate.Broken(Violation.of(Rule.HDR_PARENT_INVALID).with("smell", smell));
        }
        Optional<StackedHeader> parent = find(header.parentSmell());
        if (parent.isEmpty()) {
            // HDR-BLUE-CHEESE: height 0 is the network's own.
            return header.height() == 0
                    ? new Fate.Broken(Violation.of(Rule.HDR_BLUE_CHEESE).with("smell", smell))
                    : new Fate.ParentUnknown();
        }
        Optional<Violation> misplaced = HeaderRules.inContext(header, parent.get(), parameters);
        if (misplaced.isPresent()) {
            return new Fate.Broken(misplaced.get().with("smell", smell));
        }
        if (HeaderRules.timing(header, outbox.nowMillis()) != HeaderRules.Timing.DUE) {
            return new Fate.NotYet();
        }
        StackedHeader stacked = parent.get().child(header, smell, parameters);
        tree.add(stacked);
        return new Fate.Known(stacked);
    }

    /** A header that is stored, or in the tree. */
    Optional<StackedHeader> find(Smell smell) {
        Optional<StackedHeader> stored = stack.header(smell);
        return stored.isPresent() ? stored : tree.get(smell);
    }

    private void noteBest(Link link, StackedHeader header) {
        link.knownSmells.add(header.smell());
        boolean better = link.best
                .map(best -> best.totalWork().compareTo(header.totalWork()) <= 0)
                .orElse(true);
        if (better) {
            link.best = Optional.of(header);
        }
    }

    private void waitForIt(Link link, CheeseHeader header) {
        boolean worthIt = HeaderRules.timing(header, outbox.nowMillis()) == HeaderRules.Timing.EARLY
                && early.size() < limits.earlyHeaders()
                && early.stream().noneMatch(other -> other.header().equals(header));
        if (worthIt) {
            early.add(new Early(header, link.id(), header.timeMillis() - HeaderRules.MAX_AHEAD_MILLIS));
        }
    }

    /** The cheese was found invalid: it and all above it are refused from now on. */
    void condemn(Smell smell) {
        condemned.add(smell);
        tree.condemn(smell);
        for (Link link : links.all()) {
            if (link.best.filter(best -> find(best.smell()).isEmpty()).isPresent()) {
                link.best = Optional.empty();
            }
        }
    }

    /** Looks again at what was early, and gives up on answers that do not come. */
    void tick() {
        long now = outbox.nowMillis();
        List<Early> due = early.stream().filter(waiting -> waiting.dueAtMillis() <= now).toList();
        early.removeAll(due);
        for (Early waiting : due) {
            links.get(waiting.from())
                    .filter(Link::isReady)
                    .ifPresent(link -> take(link, List.of(waiting.header()), false));
        }
        for (Link link : links.ready()) {
            if (link.headersAsked && now - link.headersAskedMillis > limits.requestMillis()) {
                discipline.close(link, Violation.of(Rule.NET_TIMEOUT).with("waitedFor", "Headers"));
            } else if (!link.headersAsked && isBehind(link)) {
                link.best.ifPresent(best -> askAbove(link, best.smell()));
            }
        }
    }

    /** Whether the peer has more to tell but was not asked on, because the tree was full. */
    private boolean isBehind(Link link) {
        return tree.size() < limits.headersAhead() / 4
                && !link.headersEnded
                && link.best.isPresent()
                && link.theirHello
                        .filter(hello -> hello.height() > link.best.get().height())
                        .isPresent()
                && link.theirHello
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
}
