package org.cheesecoin.member.peering;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import org.apache.coyote.http11.upgrade.InternalHttpUpgradeHandler;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SSLSupport;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

import jakarta.servlet.http.WebConnection;

/**
 * A socket that Tomcat accepted and, after the upgrade, only watches. Its poller says when there is something to read or
 * room to write, and nothing else happens on its threads: a peer's bytes are read and written by the link's own two, which
 * are virtual and wait here. So nobody but this member's own code sees a frame (docs/decisions/0006-gossip-sockets.md).
 */
public final class ServedSocket implements InternalHttpUpgradeHandler, GossipSocket {

    /** The JDK copies what is written at once to memory outside of the heap, and keeps as much of it for each carrier. */
    private static final int PIECE_BYTES = 16_384;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable SocketWrapperBase<?> socket;
    private Consumer<GossipSocket> opened = GossipSocket::close;
    private String remoteAddress = "unknown";
    private Ready reading = Ready.YES;
    private Ready writing = Ready.YES;
    private Life life = Life.OPEN;

    private enum Ready {
        YES,
        /** The poller was asked to say so. */
        ASKED
    }

    private enum Life {
        OPEN,
        CLOSED
    }

    /** Made by Tomcat, which needs this to be public. */
    public ServedSocket() {
        // What it needs comes later, from those who know it.
    }

    /**
     * Said before the upgrade.
     *
     * @param address of the other end
     * @param follower who goes on with it
     */
    void prepare(String address, Consumer<GossipSocket> follower) {
        this.remoteAddress = address;
        this.opened = follower;
    }

    @Override
    public void setSocketWrapper(SocketWrapperBase<?> socketWrapper) {
        socket = socketWrapper;
    }

    @Override
    public void init(WebConnection connection) {
        opened.accept(this);
    }

    @Override
    public SocketState upgradeDispatch(SocketEvent status) {
        lock.lock();
        try {
            switch (status) {
                case OPEN_READ -> reading = Ready.YES;
                case OPEN_WRITE -> writing = Ready.YES;
                case STOP, ERROR, DISCONNECT, TIMEOUT, CONNECT_FAIL -> life = Life.CLOSED;
            }
            changed.signalAll();
            // Suspended: the poller watches again when a thread of the link asks for it.
            return life == Life.OPEN ? SocketState.SUSPENDED : SocketState.CLOSED;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Side side() {
        return Side.LISTENER;
    }

    @Override
    public String remoteAddress() {
        return remoteAddress;
    }

    @Override
    public int read(ByteBuffer buffer) throws IOException {
        while (true) {
            int read = wrapper().read(false, buffer);
            if (read != 0) {
                return read;
            }
            awaitReadable();
        }
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        NioChannel channel = channel();
        while (bytes.hasRemaining() || channel.getOutboundRemaining() > 0) {
            ByteBuffer piece = bytes.slice(bytes.position(), Math.min(PIECE_BYTES, bytes.remaining()));
            int written = channel.write(piece);
            bytes.position(bytes.position() + piece.position());
            if (written < 0) {
                throw new ClosedChannelException();
            }
            // TLS may have taken all of the bytes and still hold some of its own.
            if (written == 0 && (bytes.hasRemaining() || channel.getOutboundRemaining() > 0)) {
                awaitWritable();
            }
        }
    }

    private void awaitReadable() throws IOException {
        lock.lock();
        try {
            reading = Ready.ASKED;
            wrapper().registerReadInterest();
            while (reading == Ready.ASKED && life == Life.OPEN) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private void awaitWritable() throws IOException {
        lock.lock();
        try {
            writing = Ready.ASKED;
            wrapper().registerWriteInterest();
            while (writing == Ready.ASKED && life == Life.OPEN) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private SocketWrapperBase<?> wrapper() throws IOException {
        SocketWrapperBase<?> current = socket;
        if (current == null || current.isClosed()) {
            throw new ClosedChannelException();
        }
        return current;
    }

    private NioChannel channel() throws IOException {
        if (wrapper().getSocket() instanceof NioChannel channel) {
            return channel;
        }
        throw new IOException("Tomcat was told to use another kind of connector than NIO");
    }

    @Override
    public void close() {
        lock.lock();
        try {
            life = Life.CLOSED;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        SocketWrapperBase<?> current = socket;
        if (current != null) {
            current.close();
        }
    }

    @Override
    public void destroy() {
        close();
    }

    @Override
    public void pause() {
        // New connections are refused while the member stops; this one is told by whoever speaks on it.
    }

    @Override
    public void timeoutAsync(long now) {
        // The link has deadlines of its own.
    }

    @Override
    public void setSslSupport(SSLSupport sslSupport) {
        // Nothing about the TLS session is asked for.
    }
}
