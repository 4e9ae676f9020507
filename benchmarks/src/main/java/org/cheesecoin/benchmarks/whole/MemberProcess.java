package org.cheesecoin.benchmarks.whole;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.cheesecoin.chain.testing.TestKeys;

import tools.jackson.databind.json.JsonMapper;

/** A real member in a process of its own, with its log, on loopback. */
final class MemberProcess implements AutoCloseable {

    /** What {@code ./cheesecoin up} gives its members. */
    static final String LAUNCHER_FLAGS = "-Xmx160m -Xss512k -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:+ExitOnOutOfMemoryError";

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String LOOPBACK = InetAddress.getLoopbackAddress().getHostAddress();
    private static final int STOP_SECONDS = 30;
    private static final int LOOK_MILLIS = 50;
    private static final int QUIET_SECONDS = 3;
    private static final int QUIET_MILLIS = 150;
    private static final Pattern MEMORY = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final Pattern CHEESE = Pattern.compile("^(\\S+) .* : Cheese (\\d+) [0-9a-f]{64}$");
    private static final Pattern JOINED = Pattern.compile("^(\\S+) .* : Peer [0-9a-f]+ joined");

    private final Process process;
    private final int port;
    private final Path log;
    private final long startedNanos = System.nanoTime();

    private MemberProcess(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /**
     * How a member is started.
     *
     * @param java the program
     * @param jar the member's jar
     * @param flags of the JVM, separated by spaces
     */
    record Program(Path java, Path jar, String flags) {}

    static MemberProcess start(Program program, Path data, Path network, List<String> settings) throws IOException {
        int port = freePort();
        Path log = data.resolveSibling(data.getFileName() + ".log");
        List<String> command = new ArrayList<>();
        command.add(program.java().toString());
        if (!program.flags().isBlank()) {
            command.addAll(List.of(program.flags().strip().split(" +")));
        }
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(List.of("-jar", program.jar().toString()));
        command.addAll(List.of(
                "--server.port=" + port,
                "--cheesecoin.data=" + data,
                "--cheesecoin.network=" + network,
                "--cheesecoin.mining.enabled=false",
                "--cheesecoin.mining.pay-to=" + TestKeys.key(1).address()));
        command.addAll(settings);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new MemberProcess(process, port, log);
    }

    int port() {
        return port;
    }

    /** The place of this path in its REST interface. */
    URI api(String path) {
        return URI.create("http://" + LOOPBACK + ":" + port + path);
    }

    String gossipUrl() {
        return "ws://" + LOOPBACK + ":" + port + "/gossip";
    }

    /** Waits until it serves; answers how long that took since its start, in milliseconds. */
    long awaitReady(int timeoutSeconds) throws InterruptedException {
        HttpRequest question = HttpRequest.newBuilder(api("/actuator/health/readiness")).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return await(timeoutSeconds, "ready", () -> answered(client, question).map(_ -> millisSinceStart()));
        }
    }

    /** The body of a good answer; none where it does not serve. */
    private static Optional<String> answered(HttpClient client, HttpRequest question) {
        try {
            HttpResponse<String> answer = client.send(question, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 ? Optional.of(answer.body()) : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private long millisSinceStart() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos);
    }

    /**
     * Waits until its tip is stored and has this height; answers when that was seen. Where many cheeses come at once its
     * log leaves lines out, and cannot say it.
     */
    Instant awaitTip(int height, int timeoutSeconds) throws InterruptedException {
        HttpRequest question = HttpRequest.newBuilder(api("/node")).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return await(timeoutSeconds, "at height " + height, () -> answered(client, question)
                    .filter(it -> JSON.readTree(it).get("tip").get("height").intValue() >= height)
                    .map(_ -> Instant.now()));
        }
    }

    /** The instant at which its log says that the tip of this height is stored, where cheeses come one by one. */
    Instant awaitCheese(int height, int timeoutSeconds) throws InterruptedException {
        return await(timeoutSeconds, "cheese " + height, () -> firstInLog(CHEESE, Optional.of(height)));
    }

    /** The instant at which its log says that its first peer joined, which it asks for headers at once. */
    Instant firstPeerJoined() {
        return firstInLog(JOINED, Optional.empty()).orElseThrow(() -> new IllegalStateException("no peer in " + log));
    }

    private Optional<Instant> firstInLog(Pattern pattern, Optional<Integer> number) {
        try (BufferedReader lines = Files.newBufferedReader(log)) {
            return lines.lines()
                    .map(pattern::matcher)
                    .filter(Matcher::find)
                    .filter(found -> number.isEmpty() || found.group(2).equals(number.get().toString()))
                    .map(found -> Instant.parse(found.group(1)))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @FunctionalInterface
    private interface Look<T> {
        Optional<T> now();
    }

    private <T> T await(int timeoutSeconds, String what, Look<T> look) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(timeoutSeconds);
        while (System.nanoTime() < deadlineNanos && process.isAlive()) {
            Optional<T> seen = look.now();
            if (seen.isPresent()) {
                return seen.get();
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        throw new IllegalStateException("not " + what + " within " + timeoutSeconds + " s: see " + log);
    }

    /** Waits until it has done what it does beside serving, as indexing: three seconds of hardly any work. */
    void awaitIdle(int timeoutSeconds) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(timeoutSeconds);
        int quietSeconds = 0;
        long before = cpuMillis();
        while (quietSeconds < QUIET_SECONDS && System.nanoTime() < deadlineNanos) {
            TimeUnit.SECONDS.sleep(1);
            long now = cpuMillis();
            quietSeconds = now - before < QUIET_MILLIS ? quietSeconds + 1 : 0;
            before = now;
        }
    }

    /** Resident memory, in kibibytes; only where there is /proc. */
    long residentKibibytes() throws IOException {
        Matcher found = MEMORY.matcher(Files.readString(Path.of("/proc/" + process.pid() + "/status")));
        if (!found.find()) {
            throw new IllegalStateException("no VmRSS for process " + process.pid());
        }
        return Long.parseLong(found.group(1));
    }

    /** Time on processors so far, in milliseconds. */
    long cpuMillis() {
        return process.info().totalCpuDuration().orElseThrow().toMillis();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Ends it at once, where nobody needs what it has. */
    void kill() {
        process.destroyForcibly();
    }

    /** Stops it as an owner does, and waits. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
