package org.cheesecoin.chain.node;

import java.util.List;

import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.wire.Message;

/** What a peer asks that only the committed stack can answer. The driver reads it off the loop ({@link Output.Serve}). */
public sealed interface Question {

    /**
     * The headers above the first of these that is on the best branch: one {@link Message.Headers}.
     *
     * @param locator as it was asked, highest first
     */
    record Headers(List<Smell> locator) implements Question {
        public Headers {
            locator = List.copyOf(locator);
        }
    }

    /**
     * Whole cheeses: one {@link Message.CheeseBody} each, in order, and one {@link Message.NotFound} with those that are
     * not there.
     *
     * @param smells which, from 1 to {@link LinkAccount#CHEESES_PER_ANSWER}
     */
    record Cheeses(List<Smell> smells) implements Question {
        public Cheeses {
            smells = List.copyOf(smells);
        }
    }

    /**
     * Some payments of one cheese: one {@link Message.CheeseTransactions}, or {@link Message.NotFound} where the cheese is
     * not there. Where it has no payment at one of the positions, {@link Input.FrameRefused} says so instead.
     *
     * @param asked as it was asked
     */
    record CheeseTransactions(Message.GetCheeseTransactions asked) implements Question {}
}
