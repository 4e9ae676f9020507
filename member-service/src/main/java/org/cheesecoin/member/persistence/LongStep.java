package org.cheesecoin.member.persistence;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A step of a start that may take long, and that the next start begins again whenever this one is killed. While it is open
 * the log says how far it is, and SIGTERM ends the process at once: Spring would wait for ten minutes until the start is
 * over.
 */
final class LongStep implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LongStep.class);

    /** Often enough for who waits in front of it, and 720 lines an hour. */
    private static final long SAY_SECONDS = 5;
    /** What a process ends with that SIGTERM has ended: for systemd, Docker and the launcher somebody's wish. */
    private static final int STATUS = 143;

    private final Supplier<String> state;
    private final CountDownLatch isOver = new CountDownLatch(1);
    private final Thread ending = new Thread(LongStep::endAtOnce, "end-of-a-long-step");

    private LongStep(Supplier<String> state) {
        this.state = state;
    }

    /** @param state what is done, and how far it is, in words */
    static LongStep begin(Supplier<String> state) {
        LongStep step = new LongStep(state);
        Runtime.getRuntime().addShutdownHook(step.ending);
        Thread.ofPlatform().name("long-step").daemon().start(step::say);
        return step;
    }

    private void say() {
        long began = System.nanoTime();
        try {
            while (!isOver.await(SAY_SECONDS, TimeUnit.SECONDS)) {
                LOG.info("{}, for {} s now", state.get(), TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void endAtOnce() {
        LOG.info("The program was told to end: what it began is dropped, and the next start begins it again");
        Runtime.getRuntime().halt(STATUS);
    }

    @Override
    public void close() {
        isOver.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(ending);
        } catch (IllegalStateException _) {
            // it is ending: the hook runs already
        }
    }
}
