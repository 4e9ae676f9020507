package org.cheesecoin.system.strangers;

import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/** The sockets and threads of one attack. When its time is over or it is closed, all sockets are, and so all threads end. */
public final class Hands implements AutoCloseable {

    private static final long LAST_WORDS_SECONDS = 20;

    private final Source source;
    private final long endNanos;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Set<Line> lines = ConcurrentHashMap.newKeySet();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final AtomicInteger sockets = new AtomicInteger();
    private final AtomicLong sentBytes = new AtomicLong();
    /** What broke in an attack itself: it was not made then, and nothing stood it. */
    private final AtomicReference<@Nullable RuntimeException> fault = new AtomicReference<>();

    /** Work of a thread of its own. A socket that breaks ends it: whoever attacks must expect that. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }

    /** The same piece of work for each of many. */
    @FunctionalInterface
    interface NumberedWork {
        void run(int number) throws IOException;
    }

    Hands(Source source, int seconds) {
        this.source = source;
        this.endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    }

    /** Whether there is time left. */
    boolean isBusy() {
        return over.getCount() > 0 && leftNanos() > 0;
    }

    private long leftNanos() {
        return endNanos - System.nanoTime();
    }

    /** Does nothing for so long, or until the attack is over. */
    void rest(long millis) {
        try {
            boolean _ = over.await(Math.min(TimeUnit.MILLISECONDS.toNanos(millis), leftNanos()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Keeps what was opened until the attack is over. */
    void stay() {
        rest(TimeUnit.NANOSECONDS.toMillis(leftNanos()) + 1);
    }

    /** A connection to this port of this machine, closed at the end at the latest. */
    Line dial(int port) throws IOException {
        Line line = Line.dial(source.address(sockets.getAndIncrement()), port, sentBytes);
        lines.add(line);
        if (over.getCount() == 0) {
            drop(line);
        }
        return line;
    }

    /** Hangs up, at once and without a word of WebSocket or HTTP. */
    void drop(Line line) {
        lines.remove(line);
        line.close();
    }

    /** Does this in a thread of its own. */
    void start(Work work) {
        Thread thread = Thread.ofVirtual().unstarted(() -> {
            try {
                work.run();
            } catch (IOException _) {
                // the other end hung up, or the attack is over
            } catch (RuntimeException e) {
                fault.compareAndSet(null, e);
            } finally {
                threads.remove(Thread.currentThread());
            }
        });
        threads.add(thread);
        thread.start();
    }

    /** Does this so many times side by side. */
    void side(int count, NumberedWork work) {
        for (int i = 0; i < count; i++) {
            int number = i;
            start(() -> work.run(number));
        }
    }

    /** Does this again and again while there is time, at most so many times; what broke off is begun anew. */
    void again(int count, NumberedWork work) {
        for (int i = 0; i < count && isBusy(); i++) {
            try {
                work.run(i);
            } catch (IOException _) {
                // refused or cut off: that is what the next try is for
                rest(1);
            }
        }
    }

    long sentBytes() {
        return sentBytes.get();
    }

    /** Returns when all work is done or the time is over. */
    void awaitEnd() {
        joinUntil(endNanos);
    }

    @Override
    public void close() {
        over.countDown();
        lines.forEach(Line::close);
        lines.clear();
        joinUntil(System.nanoTime() + TimeUnit.SECONDS.toNanos(LAST_WORDS_SECONDS));
        if (!threads.isEmpty()) {
            throw new IllegalStateException("an attack does not end: " + threads.size() + " threads");
        }
        RuntimeException broken = fault.get();
        if (broken != null) {
            throw new IllegalStateException("this attack was not made: its own code fails", broken);
        }
    }

    private void joinUntil(long deadlineNanos) {
        try {
            Iterator<Thread> left = threads.iterator();
            while (left.hasNext() && System.nanoTime() < deadlineNanos) {
                boolean _ = left.next().join(Duration.ofNanos(Math.max(deadlineNanos - System.nanoTime(), 1)));
                left = threads.iterator();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
