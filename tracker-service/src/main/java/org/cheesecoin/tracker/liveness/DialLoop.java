package org.cheesecoin.tracker.liveness;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

import org.cheesecoin.tracker.registry.Dial;
import org.cheesecoin.tracker.registry.DialResult;
import org.cheesecoin.tracker.registry.Registry;
import org.cheesecoin.web.MonotonicClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/** Makes the dials that the registry has due, a bounded number at a time, each in a virtual thread. */
final class DialLoop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DialLoop.class);

    private final Registry registry;
    private final MemberDialler dialler;
    private final MonotonicClock clock;
    private final ProbeMeter meter;
    private final Semaphore slots;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile long lookedMillis;
    private volatile long looks;

    DialLoop(Registry registry, MemberDialler dialler, int maxAtOnce, MonotonicClock clock, ProbeMeter meter) {
        this.registry = registry;
        this.dialler = dialler;
        this.clock = clock;
        this.meter = meter;
        this.slots = new Semaphore(maxAtOnce);
        this.lookedMillis = clock.millis();
    }

    /** Starts what is due. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one tick at a time
    @Scheduled(fixedDelayString = "${cheesecoin.tracker.liveness.tick-millis:200}")
    void tick() {
        int free = slots.drainPermits();
        try {
            for (Dial dial : registry.takeDials(free, clock.millis())) {
                threads.execute(() -> make(dial));
                free--;
            }
        } finally {
            // whatever failed, no slot is lost
            slots.release(free);
        }
        lookedMillis = clock.millis();
        looks++;
    }

    /** When it last looked for what is due. */
    long lookedMillis() {
        return lookedMillis;
    }

    /** How often it has looked for what is due. */
    long looks() {
        return looks;
    }

    private void make(Dial dial) {
        DialResult result = new DialResult.Failed("the tracker could not dial");
        try {
            result = dialler.dial(dial);
            LOG.debug("Dialled {} at {}: {}", dial.nodeId(), dial.url(), result);
        } catch (RuntimeException e) {
            LOG.error("A dial of {} ended in a bug", dial.url(), e);
        } finally {
            meter.count(dial, result);
            registry.finishDial(dial, result, clock.millis());
            slots.release();
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
