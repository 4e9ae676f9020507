package org.cheesecoin.chain.cheese;

import java.util.function.Function;

/**
 * What a check or a decoder answers: the value, or the rule that stands against it.
 *
 * @param <T> what passes
 */
public sealed interface Outcome<T> {

    /**
     * It passed.
     *
     * @param value what passed
     * @param <T> what passes
     */
    record Passed<T>(T value) implements Outcome<T> {}

    /**
     * It was refused.
     *
     * @param violation why
     * @param <T> what would have passed
     */
    record Refused<T>(Violation violation) implements Outcome<T> {}

    /** It passed. */
    static <T> Outcome<T> passed(T value) {
        return new Passed<>(value);
    }

    /** It was refused. */
    static <T> Outcome<T> refused(Violation violation) {
        return new Refused<>(violation);
    }

    /** Goes on with the value, or keeps the refusal. */
    default <R> Outcome<R> then(Function<? super T, Outcome<R>> next) {
        return switch (this) {
            case Passed<T>(T value) -> next.apply(value);
            case Refused<T>(Violation violation) -> refused(violation);
        };
    }

    /** The value, where a refusal would be a bug of the caller. */
    default T orElseThrow() {
        return switch (this) {
            case Passed<T>(T value) -> value;
            case Refused<T>(Violation violation) -> throw new MalformedException(violation);
        };
    }
}
