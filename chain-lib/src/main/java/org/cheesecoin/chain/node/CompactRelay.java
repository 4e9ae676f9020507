package org.cheesecoin.chain.node;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.consensus.StackedHeader;
import org.cheesecoin.chain.mempool.Mempool;
import org.cheesecoin.chain.mempool.MempoolEntry;
import org.cheesecoin.chain.stack.CheeseStack;
import org.cheesecoin.chain.wire.CompactCheeses;
import org.cheesecoin.chain.wire.Message;
import org.cheesecoin.chain.wire.Reassembly;

/** New cheeses, sent without the payments that the receiver has already, and put together again. */
final class CompactRelay {

    private record Open(Reassembly reassembly, LinkId link) {}

    private final long maxBytes;
    private final CheeseStack stack;
    private final Mempool mempool;
    private final HeaderSync headers;
    private final CheeseIntake intake;
    private final CheeseDownload download;
    private final Links links;
    private final Discipline discipline;
    private final Outbox outbox;
    private final RandomGenerator random;
    private final Map<Smell, Open> open = new LinkedHashMap<>();

    CompactRelay(
            NodeLimits limits,
            Parts parts,
            CheeseStack stack,
            Mempool mempool,
            HeaderSync headers,
            CheeseIntake intake,
            CheeseDownload download) {
        this.maxBytes = limits.compactBytes();
        this.stack = stack;
        this.mempool = mempool;
        this.headers = headers;
        this.intake = intake;
        this.download = download;
        this.links = parts.links();
        this.discipline = parts.discipline();
        this.outbox = parts.outbox();
        this.random = parts.random();
    }

    /** Tells every peer of a new tip that does not know it. */
    void announce(Cheese tip) {
        Optional<Message.CompactCheese> compact = Optional.empty();
        for (Link link : links.ready()) {
            if (!link.knownSmells.add(tip.smell().hash())) {
                continue;
            }
            if (compact.isEmpty()) {
                compact = CompactCheeses.of(tip, random.nextLong());
            }
            Message announcement = compact.<Message>map(message -> message)
                    .orElseGet(() -> new Message.Headers(List.of(tip.header())));
            outbox.send(link, announcement);
        }
    }

    /** A peer has a new cheese. */
    void compact(Link link, Message.CompactCheese compact) {
        Smell smell = compact.header().smell();
        switch (headers.accept(link, compact.header())) {
            case KnownHeaders.Fate.Known(StackedHeader header) -> {
                // Each costs a look at the whole mempool: one of each link is worth it, and then the whole cheese.
                if (isNew(smell) && download.isWorthIt(header) && link.compactSmells.add(smell.hash())) {
                    take(link, compact);
                }
            }
            case KnownHeaders.Fate.ParentUnknown() -> headers.ask(link);
            case KnownHeaders.Fate.Broken(Violation violation) -> discipline.blame(link, violation, smell.hash());
            case KnownHeaders.Fate.NotYet() -> {}
        }
    }

    private boolean isNew(Smell smell) {
        return stack.header(smell).isEmpty()
                && !intake.holds(smell)
                && !download.isExpected(smell);
    }

    private void take(Link link, Message.CompactCheese compact) {
        boolean parentStored = stack.header(compact.header().parentSmell()).isPresent()
                || intake.holds(compact.header().parentSmell());
        // While we are behind, the download asks for it in its turn.
        if (parentStored) {
            proceed(link, Reassembly.start(
                    compact,
                    mempool.entries().stream().map(MempoolEntry::payment).toList()));
        }
    }

    private void proceed(Link link, Reassembly.Result result) {
        switch (result) {
            case Reassembly.Result.Complete(Cheese cheese) -> download.arrived(cheese, link);
            case Reassembly.Result.Missing(Reassembly reassembly, var _) when !hasRoom(link, reassembly) ->
                    download.askWhole(link, reassembly.smell());
            case Reassembly.Result.Missing(Reassembly reassembly, Message.GetCheeseTransactions question) -> {
                open.put(reassembly.smell(), new Open(reassembly, link.id()));
                download.expect(link, reassembly.smell());
                outbox.send(link, question);
            }
            case Reassembly.Result.WholeNeeded(Smell smell, Reassembly.Reason _) -> download.askWhole(link, smell);
        }
    }

    private boolean hasRoom(Link link, Reassembly reassembly) {
        long held = 0;
        for (Open other : open.values()) {
            if (other.link().equals(link.id())) {
                return false;
            }
            held += other.reassembly().memoryBytes();
        }
        return held + reassembly.memoryBytes() <= maxBytes;
    }

    /** A peer sends what a compact cheese lacked. */
    void transactions(Link link, Message.CheeseTransactions answer) {
        Open question = open.get(answer.smell());
        // NET-UNSOLICITED: answers come only where something was asked.
        if (question == null || !question.link().equals(link.id())) {
            Violation violation = Violation.of(Rule.NET_UNSOLICITED).with("smell", answer.smell());
            discipline.blame(link, violation, answer.smell().hash());
            return;
        }
        open.remove(answer.smell());
        if (!download.isExpected(answer.smell())) {
            // It came from another, since this one was late.
            link.owedCheeses.forget(answer.smell());
            return;
        }
        switch (question.reassembly().fill(answer)) {
            case Outcome.Passed<Reassembly.Result>(Reassembly.Result result) -> proceed(link, result);
            case Outcome.Refused<Reassembly.Result>(Violation violation) -> {
                discipline.blame(link, violation, answer.smell().hash());
                if (link.isReady()) {
                    download.askWhole(link, answer.smell());
                }
            }
        }
    }

    /** The peer has not, or no more, what it was asked for. */
    void notFound(Link link, Smell smell) {
        Open question = open.get(smell);
        if (question != null && question.link().equals(link.id())) {
            open.remove(smell);
        }
    }

    /** Forgets questions that were answered in another way, as by the whole cheese; one that came late is no fault. */
    void tick() {
        open.entrySet().removeIf(entry -> links.get(entry.getValue().link())
                .filter(link -> link.owedCheeses.contains(entry.getKey()))
                .isEmpty());
    }

    /** The link is gone with what it owed. */
    void gone(Link link) {
        open.values().removeIf(question -> question.link().equals(link.id()));
    }
}
