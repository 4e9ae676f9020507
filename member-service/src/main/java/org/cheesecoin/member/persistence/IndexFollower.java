package org.cheesecoin.member.persistence;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Keeps the index going on a thread of its own. {@code cheesecoin.index.enabled=false} switches it off. */
public class IndexFollower implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(IndexFollower.class);
    private static final long STOP_MILLIS = 5_000;

    private final StackIndexer indexer;
    private final boolean enabled;
    private final Duration pause;
    private final Duration giveWay;
    private final Semaphore news = new Semaphore(0);
    private final AtomicLong resumeNanos = new AtomicLong(System.nanoTime());
    private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();

    /**
     * @param pause after which it looks for a new tip without being told
     * @param giveWay how long it rests at each word that the member catches up
     */
    IndexFollower(StackIndexer indexer, boolean enabled, Duration pause, Duration giveWay) {
        this.indexer = indexer;
        this.enabled = enabled;
        this.pause = pause;
        this.giveWay = giveWay;
    }

    /** There is a new tip. Without this word the index looks for itself, about every second. */
    public void wake() {
        news.release();
    }

    /** Throws the index away and builds it again. Asked while it is built again, it begins anew. */
    public void rebuild() {
        indexer.forget();
        LOG.info("The index is built again");
        wake();
    }

    /**
     * The member catches up: for a moment the disk and the processors are the loop's alone. The index takes as much of
     * both as the stack itself, and halved the rate at which a member joins.
     */
    public void giveWay() {
        resumeNanos.set(System.nanoTime() + giveWay.toNanos());
    }

    @Override
    public void start() {
        if (enabled) {
            Thread follower = Thread.ofPlatform().name("indexer").daemon().unstarted(this::follow);
            thread.set(follower);
            follower.start();
        }
    }

    @Override
    public void stop() {
        Thread running = thread.getAndSet(null);
        if (running != null) {
            news.release();
            try {
                running.join(STOP_MILLIS);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return thread.get() != null;
    }

    private void follow() {
        while (isMine()) {
            try {
                if (mustGiveWay() || indexer.advance() == StackIndexer.Progress.AT_TIP) {
                    rest();
                }
            } catch (RuntimeException | Error e) {
                // its thread would end without a word, and the index with it
                LOG.warn("The index could not follow, and tries again: {}", e.toString());
                rest();
            }
        }
    }

    private boolean mustGiveWay() {
        return System.nanoTime() - resumeNanos.get() < 0;
    }

    private boolean isMine() {
        return Thread.currentThread().equals(thread.get()) && !Thread.currentThread().isInterrupted();
    }

    private void rest() {
        try {
            boolean woken = news.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
            LOG.trace("Woken: {}", woken);
            news.drainPermits();
        } catch (InterruptedException _) {
            // only a stop interrupts, which the loop above sees
            Thread.currentThread().interrupt();
        }
    }
}
