package org.cheesecoin.tracker.registry;

/**
 * What the registry says to a signed call.
 *
 * @param <T> what is granted
 */
public sealed interface Answer<T> {

    /**
     * It is done.
     *
     * @param value what came of it
     * @param <T> its type
     */
    record Granted<T>(T value) implements Answer<T> {}

    /**
     * It is not.
     *
     * @param refusal why
     * @param <T> what would have been granted
     */
    record Refused<T>(Refusal refusal) implements Answer<T> {}

    /** It is done. */
    static <T> Answer<T> granted(T value) {
        return new Granted<>(value);
    }

    /** It is not. */
    static <T> Answer<T> refused(Refusal refusal) {
        return new Refused<>(refusal);
    }
}
