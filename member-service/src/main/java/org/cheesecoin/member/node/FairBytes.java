package org.cheesecoin.member.node;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * So many bytes that many share, given out in the order in which they were asked for. One piece is always possible,
 * however large it is: it waits until nobody else has any.
 */
public final class FairBytes {

    private final long limitBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Grant> waiting = new ArrayDeque<>();
    private long takenBytes;

    /** @param limitBytes how many there are */
    public FairBytes(long limitBytes) {
        if (limitBytes <= 0) {
            throw new IllegalArgumentException("no bytes to share: " + limitBytes);
        }
        this.limitBytes = limitBytes;
    }

    /** Some of the bytes, until they are given back. */
    public final class Grant {

        private long bytes;

        private Grant(long bytes) {
            this.bytes = bytes;
        }

        /** Gives them back; a second time does nothing. */
        public void release() {
            lock.lock();
            try {
                takenBytes -= bytes;
                bytes = 0;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * Waits for so many bytes.
     *
     * @param isWanted asked at each {@link #wake()}; once it says no, the waiting ends
     * @return nothing where they are not wanted any more
     */
    public Optional<Grant> take(int bytes, BooleanSupplier isWanted) {
        Grant grant = new Grant(Math.min(bytes, limitBytes));
        lock.lock();
        try {
            waiting.addLast(grant);
            while (waiting.peekFirst() != grant || takenBytes + grant.bytes > limitBytes) {
                if (!isWanted.getAsBoolean()) {
                    waiting.remove(grant);
                    changed.signalAll();
                    return Optional.empty();
                }
                changed.awaitUninterruptibly();
            }
            waiting.removeFirst();
            takenBytes += grant.bytes;
            changed.signalAll();
            return Optional.of(grant);
        } finally {
            lock.unlock();
        }
    }

    /** Somebody who waits may not want any more. */
    public void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether somebody waits, so that whoever is slow with what it has keeps others waiting. */
    public boolean isShort() {
        lock.lock();
        try {
            return !waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** How many are given out. */
    public long takenBytes() {
        lock.lock();
        try {
            return takenBytes;
        } finally {
            lock.unlock();
        }
    }
}
