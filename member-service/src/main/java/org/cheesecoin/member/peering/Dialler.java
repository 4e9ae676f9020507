package org.cheesecoin.member.peering;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

import org.cheesecoin.chain.node.Input;
import org.cheesecoin.chain.wire.GossipUrl;
import org.cheesecoin.member.node.Mailbox;
import org.cheesecoin.web.MonotonicClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens connections to other members. The name is resolved at every dial, since containers move. */
final class Dialler {

    private static final Logger LOG = LoggerFactory.getLogger(Dialler.class);

    private final SSLSocketFactory tls;
    private final Connections connections;
    private final Mailbox mailbox;
    private final GossipLimits limits;
    private final MonotonicClock clock;
    private final Set<Attempt> attempts = ConcurrentHashMap.newKeySet();

    /** A dial that is under way. */
    private record Attempt(Socket tcp, long deadlineMillis) {}

    /** @param tls for {@code wss} */
    Dialler(SSLSocketFactory tls, Connections connections, Mailbox mailbox, GossipLimits limits, MonotonicClock clock) {
        this.tls = tls;
        this.connections = connections;
        this.mailbox = mailbox;
        this.limits = limits;
        this.clock = clock;
    }

    /** Dials, off the caller's thread; the node hears of a link or of a failure. */
    void dial(GossipUrl url) {
        Thread.ofVirtual().name("dial-" + url).start(() -> dialNow(url));
    }

    /** Ends the dials that took too long, however much arrived meanwhile. */
    void endOverdue() {
        attempts.stream()
                .filter(attempt -> clock.millis() > attempt.deadlineMillis())
                .forEach(attempt -> DialledSocket.closeQuietly(attempt.tcp()));
    }

    private void dialNow(GossipUrl url) {
        Socket tcp = new Socket(Proxy.NO_PROXY);
        Attempt attempt = new Attempt(tcp, clock.millis() + limits.handshakeMillis());
        attempts.add(attempt);
        try {
            if (connections.openDialled(shakeHands(tcp, url), url) == Connections.Opened.NO_PLACE) {
                throw new IOException("too many dials are under way");
            }
        } catch (IOException | RuntimeException e) {
            LOG.debug("Dialling {} failed", url, e);
            DialledSocket.closeQuietly(tcp);
            mailbox.handleOfLink(new Input.DialFailed(url, reason(e)));
        } finally {
            attempts.remove(attempt);
        }
    }

    /** Why there is no connection, for the owner. */
    private static String reason(Exception failure) {
        return switch (failure) {
            case UnknownHostException _ -> "its name cannot be resolved";
            case ConnectException _,NoRouteToHostException _ -> "nothing answers there: " + failure.getMessage();
            // the deadline ends a dial by closing its socket
            case SocketTimeoutException _ -> "it does not answer in time";
            case SocketException closed when "Socket closed".equals(closed.getMessage()) ->
                    "it does not answer in time";
            case SSLException _ -> "no TLS there: " + failure.getMessage();
            default -> String.valueOf(failure.getMessage());
        };
    }

    private GossipSocket shakeHands(Socket tcp, GossipUrl url) throws IOException {
        String host = url.host().unbracketed();
        int port = url.port();
        tcp.setTcpNoDelay(true);
        tcp.connect(new InetSocketAddress(InetAddress.getByName(host), port), (int) limits.handshakeMillis());
        Socket stream = url.text().startsWith("wss:") ? secured(tcp, host, port) : tcp;
        return new DialledSocket(tcp, stream, OpeningHandshake.dial(stream, url));
    }

    private Socket secured(Socket tcp, String host, int port) throws IOException {
        if (!(tls.createSocket(tcp, host, port, true) instanceof SSLSocket socket)) {
            throw new IOException("no TLS to be had");
        }
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }
}
