package org.cheesecoin.web;

import java.util.function.Supplier;

import org.cheesecoin.web.guard.Share;
import org.cheesecoin.web.guard.Turns;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Lets reads that need megabytes for a moment do so a few at a time, one for each address. A turn is for the reading
 * alone and not for writing the answer, so that a slow reader of answers keeps nobody waiting. Safe to share.
 */
public final class DearReads {

    /** Two, so that one processor's reading does not wait for another's disk; a full cheese takes 14 MB to decode. */
    static final Share AT_ONCE = new Share(2, 1);
    /** How long a read waits for its turn: less than the patience of most clients. */
    static final int MAX_WAIT_MILLIS = 5_000;
    private static final long RETRY_AFTER_SECONDS = 5;
    private static final String NOBODY = "";

    private final Turns turns = new Turns(AT_ONCE);

    /**
     * Reads this in its turn.
     *
     * @throws Refusal if the turn did not come in time
     */
    public <T> T inTurn(Supplier<T> read) {
        String caller = RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes call
                ? Callers.of(call.getRequest())
                : NOBODY;
        if (!turns.begin(caller, MAX_WAIT_MILLIS)) {
            throw Refusal.retryLater(Problem.NOT_READY, "Too many such calls are at work", RETRY_AFTER_SECONDS);
        }
        try {
            return read.get();
        } finally {
            turns.end(caller);
        }
    }
}
