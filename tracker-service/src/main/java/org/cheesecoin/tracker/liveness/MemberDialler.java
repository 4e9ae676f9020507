package org.cheesecoin.tracker.liveness;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.cheesecoin.chain.crypto.Hash256;
import org.cheesecoin.chain.crypto.SignatureScheme;
import org.cheesecoin.tracker.registry.Dial;
import org.cheesecoin.tracker.registry.DialResult;
import org.cheesecoin.tracker.registry.DialTargets;
import org.cheesecoin.web.MonotonicClock;

/**
 * Dials a member, exchanges Hello and Proof, and leaves. It uses the JDK's client: that follows no redirect, hands
 * over frames in parts and only on demand, so that a stranger's endless frame is cut at the first part too many, and
 * needs no container.
 */
final class MemberDialler {

    /**
     * Connections of one dial. Where strangers take all places of a member, the next connection may find one; who closes
     * each of so many within the time of a dial is not there for newcomers either.
     */
    static final int MAX_ATTEMPTS = 4;

    /** Before the second connection; twice as long before each further one. */
    private static final long FIRST_PAUSE_MILLIS = 150;

    private final HttpClient client;
    private final SignatureScheme signatures;
    private final TrackerIdentity identity;
    private final DialTargets addresses;
    private final Duration timeout;
    private final MonotonicClock clock;
    private final SecureRandom random = new SecureRandom();

    /**
     * With the client to dial by, as whom to dial, and how long one dial may take in all.
     *
     * @param addresses when each address was dialled: many names may lead to one
     */
    MemberDialler(
            HttpClient client,
            SignatureScheme signatures,
            TrackerIdentity identity,
            DialTargets addresses,
            Duration timeout,
            MonotonicClock clock) {
        this.client = client;
        this.signatures = signatures;
        this.identity = identity;
        this.addresses = addresses;
        this.timeout = timeout;
        this.clock = clock;
    }

    /** Blocks until there is a result. */
    DialResult dial(Dial dial) {
        try {
            InetAddress address = InetAddress.getByName(dial.url().host().unbracketed());
            long nowMillis = clock.millis();
            long allowedAtMillis = takeAddress(address.getHostAddress() + ":" + dial.url().port(), nowMillis);
            return allowedAtMillis > nowMillis ? new DialResult.Postponed(allowedAtMillis) : talk(dial);
        } catch (UnknownHostException _) {
            return new DialResult.Failed("the name " + dial.url().host() + " leads nowhere");
        }
    }

    private long takeAddress(String address, long nowMillis) {
        synchronized (addresses) {
            return addresses.take(address, nowMillis);
        }
    }

    /** One dial: another connection follows only where one was closed before an answer. */
    private DialResult talk(Dial dial) {
        long deadlineNanos = System.nanoTime() + timeout.toNanos();
        long pauseMillis = FIRST_PAUSE_MILLIS;
        HandshakeListener.Ending ending = connect(dial, timeout);
        for (int attempt = 1; attempt < MAX_ATTEMPTS
                && ending instanceof HandshakeListener.Ending.SentAway; attempt++) {
            Duration left = Duration.ofNanos(deadlineNanos - System.nanoTime()).minusMillis(pauseMillis);
            if (!left.isPositive() || pause(pauseMillis) == Pause.INTERRUPTED) {
                break;
            }
            pauseMillis *= 2;
            ending = connect(dial, left);
        }
        return switch (ending) {
            case HandshakeListener.Ending.SentAway(DialResult.Failed result) -> result;
            case HandshakeListener.Ending.Final(DialResult result) -> result;
        };
    }

    private enum Pause {
        OVER,
        INTERRUPTED
    }

    private static Pause pause(long millis) {
        try {
            Thread.sleep(millis);
            return Pause.OVER;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Pause.INTERRUPTED;
        }
    }

    private HandshakeListener.Ending connect(Dial dial, Duration left) {
        byte[] challenge = new byte[Hash256.BYTES];
        random.nextBytes(challenge);
        var handshake = new DiallerHandshake(signatures, identity, dial.networkId(), Hash256.of(challenge));
        var conversation = new HandshakeListener(handshake);
        CompletableFuture<WebSocket> opened = new CompletableFuture<>();
        try {
            opened = client.newWebSocketBuilder()
                    .connectTimeout(left)
                    .buildAsync(URI.create(dial.url().text()), conversation);
            opened.whenComplete((_, thrown) -> {
                if (thrown != null) {
                    conversation.notOpened(thrown);
                }
            });
            return conversation.ending().get(left.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            return new HandshakeListener.Ending.Final(conversation.timedOut(timeout.toMillis()));
        } catch (IllegalArgumentException | ExecutionException e) {
            return new HandshakeListener.Ending.Final(
                    new DialResult.Failed("cannot be dialled: " + e, HandshakeListener.NO_WEBSOCKET));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return failed("the tracker stops");
        } finally {
            hangUp(opened);
        }
    }

    private static HandshakeListener.Ending failed(String reason) {
        return new HandshakeListener.Ending.Final(new DialResult.Failed(reason));
    }

    private static void hangUp(CompletableFuture<WebSocket> opened) {
        opened.thenAccept(socket -> socket
                .sendClose(WebSocket.NORMAL_CLOSURE, "thank you")
                .whenComplete((_, _) -> socket.abort()));
        opened.cancel(true);
    }
}
