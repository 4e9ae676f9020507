package org.cheesecoin.member.node;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.cheesecoin.chain.node.Input;
import org.cheesecoin.chain.node.NodeLimits;
import org.cheesecoin.chain.node.Output;
import org.cheesecoin.member.persistence.StoreFailure;
import org.cheesecoin.member.persistence.UnusableDatabase;
import org.cheesecoin.member.settings.DiskFailure;
import org.cheesecoin.web.start.EndStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * The one writer. It takes what waits in the mailbox, has the node handle it, commits all changes as one flushed
 * transaction, and only then releases the outputs. After a failed commit it starts again from the store, as after a
 * crash.
 */
public final class NodeLoop {

    private static final Logger LOG = LoggerFactory.getLogger(NodeLoop.class);

    private static final Duration STOP = Duration.ofSeconds(20);

    private final NodeFactory factory;
    private final Mailbox mailbox;
    private final List<LoopFollower> followers;
    private final MemberClock clock;
    private final LoopSettings settings;
    private final Thread thread;

    private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);
    private volatile String whyBroken = "";
    private volatile long lastTurnMillis;
    private volatile long turns;
    private long turnsAtFailure = -1;
    private LoopTurn turn;
    private long lastCommitMillis;
    private long nextTickMillis;
    private long handlingNanos;
    private OptionalLong commitNanos = OptionalLong.empty();

    /** How the loop stands. */
    public enum State {
        /** Serves. */
        RUNNING,
        /** Does nothing until its store can be opened again, and tries that all the time. */
        WAITING_FOR_STORE,
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
            MemberClock clock,
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
        lastTurnMillis = clock.steadyMillis();
        thread.start();
    }

    /** Commits what is under way, refuses what still waits, and closes the store. A loop that is stuck is left. */
    void stop() {
        state.set(State.STOPPING);
        try {
            if (!thread.join(STOP)) {
                LOG.error("The loop did not end within {} s; what it has not committed is lost", STOP.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How the loop stands. */
    public State state() {
        return state.get();
    }

    /** Why it broke, for the end of a sentence; nothing where its log has a trace. */
    String whyBroken() {
        return whyBroken;
    }

    /** When the last turn ended well, by the steady clock: a loop whose every turn fails is as stuck as one that hangs. */
    public long lastTurnMillis() {
        return lastTurnMillis;
    }

    /** How many turns ended well. */
    long turns() {
        return turns;
    }

    /** Where its thread is, a line for each call. */
    String whereItIs() {
        return Stream.of(thread.getStackTrace()).map(it -> "\n    at " + it).collect(Collectors.joining());
    }

    private void run() {
        try {
            begin();
            while (state.get() == State.RUNNING) {
                turnOnce();
            }
            commit();
        } catch (InterruptedException | RuntimeException | Error e) {
            if (e instanceof EndStatus.Reason) {
                whyBroken = ": " + e.getMessage();
            } else {
                LOG.error("The loop broke and cannot go on; the member must be started again", e);
            }
            state.set(State.BROKEN);
        } finally {
            mailbox.shut();
            discard();
        }
    }

    /** A damaged file is no better the next time: the loop ends, and with it the process, which says what its owner can do. */
    private void requireWholeFile(Throwable failure) {
        factory.trouble(failure).filter(it -> it.endStatus() == EndStatus.MEND_FIRST).ifPresent(it -> {
            throw it;
        });
    }

    /** From here on a database that is away is no reason to give up. */
    private void begin() throws InterruptedException {
        try {
            turn.start();
            commit();
        } catch (StoreFailure | DiskFailure | DataAccessException e) {
            requireWholeFile(e);
            LOG.warn("Could not start from what is stored, and tries again: {}", e.getMessage());
            restart();
        }
    }

    /** One turn: take, handle, commit, release. */
    private void turnOnce() throws InterruptedException {
        Deque<LoopTask> batch = new ArrayDeque<>(mailbox.take(millisToTick(), settings.batchTasks()));
        handlingNanos = 0;
        commitNanos = OptionalLong.empty();
        try {
            int tasks = perform(batch);
            if (clock.steadyMillis() >= nextTickMillis) {
                nextTickMillis = clock.steadyMillis() + NodeLimits.TICK_MILLIS;
                tick();
            }
            long deadlineMillis = clock.steadyMillis() + settings.groupMillis();
            while (tasks < settings.batchTasks() && isWorthWaiting(deadlineMillis)) {
                batch.addAll(mailbox.take(settings.groupMillis(), settings.batchTasks() - tasks));
                tasks += perform(batch);
            }
            if (!mayPutOffCommit()) {
                commit();
            }
            turn.ended(new LoopTimes(tasks, handlingNanos, commitNanos));
            lastTurnMillis = clock.steadyMillis();
            turns++;
        } catch (RuntimeException | Error e) {
            batch.forEach(Mailbox::refuse);
            requireWholeFile(e);
            logFailed(e);
            if (turns == turnsAtFailure) {
                // one after another would fill the log
                TimeUnit.MILLISECONDS.sleep(settings.restartMillis());
            }
            turnsAtFailure = turns;
            restart();
        }
    }

    /** A disk that is full is no bug: its line says which file and why, and needs no trace. */
    private void logFailed(Throwable failure) {
        Optional<String> disk = failure instanceof DiskFailure
                ? Optional.ofNullable(failure.getMessage())
                : factory.trouble(failure).map(UnusableDatabase::getMessage);
        disk.ifPresentOrElse(
                it -> LOG.error("A turn of the loop failed; starting again from what is stored: {}", it),
                () -> LOG.error("A turn of the loop failed; starting again from what is stored", failure));
    }

    /** What came meanwhile, and users' payments that are being checked, share one flush. */
    private boolean isWorthWaiting(long deadlineMillis) {
        return mailbox.depth() > 0
                || turn.uncommittedChanges() > 0 && turn.awaitsChecks() && clock.steadyMillis() < deadlineMillis;
    }

    /** Has these handled. What promises nobody anything, as a check, need not wait for the flush. */
    private int perform(Deque<LoopTask> batch) {
        int tasks = batch.size();
        long beganNanos = System.nanoTime();
        while (!batch.isEmpty()) {
            turn.perform(batch.removeFirst());
        }
        handlingNanos += System.nanoTime() - beganNanos;
        release(turn.takeUrgent());
        return tasks;
    }

    private void tick() {
        long beganNanos = System.nanoTime();
        turn.handle(new Input.Tick());
        handlingNanos += System.nanoTime() - beganNanos;
    }

    private long millisToTick() {
        return Math.max(0, nextTickMillis - clock.steadyMillis());
    }

    /** While it catches up, a flush for each cheese would halve the rate, and nobody was promised anything. */
    private boolean mayPutOffCommit() {
        return turn.isCatchingUp(settings.catchUpCheeses())
                && turn.uncommittedChanges() < settings.catchUpFlushChanges()
                && clock.steadyMillis() - lastCommitMillis < settings.catchUpFlushMillis();
    }

    private void commit() {
        boolean isWrite = turn.uncommittedChanges() > 0;
        long beganNanos = System.nanoTime();
        turn.commit();
        if (isWrite) {
            commitNanos = OptionalLong.of(System.nanoTime() - beganNanos);
        }
        lastCommitMillis = clock.steadyMillis();
        release(turn.takeAll());
    }

    private void release(List<Output> outputs) {
        if (!outputs.isEmpty()) {
            followers.forEach(follower -> follower.released(outputs));
        }
    }

    /** Tries for as long as it takes: a full disk or a database that is away need not be the end. */
    private void restart() throws InterruptedException {
        discard();
        while (state.get() != State.STOPPING) {
            try {
                turn = newTurn();
                turn.start();
                state.compareAndSet(State.WAITING_FOR_STORE, State.RUNNING);
                return;
            } catch (StoreFailure | UnusableDatabase | DiskFailure | DataAccessException e) {
                // followers read through Spring, which has failures of its own
                requireWholeFile(e);
                state.compareAndSet(State.RUNNING, State.WAITING_FOR_STORE);
                LOG.warn("Cannot start again from what is stored, and tries again: {} ({})", e.getMessage(),
                        e.getCause());
                discard();
                mailbox.refuseWaiting();
                TimeUnit.MILLISECONDS.sleep(settings.restartMillis());
            }
        }
    }

    private void discard() {
        turn.abandon();
        turn.close();
    }

    private LoopTurn newTurn() {
        return new LoopTurn(factory, followers, clock);
    }
}
