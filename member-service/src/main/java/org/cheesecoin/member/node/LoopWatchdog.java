package org.cheesecoin.member.node;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.cheesecoin.member.persistence.MemberDatabase;
import org.cheesecoin.member.persistence.StoreProbe;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Ends a member whose loop is beyond repair, so that whoever started it starts it again, from what is stored. That is a
 * loop whose thread has died; one none of whose turns has ended well for ten minutes; one whose store was closed under it,
 * since H2 does not open again here after a read or a write that failed, whatever was mended; and one that has waited a
 * minute for a store that runs in this process. Not one that waits for a server: a new process would wait as well. It counts its own looks, not the clock's seconds: a
 * machine that slept, or a clock that was set, ends nobody.
 */
final class LoopWatchdog implements SmartLifecycle {

    /** From one look to the next, in milliseconds. */
    static final long LOOK_MILLIS = 1_000;
    /** Ten minutes of looks: longer than any work of one turn. */
    static final int MAX_LOOKS_WITHOUT_TURN = 600;
    /** A minute of looks. */
    static final int MAX_LOOKS_WITHOUT_STORE = 60;
    /** Two looks in a row: nothing but a new process opens it again, and every read fails until then. */
    static final int MAX_LOOKS_AT_CLOSED_STORE = 2;

    private static final Logger LOG = LoggerFactory.getLogger(LoopWatchdog.class);

    private final LoopLifecycle lifecycle;
    private final MemberDatabase.Host host;
    private final Supplier<StoreProbe.Verdict> store;
    private final Consumer<String> end;
    private final Thread thread = Thread.ofPlatform().name("loop-watchdog").daemon().unstarted(this::watch);
    private long turns;
    private int looksWithoutTurn;
    private int looksWithoutStore;
    private int looksAtClosedStore;

    /**
     * @param host who runs the loop's store
     * @param store how it stands for its readers; answers within seconds
     * @param end is told the reason, once; the process should not outlive it
     */
    LoopWatchdog(LoopLifecycle lifecycle, MemberDatabase.Host host, Supplier<StoreProbe.Verdict> store,
            Consumer<String> end) {
        this.lifecycle = lifecycle;
        this.host = host;
        this.store = store;
        this.end = end;
    }

    @Override
    public void start() {
        thread.start();
    }

    private void watch() {
        try {
            while (lookSafely() == Verdict.LEAVE) {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Nobody would notice that nobody looks any more. */
    private Verdict lookSafely() {
        try {
            return look();
        } catch (RuntimeException e) {
            LOG.warn("Could not look after the loop, and looks again", e);
            return Verdict.LEAVE;
        }
    }

    /** What came of a look. */
    enum Verdict {
        /** It lives, or may live again by itself. */
        LEAVE,
        /** It was ended. */
        ENDED
    }

    /** Looks once. */
    Verdict look() {
        return lifecycle.loop().map(this::look).orElse(Verdict.LEAVE);
    }

    private Verdict look(NodeLoop loop) {
        NodeLoop.State state = loop.state();
        looksWithoutStore = state == NodeLoop.State.WAITING_FOR_STORE ? looksWithoutStore + 1 : 0;
        looksWithoutTurn = state == NodeLoop.State.RUNNING && loop.turns() == turns ? looksWithoutTurn + 1 : 0;
        turns = loop.turns();
        looksAtClosedStore = store.get() == StoreProbe.Verdict.CLOSED ? looksAtClosedStore + 1 : 0;
        if (looksAtClosedStore >= MAX_LOOKS_AT_CLOSED_STORE) {
            return end("its database was closed under it, and opens again in a new process only");
        }
        if (state == NodeLoop.State.BROKEN) {
            return end("the loop broke" + loop.whyBroken());
        }
        if (looksWithoutStore >= MAX_LOOKS_WITHOUT_STORE && host == MemberDatabase.Host.THIS_PROCESS) {
            return end("its store could not be opened again for " + seconds(MAX_LOOKS_WITHOUT_STORE) + " s");
        }
        if (looksWithoutTurn >= MAX_LOOKS_WITHOUT_TURN) {
            return end("no turn of the loop ended well for " + seconds(MAX_LOOKS_WITHOUT_TURN) + " s; it is"
                    + loop.whereItIs());
        }
        return Verdict.LEAVE;
    }

    private static long seconds(int looks) {
        return looks * LOOK_MILLIS / 1_000;
    }

    private Verdict end(String reason) {
        end.accept(reason);
        return Verdict.ENDED;
    }

    /** Does not wait for its thread, which may be the one that ends the process. */
    @Override
    public void stop() {
        thread.interrupt();
    }

    @Override
    public boolean isRunning() {
        return thread.isAlive();
    }

    /** After the loop has begun, until before it ends. */
    @Override
    public int getPhase() {
        return LoopLifecycle.PHASE + 1;
    }
}
