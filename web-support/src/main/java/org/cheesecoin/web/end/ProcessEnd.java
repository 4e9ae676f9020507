package org.cheesecoin.web.end;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Ends this process with status 1: fails its liveness at once, stops as on SIGTERM, and where that hangs ends it all the
 * same. Only the first reason counts. Where memory runs out the JVM itself ends the process, with status 3
 * ({@code -XX:+ExitOnOutOfMemoryError}).
 */
public final class ProcessEnd implements Consumer<String> {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessEnd.class);

    private static final int STATUS = 1;
    /** A clean stop of a member waits 20 s for a loop that hangs. */
    private static final Duration CLEAN_STOP = Duration.ofSeconds(40);

    private final ApplicationEventPublisher events;
    private final AtomicBoolean isEnding = new AtomicBoolean();

    ProcessEnd(ApplicationEventPublisher events) {
        this.events = events;
    }

    /** Does not return, but to whom comes second. */
    @Override
    public void accept(String reason) {
        if (isEnding.compareAndSet(false, true)) {
            try {
                Thread.ofPlatform().name("last-resort").daemon().start(ProcessEnd::haltInTheEnd);
                LOG.error("The program ends, to be started again: {}", reason);
                AvailabilityChangeEvent.publish(events, this, LivenessState.BROKEN);
            } catch (RuntimeException | Error e) {
                // as when there is no memory for a thread: there will be none for a clean stop either
                Runtime.getRuntime().halt(STATUS);
            }
            System.exit(STATUS);
        }
    }

    private static void haltInTheEnd() {
        try {
            TimeUnit.SECONDS.sleep(CLEAN_STOP.toSeconds());
            Runtime.getRuntime().halt(STATUS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
