package org.cheesecoin.member.node;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import org.cheesecoin.chain.node.Input;

/** The way to the loop. Bounded: whoever brings too much waits, which slows a peer down to what the loop can do. */
public final class Mailbox {

    private static final long OFFER_MILLIS = 100;

    private final BlockingQueue<LoopTask> tasks;
    private volatile Door door = Door.OPEN;

    private enum Door {
        OPEN,
        SHUT
    }

    Mailbox(int limit) {
        this.tasks = new ArrayBlockingQueue<>(limit);
    }

    /** Hands in an input; waits while the mailbox is full. After the end it is dropped. */
    public void handle(Input input) {
        put(new LoopTask.Handle(input));
    }

    /**
     * Has this done on the loop.
     *
     * @return completed when all that was done is durable; exceptionally if it failed, or if the loop has ended
     */
    public <T> CompletableFuture<T> call(Function<LoopAccess, T> work) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        put(new LoopTask.Call<>(work, answer));
        return answer;
    }

    /** How many tasks wait. */
    public int depth() {
        return tasks.size();
    }

    /** Waits for a task up to so long, and takes as many as there are up to the limit. */
    List<LoopTask> take(long waitMillis, int limit) throws InterruptedException {
        List<LoopTask> batch = new ArrayList<>();
        LoopTask first = tasks.poll(waitMillis, TimeUnit.MILLISECONDS);
        if (first != null) {
            batch.add(first);
            tasks.drainTo(batch, limit - 1);
        }
        return batch;
    }

    /** The loop has ended: refuses what waits and what still comes. */
    void shut() {
        door = Door.SHUT;
        refuseWaiting();
    }

    /** The loop cannot take them now. */
    void refuseWaiting() {
        List<LoopTask> left = new ArrayList<>();
        tasks.drainTo(left);
        left.forEach(Mailbox::refuse);
    }

    private void put(LoopTask task) {
        try {
            while (door == Door.OPEN) {
                if (tasks.offer(task, OFFER_MILLIS, TimeUnit.MILLISECONDS)) {
                    if (door == Door.SHUT) {
                        shut();
                    }
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        refuse(task);
    }

    /** Nothing of it was done: who waits for an answer is told, an input is dropped. */
    static void refuse(LoopTask task) {
        switch (task) {
            case LoopTask.Call<?> call ->
                    call.answer().completeExceptionally(new RejectedExecutionException("not done; try again"));
            case LoopTask.Handle _ -> {}
        }
    }
}
