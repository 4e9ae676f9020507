package org.cheesecoin.web.guard;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.cheesecoin.web.guard.Shares.Taken;
import org.jspecify.annotations.Nullable;

/** A connection, with what it holds of the account. */
public final class GuardedSocket extends NioSocketWrapper {

    private static final ScopedValue<GuardedSocket> CURRENT = ScopedValue.newInstance();

    /** How long what is left of a body is read over once its call is answered, so that its sender sees the answer. */
    private static final int SWALLOW_MILLIS = 2_000;
    /**
     * How long calls that came together may follow each other while others wait for a turn: as long as some twenty take. A
     * client that waits for each answer begins a turn with each call.
     */
    private static final int TURN_MILLIS = 50;

    private final Account account;
    private final String address;
    private final SocketChannel channel;
    private Phase phase = Phase.IDLE;
    private long deadlineNanos;
    private long headDeadlineNanos;
    private Rest rest = Rest.READABLE;
    private volatile @Nullable Ended ended;
    /** Written by whoever writes the answer, one at a time. */
    private long answerBytes;
    private long answerWaitNanos;
    /** Until when the reader is waited for, none where nobody waits. */
    private volatile @Nullable Long readerDeadlineNanos;
    private long turnNanos;
    /** Who waits for a turn to serve it. */
    private @Nullable Thread inLine;

    /** What is going on on a connection. */
    private enum Phase {
        /** No request has begun. */
        IDLE,
        /** A request has begun whose head is not complete. */
        HEAD,
        /** A call is at work. */
        CALL,
        /** The body of a call is on its way. */
        BODY,
        /** It is no connection of HTTP any more, and not in the account. */
        UPGRADED,
        /** It is closed, or about to be: somebody else has its place. */
        LEFT
    }

    /** Whether what comes after the bytes that were read can be understood. */
    private enum Rest {
        READABLE, BROKEN
    }

    /** Why nothing more is read. */
    public enum Ended {
        /** What was begun took too long. */
        TOO_SLOW,
        /** Somebody else needed the place. */
        CROWDED_OUT
    }

    GuardedSocket(NioChannel channel, NioEndpoint endpoint, Account account, String address, SocketChannel socket) {
        super(channel, endpoint);
        this.account = account;
        this.address = address;
        this.channel = socket;
        enterIdle();
    }

    /** The connection on which the call that this thread works on came, if it is one of a guarded server. */
    public static Optional<GuardedSocket> current() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }

    static ScopedValue.Carrier as(GuardedSocket socket) {
        return ScopedValue.where(CURRENT, socket);
    }

    /** Under which name it is counted. */
    public String address() {
        return address;
    }

    /** Why nothing more is read from it, if so. */
    public Optional<Ended> ended() {
        return Optional.ofNullable(ended);
    }

    /**
     * The body of the call is not all there yet and is waited for.
     *
     * @param declaredBytes its length, negative where it is not known
     * @param maxBodyBytes longest body
     */
    public void awaitBody(long declaredBytes, int maxBodyBytes) {
        GuardLimits limits = account.limits();
        long bytes = declaredBytes < 0 ? maxBodyBytes : declaredBytes;
        long millis = limits.bodyMillis() + bytes * 1_000 / limits.bodyBytesPerSecond();
        if (move(Phase.BODY, millis)) {
            account.bodies().enter(address, this).ifPresent(it -> it.end(Ended.CROWDED_OUT));
        }
    }

    /** The body is there, or will not be read. */
    public void bodyDone() {
        move(Phase.CALL, 0);
    }

    /** Nothing more can be made of what comes: the connection ends with the answer. */
    public synchronized void bodyBroken() {
        rest = Rest.BROKEN;
    }

    synchronized boolean isBodyBroken() {
        return rest == Rest.BROKEN;
    }

    /** Takes room for bytes of a body. */
    public Taken takeBodyBytes(int bytes) {
        return account.bodyBytesShares().take(address, bytes);
    }

    /** Gives room for bytes of a body back. */
    public void giveBodyBytes(long bytes) {
        account.bodyBytesShares().give(address, bytes);
    }

    /** Nothing more is read: whoever reads finds the end of the stream, at once, and whoever waits to read is sent away. */
    void end(Ended why) {
        synchronized (this) {
            ended = why;
            if (inLine != null) {
                inLine.interrupt();
            }
        }
        try {
            channel.shutdownInput();
        } catch (IOException _) {
            // it is closed
            ended = why;
        }
    }

    synchronized boolean isAtWork() {
        return phase == Phase.CALL || phase == Phase.BODY || phase == Phase.UPGRADED;
    }

    /** Waits for its turn; whether it came, and is to be given back. Not where somebody else needed its place. */
    boolean awaitTurn() {
        if (!stepsInLine()) {
            return false;
        }
        boolean isMine = account.calls().begin(address, account.limits().idleMillis());
        if (stepsOut()) {
            turnNanos = System.nanoTime();
            return isMine;
        }
        if (isMine) {
            account.calls().end(address);
        }
        return false;
    }

    /** It has as long to wait for its turn as to say something, however long it was silent before. */
    private synchronized boolean stepsInLine() {
        if (phase == Phase.IDLE) {
            deadlineNanos = in(account.limits().idleMillis());
        }
        inLine = Thread.currentThread();
        return isWelcome();
    }

    /** From here on nobody interrupts this thread, which may read files next. */
    private synchronized boolean stepsOut() {
        inLine = null;
        boolean wasSentAway = Thread.interrupted();
        return isWelcome() && !wasSentAway;
    }

    private boolean isWelcome() {
        return phase != Phase.LEFT && ended == null;
    }

    /** Lets the next call be the last on this connection where its turn lasts and others wait for theirs. */
    void shareTurn() {
        boolean isLong = System.nanoTime() - turnNanos > TimeUnit.MILLISECONDS.toNanos(TURN_MILLIS);
        if (isLong && account.calls().isCrowded()) {
            setKeepAliveLeft(1);
        }
    }

    synchronized void callBegins() {
        if (phase != Phase.HEAD) {
            headDeadlineNanos = in(account.limits().headMillis());
        }
        move(Phase.CALL, 0);
        answerBytes = 0;
        answerWaitNanos = 0;
    }

    /** A call is answered. What may still come of its body is read over for so long, and the next head begins anew. */
    synchronized void answered() {
        headDeadlineNanos = in(account.limits().headMillis());
        move(Phase.CALL, SWALLOW_MILLIS);
    }

    void headUnfinished() {
        synchronized (this) {
            if (!move(Phase.HEAD, 0)) {
                return;
            }
            deadlineNanos = headDeadlineNanos;
        }
        account.heads().enter(address, this).ifPresent(it -> it.end(Ended.CROWDED_OUT));
    }

    /** The call goes on without a thread of its own. */
    void callWaits() {
        move(Phase.CALL, 0);
    }

    void idleAgain() {
        if (socketBufferHandler instanceof LazyBuffers buffers) {
            buffers.release();
        }
        enterIdle();
    }

    /** Somebody else gets its place among the connections, now, and not only when it is closed. */
    void makeRoom() {
        if (move(Phase.LEFT, 0)) {
            account.gone(address);
        }
        // Whoever serves it next closes it, without a turn. Closed here, Tomcat may still be about to register it.
        end(Ended.CROWDED_OUT);
    }

    void upgraded() {
        if (move(Phase.UPGRADED, 0)) {
            account.gone(address);
        }
    }

    /** Ends it where it has taken too long. */
    void sweep(long nowNanos) {
        boolean isLate;
        synchronized (this) {
            isLate = deadlineNanos != 0 && nowNanos - deadlineNanos > 0 && ended == null;
        }
        if (isLate) {
            end(Ended.TOO_SLOW);
        }
        Long readerDeadline = readerDeadlineNanos;
        if (readerDeadline != null && nowNanos - readerDeadline > 0) {
            hangUp();
        }
    }

    private void enterIdle() {
        if (move(Phase.IDLE, account.limits().idleMillis())) {
            account.idle().enter(address, this);
        }
    }

    /** Whether it is still one that can be anything. */
    private synchronized boolean move(Phase next, long millis) {
        switch (phase) {
            case IDLE -> account.idle().leave(address, this);
            case HEAD -> account.heads().leave(address, this);
            case BODY -> account.bodies().leave(address, this);
            case CALL, UPGRADED, LEFT -> {}
        }
        if (phase == Phase.LEFT || phase == Phase.UPGRADED) {
            return false;
        }
        phase = next;
        deadlineNanos = millis == 0 ? 0 : in(millis);
        return true;
    }

    private static long in(long millis) {
        return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /** Writes what the reader takes at once, and only for the rest waits in one of the few places for that. */
    @Override
    protected void doWrite(boolean block, ByteBuffer from) throws IOException {
        if (!block || previousIOException != null) {
            super.doWrite(block, from);
            return;
        }
        answerBytes += from.remaining();
        super.doWrite(false, from);
        if (from.hasRemaining() || getSocket().getOutboundRemaining() > 0) {
            awaitReader(from);
        }
    }

    private void awaitReader(ByteBuffer from) throws IOException {
        GuardLimits limits = account.limits();
        long mostMillis = limits.answerMillis() + answerBytes * 1_000 / limits.answerBytesPerSecond();
        long leftNanos = TimeUnit.MILLISECONDS.toNanos(mostMillis) - answerWaitNanos;
        long before = System.nanoTime();
        readerDeadlineNanos = before + leftNanos;
        account.writers().enter(address, this).ifPresent(GuardedSocket::hangUp);
        try {
            super.doWrite(true, from);
        } finally {
            account.writers().leave(address, this);
            readerDeadlineNanos = null;
        }
        long waitedNanos = System.nanoTime() - before;
        answerWaitNanos += waitedNanos;
        if (waitedNanos > leftNanos) {
            throw new IOException("the answer is read too slowly");
        }
    }

    /** Nothing more is written: whoever waits for the reader is told at once, and what was not read is thrown away. */
    private void hangUp() {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            channel.shutdownOutput();
        } catch (IOException _) {
            // it is closed, and nobody waits any more
            readerDeadlineNanos = null;
        }
    }

    @Override
    protected void doClose() {
        try {
            super.doClose();
        } finally {
            if (move(Phase.LEFT, 0)) {
                account.gone(address);
            }
        }
    }
}
