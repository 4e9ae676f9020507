package org.cheesecoin.chain.node;

import java.util.LinkedHashMap;
import java.util.List;

import org.cheesecoin.chain.cheese.Smell;

/**
 * The cheeses that one peer was asked for and has not sent, and how many it may owe at once: few at first, one more for
 * each that it delivers, half as many when it is late. So a peer that stalls never holds many.
 */
final class OwedCheeses {

    /** What a peer may owe that has delivered nothing yet. */
    static final int FIRST_WINDOW = 8;

    private final int maxWindow;
    private final LinkedHashMap<Smell, Long> askedMillis = new LinkedHashMap<>();
    private int window;
    private long narrowedMillis;

    OwedCheeses(int maxWindow) {
        this.maxWindow = maxWindow;
        this.window = Math.min(FIRST_WINDOW, maxWindow);
    }

    int count() {
        return askedMillis.size();
    }

    /** How many more it may be asked for. */
    int room() {
        return Math.max(0, window - count());
    }

    boolean contains(Smell smell) {
        return askedMillis.containsKey(smell);
    }

    List<Smell> smells() {
        return List.copyOf(askedMillis.keySet());
    }

    /** It is asked for this one, for the first time or in another way. */
    void ask(Smell smell, long nowMillis) {
        askedMillis.putLast(smell, nowMillis);
    }

    /** It delivered; answers how long that took, in milliseconds. */
    long delivered(Smell smell, long nowMillis) {
        window = Math.min(window + 1, maxWindow);
        Long asked = askedMillis.remove(smell);
        return asked == null ? 0 : nowMillis - asked;
    }

    /** It does not owe this one any more; answers whether it did. */
    boolean forget(Smell smell) {
        return askedMillis.remove(smell) != null;
    }

    /** Those asked for longer ago than this. */
    List<Smell> olderThan(long millis, long nowMillis) {
        return askedMillis.entrySet().stream()
                .filter(question -> nowMillis - question.getValue() > millis)
                .map(question -> question.getKey())
                .toList();
    }

    /** It is late by this measure: half as many from now on, once for each such time. */
    void narrow(long lateMillis, long nowMillis) {
        if (nowMillis - narrowedMillis > lateMillis) {
            narrowedMillis = nowMillis;
            window = Math.max(1, window / 2);
        }
    }
}
