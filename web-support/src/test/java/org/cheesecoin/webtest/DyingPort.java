package org.cheesecoin.webtest;

import java.net.InetAddress;
import java.nio.channels.SocketChannel;

import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioEndpoint;

/** A port whose acceptor dies at the first connection, as it does where memory runs out just then. */
public final class DyingPort extends NioEndpoint {

    private DyingPort() {}

    /** A connector on this port of loopback; 0 takes a free one. */
    public static Connector on(int port) {
        Http11NioProtocol protocol = new Http11NioProtocol(new DyingPort());
        protocol.setAddress(InetAddress.getLoopbackAddress());
        Connector connector = new Connector(protocol);
        connector.setPort(port);
        return connector;
    }

    @Override
    protected SocketChannel serverSocketAccept() throws Exception {
        SocketChannel accepted = super.serverSocketAccept();
        accepted.close();
        // Nobody is told: a handler for all threads would end the program at once, and a test's own with it.
        Thread.currentThread().setUncaughtExceptionHandler((_, _) -> {});
        throw new InternalError("for a test");
    }
}
