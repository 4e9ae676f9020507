package org.cheesecoin.web.guard;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;

import org.apache.juli.logging.Log;
import org.apache.juli.logging.LogFactory;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketProcessorBase;
import org.apache.tomcat.util.net.SocketWrapperBase;

/** Lets connections in by address, and calls to work in turns. */
final class GuardedEndpoint extends NioEndpoint {

    private static final Log LOG = LogFactory.getLog(GuardedEndpoint.class);

    private Account account = new Account(GuardLimits.within(12 << 20, 1 << 20));

    void guardedBy(Account guard) {
        account = guard;
    }

    Account account() {
        return account;
    }

    /** What Tomcat's own does, with a connection that knows its account. */
    @Override
    protected boolean setSocketOptions(SocketChannel socket) {
        try {
            if (socket.getRemoteAddress() instanceof InetSocketAddress remote) {
                String address = account.nameOf(remote);
                if (account.admit(address)) {
                    return open(socket, address);
                }
            }
            destroySocket(socket);
        } catch (IOException e) {
            LOG.debug("A connection was gone before it was let in", e);
            destroySocket(socket);
        }
        return false;
    }

    private boolean open(SocketChannel socket, String address) {
        SocketBufferHandler buffers = new LazyBuffers(socketProperties.getAppReadBufSize(),
                socketProperties.getAppWriteBufSize(), socketProperties.getDirectBuffer());
        GuardedSocket wrapper;
        try {
            NioChannel channel = createChannel(buffers);
            wrapper = new GuardedSocket(channel, this, account, address, socket);
            channel.reset(socket, wrapper);
        } catch (IOException e) {
            LOG.debug("A connection could not be opened", e);
            account.gone(address);
            destroySocket(socket);
            return false;
        }
        connections.put(socket, wrapper);
        try {
            socket.configureBlocking(false);
            socketProperties.setProperties(socket.socket());
            wrapper.setReadTimeout(getConnectionTimeout());
            wrapper.setWriteTimeout(getConnectionTimeout());
            wrapper.setKeepAliveLeft(getMaxKeepAliveRequests());
            getPoller().register(wrapper);
            return true;
        } catch (IOException e) {
            // the acceptor closes it, which gives everything back
            LOG.debug("A connection was gone before it was served", e);
            return false;
        }
    }

    @Override
    protected SocketProcessorBase<NioChannel> createSocketProcessor(
            SocketWrapperBase<NioChannel> socketWrapper, SocketEvent event) {
        return new InTurn(socketWrapper, event);
    }

    /** Ends what has taken too long. */
    void sweep() {
        long now = System.nanoTime();
        for (SocketWrapperBase<NioChannel> wrapper : connections.values()) {
            if (wrapper instanceof GuardedSocket socket) {
                sweep(socket, now);
            }
        }
    }

    /** A fault at one connection must not end the deadlines of all others: whoever schedules this stops at an exception. */
    private void sweep(GuardedSocket socket, long nowNanos) {
        try {
            socket.sweep(nowNanos);
        } catch (RuntimeException e) {
            getLog().error("A connection could not be looked at, and is closed", e);
            socket.close();
        }
    }

    /** What happens on a connection, when it is its turn. */
    private final class InTurn extends SocketProcessor {

        private final GuardedSocket socket;

        InTurn(SocketWrapperBase<NioChannel> wrapper, SocketEvent event) {
            super(wrapper, event);
            this.socket = (GuardedSocket) wrapper;
        }

        @Override
        protected void doRun() {
            if (socket.isAtWork()) {
                // in a call already, or no call at all any more
                super.doRun();
            } else if (socket.awaitTurn()) {
                try {
                    super.doRun();
                } finally {
                    account.calls().end(socket.address());
                }
            } else {
                // it has no place any more: not for what it said before, either
                socket.close();
            }
        }
    }
}
