package org.cheesecoin.chain.consensus;

import java.util.function.Supplier;

import org.cheesecoin.chain.cheese.MalformedException;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Rule;

/**
 * One row of the corruption tables: something valid with exactly one thing broken.
 *
 * @param rule the one that must refuse it
 * @param what is broken, in words
 * @param answer what the decoder or the rules say
 */
record BrokenRule(Rule rule, String what, Supplier<Outcome<?>> answer) {

    static BrokenRule of(Rule rule, String what, Supplier<Outcome<?>> answer) {
        return new BrokenRule(rule, what, answer);
    }

    /** One that a constructor must refuse. */
    static BrokenRule made(Rule rule, String what, Supplier<?> constructor) {
        return new BrokenRule(rule, what, () -> {
            try {
                return Outcome.passed(constructor.get());
            } catch (MalformedException e) {
                return Outcome.refused(e.violation());
            }
        });
    }

    @Override
    public String toString() {
        return rule.id() + ": " + what;
    }
}
