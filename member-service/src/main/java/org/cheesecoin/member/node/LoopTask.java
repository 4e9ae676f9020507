package org.cheesecoin.member.node;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import org.cheesecoin.chain.node.Input;

/** What waits in the loop's mailbox. */
sealed interface LoopTask {

    /**
     * Something happened to the node.
     *
     * @param input what
     * @param done run when the node has handled it, or never will
     */
    record Handle(Input input, Runnable done) implements LoopTask {}

    /**
     * Somebody wants something of the loop: to read the node between two inputs, or to change something together with
     * it. The answer is released when all that was done before it is durable.
     *
     * @param work what to do
     * @param answer where its result goes
     * @param <T> what it answers
     */
    record Call<T>(Function<LoopAccess, T> work, CompletableFuture<T> answer) implements LoopTask {}
}
