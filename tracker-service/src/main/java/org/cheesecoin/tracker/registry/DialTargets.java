package org.cheesecoin.tracker.registry;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One dial for each target in so many milliseconds, so that the tracker cannot be used to dial others. Not safe to
 * share between threads.
 */
public final class DialTargets {

    private final long pauseMillis;
    private final int maxTargets;
    private final Map<String, Long> dialledAtMillis = new LinkedHashMap<>();

    /** With this pause, remembering at most so many targets. */
    public DialTargets(long pauseMillis, int maxTargets) {
        this.pauseMillis = pauseMillis;
        this.maxTargets = maxTargets;
    }

    /**
     * Takes the dial of this target if it may be dialled now.
     *
     * @return when it may be dialled: {@code nowMillis} if it was taken, later if not
     */
    public long take(String target, long nowMillis) {
        forget(nowMillis);
        Long last = dialledAtMillis.get(target);
        if (last != null) {
            return last + pauseMillis;
        }
        if (dialledAtMillis.size() >= maxTargets) {
            return nowMillis + pauseMillis;
        }
        dialledAtMillis.put(target, nowMillis);
        return nowMillis;
    }

    private void forget(long nowMillis) {
        Iterator<Long> oldestFirst = dialledAtMillis.values().iterator();
        while (oldestFirst.hasNext() && oldestFirst.next() + pauseMillis <= nowMillis) {
            oldestFirst.remove();
        }
    }
}
