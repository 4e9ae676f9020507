package org.cheesecoin.member.node;

import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * How much of the mailbox one link fills: so many messages, and of the bytes that all links share. What it has taken is
 * given back when the loop has handled the message, or refused it.
 */
public final class LinkShare {

    /** Messages of one link that wait for the loop; what is beyond waits in the socket. */
    public static final int MAX_MESSAGES = 64;

    private final FairBytes bytes;
    private final BooleanSupplier isOpen;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int messages;

    LinkShare(FairBytes bytes, BooleanSupplier isOpen) {
        this.bytes = bytes;
        this.isOpen = isOpen;
    }

    /**
     * Waits for room for one more message.
     *
     * @param frameBytes the length of its frame
     * @return what gives the room back; nothing where the link was closed meanwhile
     */
    public Optional<Runnable> take(int frameBytes) {
        lock.lock();
        try {
            while (messages >= MAX_MESSAGES) {
                if (!isOpen.getAsBoolean()) {
                    return Optional.empty();
                }
                changed.awaitUninterruptibly();
            }
            messages++;
        } finally {
            lock.unlock();
        }
        Optional<FairBytes.Grant> grant = bytes.take(frameBytes, isOpen);
        if (grant.isEmpty()) {
            handled();
        }
        return grant.map(it -> () -> {
            it.release();
            handled();
        });
    }

    /** The link may be closed. */
    public void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        bytes.wake();
    }

    private void handled() {
        lock.lock();
        try {
            messages--;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
