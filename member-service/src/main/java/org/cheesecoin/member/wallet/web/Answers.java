package org.cheesecoin.member.wallet.web;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.web.Problem;
import org.cheesecoin.web.ProblemDocument;
import org.cheesecoin.web.Refusal;

/** Waits for the loop on a virtual thread, within a limit. */
final class Answers {

    /** Longest wait of a call, in milliseconds. */
    static final long WAIT_MILLIS = 10_000;

    private static final long RETRY_SECONDS = 5;

    private Answers() {}

    /** The answer; the problem not-ready where it takes too long or the member stops. */
    static <T> T of(CompletableFuture<T> future) {
        return within(future).orElseThrow(() -> notReady("The member is busy; the call may still be done"));
    }

    /** The answer, or none if it takes too long. */
    static <T> Optional<T> within(CompletableFuture<T> future) {
        try {
            return Optional.of(future.get(WAIT_MILLIS, TimeUnit.MILLISECONDS));
        } catch (TimeoutException _) {
            return Optional.empty();
        } catch (ExecutionException _) {
            throw notReady("The member is stopping, or starts again from what it has stored");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw notReady("The member is stopping");
        }
    }

    /** The wallet's state stands against it, by this rule. */
    static Refusal conflict(String detail, Violation violation) {
        return new Refusal(new ProblemDocument(Problem.CONFLICT, detail, Optional.of(violation), violation.values(),
                new LinkedHashMap<>()));
    }

    static Refusal notReady(String detail) {
        return Refusal.retryLater(Problem.NOT_READY, detail, RETRY_SECONDS);
    }
}
