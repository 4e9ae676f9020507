package org.cheesecoin.tracker.liveness;

import java.util.Optional;
import java.util.function.LongSupplier;

import org.cheesecoin.web.end.Vital;

/**
 * A tracker that does not look any more for dials that are due lists nobody new and keeps whoever left. It counts the
 * watchdog's looks, not the clock's seconds: a machine that slept, or a clock that was set, ends nobody.
 */
final class DialVital implements Vital {

    /** A minute of the watchdog's looks; it looks for dials several times a second. */
    static final int MAX_LOOKS_WITHOUT_TICK = 60;

    private final LongSupplier ticks;
    private long lastTicks = -1;
    private int looksWithoutTick;

    /**
     * @param ticks how often the tracker has looked for dials
     */
    DialVital(LongSupplier ticks) {
        this.ticks = ticks;
    }

    @Override
    public Optional<String> get() {
        long now = ticks.getAsLong();
        looksWithoutTick = now == lastTicks ? looksWithoutTick + 1 : 0;
        lastTicks = now;
        return looksWithoutTick >= MAX_LOOKS_WITHOUT_TICK
                ? Optional.of("it has not looked for dials that are due for a minute")
                : Optional.empty();
    }
}
