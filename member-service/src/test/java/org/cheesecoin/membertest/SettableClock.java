package org.cheesecoin.membertest;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** The machine's clock, which somebody sets forward and back. */
public final class SettableClock implements InstantSource {

    private final AtomicLong aheadMillis = new AtomicLong();

    @Override
    public Instant instant() {
        return Instant.now().plusMillis(aheadMillis.get());
    }

    /** Sets it so far ahead of the true time, or behind it where this is negative. */
    public void setAhead(long millis) {
        aheadMillis.set(millis);
    }
}
