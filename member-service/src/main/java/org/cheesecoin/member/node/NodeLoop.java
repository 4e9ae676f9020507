package org.cheesecoin.member.node;

import java.time.InstantSource;
import java.util.List;

import org.cheesecoin.chain.node.Input;
import org.cheesecoin.chain.node.NodeLimits;
import org.cheesecoin.chain.node.Output;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one writer. It takes what waits in the mailbox, has the node handle it, commits all changes as one flushed
 * transaction, and only then releases the outputs. After a failed commit it starts again from the store, as after a
 * crash.
 */
public final class NodeLoop {

    private static final Logger LOG = LoggerFactory.getLogger(NodeLoop.class);

    private final NodeFactory factory;
    private final Mailbox mailbox;
    private final List<LoopFollower> followers;
    private final InstantSource clock;
    private final LoopSettings settings;
    private final Thread thread;

    private volatile State state = State.RUNNING;
    private volatile long lastTurnMillis;
    private LoopTurn turn;
    private long lastCommitMillis;
    private long nextTickMillis;

    /** How the loop stands. */
    public enum State {
        /** Serves. */
        RUNNING,
        /** Was asked to stop. */
        STOPPING,
        /** Broke, beyond a start from the store. */
        BROKEN
    }

    /**
     * @param factory opens the store, here and after each failed commit
     */
    NodeLoop(
            NodeFactory factory,
            Mailbox mailbox,
            List<LoopFollower> followers,
            InstantSource clock,
            LoopSettings settings) {
        this.factory = factory;
        this.mailbox = mailbox;
        this.followers = List.copyOf(followers);
        this.clock = clock;
        this.settings = settings;
        this.turn = newTurn();
        this.thread = Thread.ofPlatform().name("node-loop").unstarted(this::run);
    }

    void start() {
        lastTurnMillis = clock.millis();
        thread.start();
    }

    /** Commits what is under way, refuses what still waits, and closes the store. */
    void stop() {
        state = State.STOPPING;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How the loop stands. */
    public State state() {
        return state;
    }

    /** When the last turn ended. */
    public long lastTurnMillis() {
        return lastTurnMillis;
    }

    private void run() {
        try {
            turn.start();
            commit();
            while (state == State.RUNNING) {
                turnOnce();
            }
            commit();
        } catch (InterruptedException | RuntimeException | Error e) {
            state = State.BROKEN;
            LOG.error("The loop broke and cannot go on; the member must be started again", e);
        } finally {
            mailbox.shut();
            turn.abandon();
            turn.close();
        }
    }

    /** One turn: take, handle, commit, release. */
    private void turnOnce() throws InterruptedException {
        List<LoopTask> batch = mailbox.take(millisToTick(), settings.batchTasks());
        try {
            batch.forEach(turn::perform);
            if (clock.millis() >= nextTickMillis) {
                nextTickMillis = clock.millis() + NodeLimits.TICK_MILLIS;
                turn.handle(new Input.Tick());
            }
            if (mayPutOffCommit()) {
                release(turn.takeUrgent());
            } else {
                commit();
            }
        } catch (RuntimeException e) {
            LOG.error("A turn of the loop failed; starting again from what is stored", e);
            restart();
        }
        lastTurnMillis = clock.millis();
    }

    /** A clock that was set back must not keep the loop from ticking. */
    private long millisToTick() {
        long nowMillis = clock.millis();
        nextTickMillis = Math.min(nextTickMillis, nowMillis + NodeLimits.TICK_MILLIS);
        return Math.max(0, nextTickMillis - nowMillis);
    }

    /** While it catches up, a flush for each cheese would halve the rate, and nobody was promised anything. */
    private boolean mayPutOffCommit() {
        return turn.isCatchingUp(settings.catchUpCheeses())
                && turn.uncommittedChanges() < settings.catchUpFlushChanges()
                && clock.millis() - lastCommitMillis < settings.catchUpFlushMillis();
    }

    private void commit() {
        turn.commit();
        lastCommitMillis = clock.millis();
        release(turn.takeAll());
    }

    private void release(List<Output> outputs) {
        if (!outputs.isEmpty()) {
            followers.forEach(follower -> follower.released(outputs));
        }
    }

    private void restart() {
        turn.abandon();
        turn.close();
        turn = newTurn();
        turn.start();
    }

    private LoopTurn newTurn() {
        return new LoopTurn(factory, followers, clock);
    }
}
