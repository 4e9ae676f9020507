package org.cheesecoin.member.node;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Ends this process with status 1: fails its liveness at once, stops as on SIGTERM, and where that hangs ends it all the
 * same.
 */
final class ProcessEnd implements Consumer<String> {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessEnd.class);

    private static final int STATUS = 1;
    /** A clean stop waits 20 s for a loop that hangs. */
    private static final Duration CLEAN_STOP = Duration.ofSeconds(40);

    private final ApplicationEventPublisher events;

    ProcessEnd(ApplicationEventPublisher events) {
        this.events = events;
    }

    @Override
    public void accept(String reason) {
        LOG.error("The member ends, to be started again: {}", reason);
        AvailabilityChangeEvent.publish(events, this, LivenessState.BROKEN);
        Thread.ofPlatform().name("last-resort").daemon().start(ProcessEnd::haltInTheEnd);
        System.exit(STATUS);
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
