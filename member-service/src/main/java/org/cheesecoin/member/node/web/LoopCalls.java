package org.cheesecoin.member.node.web;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

import org.cheesecoin.chain.node.Input;
import org.cheesecoin.member.node.LoopAccess;
import org.cheesecoin.member.node.Mailbox;
import org.cheesecoin.web.Problem;
import org.cheesecoin.web.Refusal;
import org.springframework.stereotype.Component;

/** Asks the loop on behalf of an HTTP call, which waits a bounded time on its virtual thread. */
@Component
public class LoopCalls {

    private static final long MAX_WAIT_MILLIS = 20_000;
    private static final long RETRY_AFTER_SECONDS = 5;

    private final Mailbox mailbox;

    LoopCalls(Mailbox mailbox) {
        this.mailbox = mailbox;
    }

    /**
     * What the loop answers. The question runs on the loop: it must be short, and must not throw.
     *
     * @throws Refusal with {@link Problem#NOT_READY} if the member stops or is overloaded
     */
    public <T> T ask(Function<LoopAccess, T> question) {
        return await(mailbox.call(question));
    }

    /** Hands in an input and then asks; the answer comes when both are durable. */
    public <T> T tell(Input input, Function<LoopAccess, T> question) {
        mailbox.handle(input);
        return await(mailbox.call(question));
    }

    /** As {@link #ask}, where the answer comes later than the question is done. */
    public <T> T askForPromise(Function<LoopAccess, CompletableFuture<T>> question) {
        return await(mailbox.call(question).thenCompose(it -> it));
    }

    private static <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.get(MAX_WAIT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            throw Refusal.retryLater(Problem.NOT_READY,
                    "The member has too much to do; the call may still take effect", RETRY_AFTER_SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RejectedExecutionException) {
                throw Refusal.retryLater(Problem.NOT_READY, "The member is stopping or starting again",
                        RETRY_AFTER_SECONDS);
            }
            throw new IllegalStateException("the loop failed", e.getCause());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new Refusal(Problem.NOT_READY, "The member is stopping");
        }
    }
}
