package org.cheesecoin.web.guard;

import java.io.IOException;
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

    /** Nothing more is read: whoever reads finds the end of the stream, at once. */
    void end(Ended why) {
        ended = why;
        try {
            channel.shutdownInput();
        } catch (IOException _) {
            // it is closed
            ended = why;
        }
    }

    synchronized boolean isAtWork() {
        return phase != Phase.IDLE && phase != Phase.HEAD;
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

    @Override
    protected void doWrite(boolean block, ByteBuffer from) throws IOException {
        int bytes = from.remaining();
        long before = System.nanoTime();
        super.doWrite(block, from);
        if (block) {
            GuardLimits limits = account.limits();
            answerBytes += bytes;
            answerWaitNanos += System.nanoTime() - before;
            long mostMillis = limits.answerMillis() + answerBytes * 1_000 / limits.answerBytesPerSecond();
            if (answerWaitNanos > TimeUnit.MILLISECONDS.toNanos(mostMillis)) {
                throw new IOException("the answer is read too slowly");
            }
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
