package org.cheesecoin.chain.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.cheese.CheeseHeader;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.consensus.StackedHeader;
import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.node.Question;
import org.cheesecoin.chain.stack.CheeseStore;
import org.cheesecoin.chain.wire.CompactCheeses;
import org.cheesecoin.chain.wire.Message;
import org.cheesecoin.chain.wire.WireLimits;

/** What a driver must answer to the questions that a node hands to it. */
public final class StoreAnswers {

    private StoreAnswers() {}

    /** The messages that answer this from what a store holds; refused where the question fits no cheese. */
    public static Outcome<List<Message>> to(Question question, CheeseStore store) {
        return switch (question) {
            case Question.Headers(List<Smell> locator) -> Outcome.passed(List.of(headers(locator, store)));
            case Question.Cheeses(List<Smell> smells) -> Outcome.passed(cheeses(smells, store));
            case Question.CheeseTransactions(Message.GetCheeseTransactions asked) -> {
                Optional<Cheese> cheese = store.cheese(asked.smell());
                yield cheese.isEmpty()
                        ? Outcome.passed(List.of(new Message.NotFound(List.of(asked.smell().hash()))))
                        : CompactCheeses.answer(cheese.get(), asked).then(it -> Outcome.passed(List.of(it)));
            }
        };
    }

    private static Message headers(List<Smell> locator, CheeseStore store) {
        int above = locator.stream()
                .flatMap(smell -> store.header(smell).stream())
                .filter(header -> store.headerAt(header.height()).equals(Optional.of(header)))
                .findFirst()
                .map(StackedHeader::height)
                .orElse(0);
        List<CheeseHeader> headers = store.headersFrom(above + 1, WireLimits.MAX_HEADERS).stream()
                .map(StackedHeader::header)
                .toList();
        return new Message.Headers(headers);
    }

    private static List<Message> cheeses(List<Smell> smells, CheeseStore store) {
        List<Message> answers = new ArrayList<>();
        List<Hash256> missing = new ArrayList<>();
        for (Smell smell : smells) {
            store.cheese(smell).ifPresentOrElse(
                    cheese -> answers.add(new Message.CheeseBody(cheese)), () -> missing.add(smell.hash()));
        }
        if (!missing.isEmpty()) {
            answers.add(new Message.NotFound(missing));
        }
        return answers;
    }
}
