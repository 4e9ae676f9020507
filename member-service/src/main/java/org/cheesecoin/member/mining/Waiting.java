package org.cheesecoin.member.mining;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/** Waits for somebody else's work to end. */
final class Waiting {

    private Waiting() {}

    /**
     * Returns once nobody holds this lock.
     *
     * @throws TimeoutException somebody still does after so long, or the caller was interrupted
     */
    static void forTheEndOf(ReentrantLock work, long maxMillis) throws TimeoutException {
        try {
            if (work.tryLock(maxMillis, TimeUnit.MILLISECONDS)) {
                work.unlock();
                return;
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        throw new TimeoutException("what is under way has not ended within " + maxMillis + " ms");
    }
}
