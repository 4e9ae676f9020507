package org.cheesecoin.member.persistence;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Whether what is stored can be read, as readers read it. Whoever asks waits a bounded time; any number of askers share one
 * read, on a thread that nobody interrupts, so that asking costs next to nothing and a disk that hangs holds nobody.
 */
public final class StoreProbe implements AutoCloseable {

    /** An answer is as good as new for so long, in milliseconds: four reads a second at most, whoever asks. */
    static final long FRESH_MILLIS = 250;
    /** A read takes well under a millisecond; a probe of Kubernetes gives up after 3 s, in milliseconds. */
    static final long PATIENCE_MILLIS = 2_000;

    /** How the store stands. */
    public enum Verdict {
        /** It can be read. */
        READS,
        /** It cannot be read now, or not in time. */
        FAILS,
        /** It was closed under this process, which cannot open it again. */
        CLOSED
    }

    private final Supplier<Verdict> read;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("store-probe").daemon().factory());
    private CompletableFuture<Verdict> latest = CompletableFuture.completedFuture(Verdict.FAILS);
    private long doneNanos = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(FRESH_MILLIS);

    /**
     * @param read reads once, however long that takes
     */
    StoreProbe(Supplier<Verdict> read) {
        this.read = read;
    }

    /** How it stands now; not being readable within {@value #PATIENCE_MILLIS} ms is failing. */
    public Verdict verdict() {
        try {
            return current().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException _) {
            return Verdict.FAILS;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Verdict.FAILS;
        }
    }

    private synchronized CompletableFuture<Verdict> current() {
        boolean isOld = System.nanoTime() - doneNanos >= TimeUnit.MILLISECONDS.toNanos(FRESH_MILLIS);
        if (latest.isDone() && isOld && !thread.isShutdown()) {
            latest = CompletableFuture.supplyAsync(this::readNow, thread);
        }
        return latest;
    }

    private Verdict readNow() {
        try {
            return read.get();
        } finally {
            synchronized (this) {
                doneNanos = System.nanoTime();
            }
        }
    }

    /** Asks no more. A read that hangs is left to its own end. */
    @Override
    public void close() {
        thread.shutdown();
    }
}
