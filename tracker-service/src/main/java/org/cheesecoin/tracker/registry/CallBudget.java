package org.cheesecoin.tracker.registry;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** How many signed calls one address may make in a minute: each costs a signature check. Safe to share. */
public final class CallBudget {

    /** Length of a window, in milliseconds. */
    public static final long WINDOW_MILLIS = 60_000;

    /** Addresses counted apart; all further ones of a window share one budget. */
    public static final int MAX_ADDRESSES = 10_000;

    private static final String OTHERS = "others";

    private final int mostPerMinute;
    private final Map<String, Integer> calls = new HashMap<>();
    private long windowStartMillis = Long.MIN_VALUE;

    /** So many for each address. */
    public CallBudget(int mostPerMinute) {
        this.mostPerMinute = mostPerMinute;
    }

    /** Counts a call, or says why it is one too many. */
    public synchronized Optional<Refusal> spend(String address, long nowMillis) {
        long window = nowMillis - Math.floorMod(nowMillis, WINDOW_MILLIS);
        if (window != windowStartMillis) {
            calls.clear();
            windowStartMillis = window;
        }
        String counted = calls.containsKey(address) || calls.size() < MAX_ADDRESSES ? address : OTHERS;
        return calls.merge(counted, 1, Integer::sum) <= mostPerMinute
                ? Optional.empty()
                : Optional.of(new Refusal.TooManyCalls(mostPerMinute, window + WINDOW_MILLIS - nowMillis));
    }
}
