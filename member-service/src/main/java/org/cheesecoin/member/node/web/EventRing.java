package org.cheesecoin.member.node.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The last events, numbered from 1 in this run. Readers come with the number that they had last and wait for what
 * follows, each at its own pace; who falls behind the ring has lost events and is told so. Adding never waits for a
 * reader.
 */
final class EventRing {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final String run;
    private final NodeEvent[] ring;
    private long last;
    private boolean closed;

    /**
     * @param run names this run of the member: letters and digits
     * @param size how many events are kept
     */
    EventRing(String run, int size) {
        this.run = run;
        this.ring = new NodeEvent[size];
    }

    /** An event with its number. */
    record Numbered(long sequence, NodeEvent event) {}

    /** What a reader gets. */
    sealed interface Reading {

        /** What came after its number; empty if nothing did in the time that it waited. */
        record Events(List<Numbered> events) implements Reading {}

        /** What came after its number is partly gone. */
        record Lost() implements Reading {}

        /** There will be no more. */
        record Closed() implements Reading {}
    }

    void add(NodeEvent event) {
        lock.lock();
        try {
            last++;
            ring[index(last)] = event;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The number of the newest event, 0 before the first. */
    long last() {
        lock.lock();
        try {
            return last;
        } finally {
            lock.unlock();
        }
    }

    /** The id that the stream shows for this number. */
    String id(long sequence) {
        return run + "-" + sequence;
    }

    /** The number behind an id; none if it is not one of this run, or too old, or not yet given. */
    Optional<Long> sequence(String id) {
        String prefix = run + "-";
        if (!id.startsWith(prefix) || !id.substring(prefix.length()).matches("[0-9]{1,18}")) {
            return Optional.empty();
        }
        long sequence = Long.parseLong(id.substring(prefix.length()));
        lock.lock();
        try {
            return sequence <= last && sequence >= last - ring.length ? Optional.of(sequence) : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for events after this number, up to so long. */
    Reading after(long sequence, long waitMillis, int limit) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long leftNanos = TimeUnit.MILLISECONDS.toNanos(waitMillis);
            while (!closed && last <= sequence && leftNanos > 0) {
                leftNanos = news.awaitNanos(leftNanos);
            }
            if (closed) {
                return new Reading.Closed();
            }
            if (sequence < last - ring.length) {
                return new Reading.Lost();
            }
            List<Numbered> events = new ArrayList<>();
            for (long next = sequence + 1; next <= last && events.size() < limit; next++) {
                events.add(new Numbered(next, ring[index(next)]));
            }
            return new Reading.Events(events);
        } finally {
            lock.unlock();
        }
    }

    /** Sends every reader home. */
    void close() {
        lock.lock();
        try {
            closed = true;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private int index(long sequence) {
        return (int) (sequence % ring.length);
    }
}
