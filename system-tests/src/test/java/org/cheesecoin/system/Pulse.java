package org.cheesecoin.system;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Asks a service how it is at a steady pace, each time on a fresh connection, and whether or not the call before was
 * answered, so that a service that stands still is seen to.
 */
final class Pulse implements AutoCloseable {

    /** What an answer may take. */
    static final long MAX_ANSWER_MILLIS = 1_000;

    /** What counts for a call that is not answered. */
    static final int GIVEN_UP_MILLIS = 20_000;

    private static final int PACE_MILLIS = 200;

    private final int port;
    private final String path;
    private final Queue<Long> answeredMillis = new ConcurrentLinkedQueue<>();
    private final Set<Long> openSinceNanos = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    /**
     * How long the calls took.
     *
     * @param worstMillis the longest
     * @param medianMillis the one in the middle
     * @param late how many took longer than {@link #MAX_ANSWER_MILLIS}, or got an error or no answer
     * @param calls how many there were
     */
    record Beat(long worstMillis, long medianMillis, long late, int calls) {}

    private Pulse(int port, String path) {
        this.port = port;
        this.path = path;
        clock.scheduleAtFixedRate(() -> Thread.ofVirtual().start(this::ask), 0, PACE_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Begins to ask. */
    static Pulse of(int port, String path) {
        return new Pulse(port, path);
    }

    private void ask() {
        long sinceNanos = System.nanoTime();
        openSinceNanos.add(sinceNanos);
        answeredMillis.add(once(port, path));
        openSinceNanos.remove(sinceNanos);
    }

    /** How long one call takes now. */
    static long once(int port, String path) {
        long startNanos = System.nanoTime();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), GIVEN_UP_MILLIS);
            socket.setSoTimeout(GIVEN_UP_MILLIS);
            socket.getOutputStream().write("GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n\r\n"
                    .formatted(path, port).getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.startsWith("HTTP/1.1 200") ? TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos)
                    : GIVEN_UP_MILLIS;
        } catch (IOException _) {
            return GIVEN_UP_MILLIS;
        }
    }

    /** What was seen so far; a call that is still open counts by what it has taken. */
    Beat beat() {
        long nowNanos = System.nanoTime();
        List<Long> sorted = Stream.concat(answeredMillis.stream(),
                openSinceNanos.stream().map(it -> TimeUnit.NANOSECONDS.toMillis(nowNanos - it))).sorted().toList();
        return new Beat(sorted.getLast(), sorted.get(sorted.size() / 2),
                sorted.stream().filter(it -> it > MAX_ANSWER_MILLIS).count(), sorted.size());
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
