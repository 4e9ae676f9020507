package org.cheesecoin.web;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;

/**
 * One budget of calls for each caller. It remembers so many callers and forgets who has been silent longest: at worst a
 * stranger with thousands of addresses is counted anew. Safe to share.
 */
final class CallerBudgets {

    /** Callers counted at once. */
    static final int MAX_CALLERS = 10_000;

    private final CallRate rate;
    private final Time time;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MAX_CALLERS;
        }
    };

    CallerBudgets(CallRate rate) {
        this(rate, System::nanoTime);
    }

    /** @param nanoTime never goes back: a clock that is set must not keep callers out until it has caught up */
    CallerBudgets(CallRate rate, LongSupplier nanoTime) {
        this.rate = rate;
        this.time = new Time(nanoTime);
    }

    /** As the library takes it; its own default is the machine's clock. */
    private record Time(LongSupplier nanoTime) implements TimeMeter {

        @Override
        public long currentTimeNanos() {
            return nanoTime.getAsLong();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }

    CallRate rate() {
        return rate;
    }

    /** Spends a call; how long to wait for the next one if there is none left, else zero. */
    Duration spend(String caller) {
        return Duration.ofNanos(bucket(caller).tryConsumeAndReturnRemaining(1).getNanosToWaitForRefill());
    }

    synchronized int callers() {
        return buckets.size();
    }

    private synchronized Bucket bucket(String caller) {
        return buckets.computeIfAbsent(caller, _ -> Bucket.builder()
                .withCustomTimePrecision(time)
                .addLimit(it -> it.capacity(rate.calls()).refillGreedy(rate.calls(), rate.period()))
                .build());
    }
}
