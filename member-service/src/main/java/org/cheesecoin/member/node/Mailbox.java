package org.cheesecoin.member.node;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

import org.cheesecoin.chain.node.Input;

/**
 * The way to the loop, in two lanes: what this member and its users bring, and what links bring. Each is bounded, so that
 * whoever brings too much waits, and the loop takes from both in turn: a stranger's thousand messages do not stand before a
 * user's call.
 */
public final class Mailbox {

    private static final long OFFER_MILLIS = 100;

    private final BlockingQueue<LoopTask> own;
    private final BlockingQueue<LoopTask> ofLinks;
    private final FairBytes messageBytes;
    private final Semaphore arrived = new Semaphore(0);
    private volatile Door door = Door.OPEN;

    private enum Door {
        OPEN,
        SHUT
    }

    /**
     * @param limit tasks of each lane
     * @param messageBytes frames' bytes of all the messages that wait; decoded, they take several times as much
     */
    public Mailbox(int limit, long messageBytes) {
        this.own = new ArrayBlockingQueue<>(limit);
        this.ofLinks = new ArrayBlockingQueue<>(limit);
        this.messageBytes = new FairBytes(messageBytes);
    }

    /** Hands in an input of this member's own; waits while too much waits. After the end it is dropped. */
    public void handle(Input input) {
        put(own, new LoopTask.Handle(input, () -> {}));
    }

    /** Hands in what happened to a link; waits while too much waits. After the end it is dropped. */
    public void handleOfLink(Input input) {
        put(ofLinks, new LoopTask.Handle(input, () -> {}));
    }

    /**
     * Hands in what a link sent; waits while too much waits. After the end it is dropped.
     *
     * @param room gives back what the link took of its share
     */
    public void handle(Input.MessageReceived message, Runnable room) {
        put(ofLinks, new LoopTask.Handle(message, room));
    }

    /** The share of a link that opens. */
    public LinkShare shareOfLink(BooleanSupplier isOpen) {
        return new LinkShare(messageBytes, isOpen);
    }

    /**
     * Has this done on the loop.
     *
     * @return completed when all that was done is durable; exceptionally if it failed, or if the loop has ended
     */
    public <T> CompletableFuture<T> call(Function<LoopAccess, T> work) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        put(own, new LoopTask.Call<>(work, answer));
        return answer;
    }

    /** How many tasks wait. */
    public int depth() {
        return own.size() + ofLinks.size();
    }

    /**
     * Waits for a task up to so long, and takes as many as there are up to the limit: the own ones first, but at least a
     * quarter of the others, if there are so many.
     */
    List<LoopTask> take(long waitMillis, int limit) throws InterruptedException {
        List<LoopTask> batch = new ArrayList<>();
        if (arrived.tryAcquire(waitMillis, TimeUnit.MILLISECONDS)) {
            arrived.drainPermits();
            own.drainTo(batch, limit - Math.min(ofLinks.size(), limit / 4));
            ofLinks.drainTo(batch, limit - batch.size());
            if (depth() > 0) {
                arrived.release();
            }
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
        own.drainTo(left);
        ofLinks.drainTo(left);
        left.forEach(Mailbox::refuse);
    }

    private void put(BlockingQueue<LoopTask> lane, LoopTask task) {
        try {
            while (door == Door.OPEN) {
                if (lane.offer(task, OFFER_MILLIS, TimeUnit.MILLISECONDS)) {
                    arrived.release();
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
            case LoopTask.Handle handle -> handle.done().run();
        }
    }
}
