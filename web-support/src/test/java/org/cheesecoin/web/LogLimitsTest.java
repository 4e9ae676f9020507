package org.cheesecoin.web;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;

import static org.assertj.core.api.Assertions.assertThat;

/** A log that strangers cannot fill, and in which an operator finds what is to be found. */
class LogLimitsTest {

    private static final int MANY = 10_000;

    private final AtomicLong nanos = new AtomicLong();
    private final LoggerContext context = new LoggerContext();
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void start() {
        var limits = new LogLimits(nanos::get);
        limits.start();
        context.addTurboFilter(limits);
        lines.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(lines);
    }

    private List<String> texts() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private void passSeconds(long seconds) {
        nanos.addAndGet(seconds * LogLimits.NANOS_PER_LINE);
    }

    @Test
    void aFloodIsCutAndCounted() {
        Logger loud = context.getLogger("loud");
        for (int i = 0; i < MANY; i++) {
            loud.warn("again {}", i);
        }
        assertThat(texts()).hasSize(LogLimits.BURST_LINES);
        passSeconds(2);
        loud.warn("at last");
        assertThat(texts().subList(LogLimits.BURST_LINES, lines.list.size()))
                .containsExactly(MANY - LogLimits.BURST_LINES + " lines like the next were left out", "at last");
    }

    @Test
    void anHourOfAFloodIsOneLineASecond() {
        Logger loud = context.getLogger("loud");
        for (int i = 0; i < 3_600; i++) {
            passSeconds(1);
            loud.warn("again");
            loud.warn("again");
        }
        assertThat(lines.list).hasSizeLessThanOrEqualTo(LogLimits.BURST_LINES + 3_600);
    }

    @Test
    void oneLoggersFloodSilencesNeitherAnotherNorItsOwnErrors() {
        Logger loud = context.getLogger("org.cheesecoin.web.ProblemAdvice");
        for (int i = 0; i < MANY; i++) {
            loud.warn("again");
        }
        lines.list.clear();
        context.getLogger("org.cheesecoin.member.node.NodeLoop").error("The loop failed");
        loud.error("This one is ours");
        assertThat(texts()).containsExactly("The loop failed", "This one is ours");
    }

    @Test
    void theTraceOfOneExceptionIsPrintedOnceInAWhile() {
        Logger loud = context.getLogger("loud");
        for (int i = 0; i < 3; i++) {
            loud.error("failed", new IllegalStateException("because"));
        }
        assertThat(lines.list.stream().filter(it -> it.getThrowableProxy() != null)).hasSize(1);
        assertThat(texts()).hasSize(3);
        assertThat(texts().getLast()).contains("failed", "IllegalStateException: because");
        passSeconds(61);
        loud.error("failed", new IllegalStateException("because"));
        assertThat(lines.list.stream().filter(it -> it.getThrowableProxy() != null)).hasSize(2);
    }

    @Test
    void theTraceIsPrintedOnceHoweverManyValuesTheLineHas() {
        Logger loud = context.getLogger("loud");
        for (int i = 0; i < 3; i++) {
            loud.error("{} failed", "/one", new IllegalStateException("of {}"));
            loud.error("{} {} failed", "GET", "/two", new IllegalArgumentException("of {}"));
        }
        assertThat(lines.list.stream().filter(it -> it.getThrowableProxy() != null)).hasSize(2);
        assertThat(texts().subList(4, 6)).containsExactly(
                "/one failed (java.lang.IllegalStateException: of {}; its trace stands above)",
                "GET /two failed (java.lang.IllegalArgumentException: of {}; its trace stands above)");
    }

    @Test
    void whatIsBelowInfoIsAnOperatorsChoice() {
        Logger chosen = context.getLogger("chosen");
        for (int i = 0; i < MANY; i++) {
            chosen.debug("detail");
        }
        assertThat(lines.list).hasSize(MANY);
    }
}
