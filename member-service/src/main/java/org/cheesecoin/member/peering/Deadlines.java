package org.cheesecoin.member.peering;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends, by the clock, what takes too long between members, whatever arrives meanwhile. On a thread that nothing holds up. */
final class Deadlines implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Deadlines.class);

    /** Two seconds are the shortest deadline. */
    private static final long LOOK_MILLIS = 100;

    private final Connections connections;
    private final Dialler dialler;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("gossip-deadlines").daemon().factory());

    Deadlines(Connections connections, Dialler dialler) {
        this.connections = connections;
        this.dialler = dialler;
        thread.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            connections.closeOverdue();
            dialler.endOverdue();
        } catch (RuntimeException e) {
            // An exception that left this method would end the watch for good.
            LOG.error("A look at the deadlines failed", e);
        }
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
