package org.cheesecoin.chain.node;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.stack.CheeseStack;
import org.cheesecoin.chain.stack.CheeseStore;
import org.cheesecoin.chain.wire.CompactCheeses;
import org.cheesecoin.chain.wire.Message;
import org.cheesecoin.chain.wire.Message.CheeseTransactions;
import org.cheesecoin.chain.wire.WireLimits;

/** Answers what peers ask about the stack. Whole cheeses are read off the loop, by the driver. */
final class Serving {

    /** How many of the newest cheeses are kept at hand, for peers that lack some of their payments. */
    private static final int RECENT = 4;

    private final CheeseStack stack;
    private final CheeseStore store;
    private final Discipline discipline;
    private final Outbox outbox;
    private final LinkedHashMap<Smell, Cheese> recent = new LinkedHashMap<>();

    Serving(Parts parts, CheeseStack stack, CheeseStore store) {
        this.stack = stack;
        this.store = store;
        this.discipline = parts.discipline();
        this.outbox = parts.outbox();
    }

    /** A cheese that peers will ask about. */
    void remember(Cheese tip) {
        recent.put(tip.smell(), tip);
        if (recent.size() > RECENT) {
            Map.Entry<Smell, Cheese> oldest = recent.firstEntry();
            recent.remove(oldest.getKey());
        }
    }

    void headers(Link link, List<Smell> locator) {
        outbox.send(link, new Message.Headers(stack.headersAfter(locator, WireLimits.MAX_HEADERS)));
    }

    void cheeses(Link link, List<Smell> smells) {
        smells.forEach(smell -> link.knownSmells.add(smell.hash()));
        outbox.output(new Output.ServeCheeses(link.id(), smells));
    }

    void transactions(Link link, Message.GetCheeseTransactions question) {
        Optional<Cheese> cheese = Optional.ofNullable(recent.get(question.smell()))
                .or(() -> store.cheese(question.smell()));
        if (cheese.isEmpty()) {
            outbox.send(link, new Message.NotFound(List.of(question.smell().hash())));
            return;
        }
        switch (CompactCheeses.answer(cheese.get(), question)) {
            case Outcome.Passed<CheeseTransactions>(CheeseTransactions answer) -> outbox.send(link, answer);
            case Outcome.Refused<CheeseTransactions>(Violation violation) ->
                    discipline.blame(link, violation, question.smell().hash());
        }
    }
}
