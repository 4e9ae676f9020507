package org.cheesecoin.web;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.helpers.MessageFormatter;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;

/**
 * Bounds the log whatever comes. Each logger has a budget for each level, so that what strangers can make one part say
 * never silences another part, nor an error of the same one; and the trace of one exception is printed once in a while,
 * its line each time. What was left out is counted, and said before the next line that is written.
 */
final class LogLimits extends TurboFilter {

    /** Lines at once: a start, a stop, a reorganisation of a logger's in one go. */
    static final int BURST_LINES = 100;
    /** How long a spent budget takes for one more line. */
    static final long NANOS_PER_LINE = TimeUnit.SECONDS.toNanos(1);
    /** How long the trace of an exception is not printed again. */
    static final long NANOS_PER_TRACE = TimeUnit.MINUTES.toNanos(1);
    /** Traces that are remembered; beyond them all are forgotten, and each is printed once more. */
    static final int MAX_TRACES = 256;

    private static final String FQCN = Logger.class.getName();

    private final LongSupplier nanoTime;
    private final ConcurrentHashMap<Source, Budget> budgets = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Long> traces = new ConcurrentHashMap<>();

    /** One logger's lines of one level. */
    private record Source(String logger, Level level) {}

    /** What may still be said. */
    private static final class Budget {

        private double lines = BURST_LINES;
        private long lastNanos;
        private long leftOut;

        Budget(long nowNanos) {
            lastNanos = nowNanos;
        }

        /** How many lines were left out since the last one; negative if this one is, too. */
        synchronized long spend(long nowNanos) {
            lines = Math.min(BURST_LINES, lines + (double) (nowNanos - lastNanos) / NANOS_PER_LINE);
            lastNanos = nowNanos;
            // the line that says how many were left out is one, too
            int needed = leftOut == 0 ? 1 : 2;
            if (lines < needed) {
                leftOut++;
                return -1;
            }
            lines -= needed;
            long before = leftOut;
            leftOut = 0;
            return before;
        }
    }

    LogLimits(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] params,
            @Nullable Throwable thrown) {
        // without a format somebody asks only whether the level is on; below INFO an operator chose it
        if (format == null || !level.isGreaterOrEqual(Level.INFO)
                || !level.isGreaterOrEqual(logger.getEffectiveLevel())) {
            return FilterReply.NEUTRAL;
        }
        long now = nanoTime.getAsLong();
        long leftOut = budgets.computeIfAbsent(new Source(logger.getName(), level), _ -> new Budget(now)).spend(now);
        if (leftOut < 0) {
            return FilterReply.DENY;
        }
        if (leftOut > 0) {
            logger.callAppenders(new LoggingEvent(FQCN, logger, level, "{} lines like the next were left out", null,
                    new Object[]{leftOut}));
        }
        // a line with values has its exception behind them, where only SLF4J's formatter looks
        Throwable printed = thrown == null ? MessageFormatter.getThrowableCandidate(params) : thrown;
        if (printed != null && isKnown(printed, now)) {
            String text = MessageFormatter.arrayFormat(format, params).getMessage();
            logger.callAppenders(new LoggingEvent(FQCN, logger, level, "{} ({}; its trace stands above)", null,
                    new Object[]{text, printed.toString()}));
            return FilterReply.DENY;
        }
        return FilterReply.NEUTRAL;
    }

    private boolean isKnown(Throwable thrown, long now) {
        StackTraceElement[] trace = thrown.getStackTrace();
        String key = thrown.getClass().getName() + (trace.length == 0 ? "" : trace[0].toString());
        if (traces.size() >= MAX_TRACES) {
            traces.clear();
        }
        Long last = traces.get(key);
        if (last != null && now - last < NANOS_PER_TRACE) {
            return true;
        }
        traces.put(key, now);
        return false;
    }
}
