package org.cheesecoin.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.cheesecoin.chain.consensus.NetworkParameters;
import org.cheesecoin.system.Command.Said;
import org.jspecify.annotations.Nullable;

/**
 * {@code ./cheesecoin} of this checkout with a folder and ports of its own. Never builds: it takes the jars of the build
 * that these tests belong to. Closing it ends what it started, by process id, and removes the folder.
 */
final class Launcher implements AutoCloseable {

    private static final long MAX_RUN_SECONDS = 400;
    private static final int MAX_MEMBERS = 6;
    private static final int LOG_TAIL_LINES = 40;
    /** In a pid file, from 0. */
    private static final int KEEPER_LINE = 4;
    /** A person's shell lets a program be ended by signals; one that runs it in the background, as CIs do, may not. */
    private static final List<String> WITH_SIGNALS = withSignals();
    private static final List<Launcher> OPEN = new CopyOnWriteArrayList<>();

    private final Path home;
    private final int trackerPort;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final Thread lastResort = new Thread(this::endAll);

    private Launcher(Path home, int trackerPort) {
        this.home = home;
        this.trackerPort = trackerPort;
        environment.put("CHEESECOIN_HOME", home.toString());
        environment.put("CHEESECOIN_TRACKER_PORT", Integer.toString(trackerPort));
        environment.put("CHEESECOIN_FIRST_MEMBER_PORT", Integer.toString(trackerPort + 1));
        environment.put("CHEESECOIN_BUILD", "never");
        environment.put("JAVA25_HOME", System.getProperty("java.home"));
        Runtime.getRuntime().addShutdownHook(lastResort);
        OPEN.add(this);
    }

    /** A launcher for a network with these parameters; nothing is started yet. */
    static Launcher of(NetworkParameters network) {
        Launcher launcher = bare();
        Path file = launcher.home.resolve("network.json");
        NetworkJson.write(network, file);
        return launcher.with("CHEESECOIN_NETWORK", file.toString());
    }

    /** A launcher with nothing but a folder. */
    static Launcher bare() {
        try {
            return new Launcher(Files.createTempDirectory("cheese-system").toRealPath(), freePorts());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The root of the checkout, which holds the launcher. */
    static Path checkout() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(folder.resolve("cheesecoin"))) {
            folder = Optional.ofNullable(folder.getParent())
                    .orElseThrow(
                            () -> new IllegalStateException("no ./cheesecoin above " + Path.of("").toAbsolutePath()));
        }
        return folder;
    }

    /** Sets a variable of the environment from now on. */
    Launcher with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Path home() {
        return home;
    }

    int trackerPort() {
        return trackerPort;
    }

    /** The API of member 1, 2, … with the owner's token. */
    Member member(int number) {
        return new Member("member-" + number, trackerPort + number, home.resolve("member-" + number));
    }

    /** The tracker's API. */
    Member tracker() {
        return new Member("tracker", trackerPort, home.resolve("tracker"));
    }

    /** Runs {@code ./cheesecoin} with these words and waits for its end. */
    Said run(String... words) {
        return run(checkout().resolve("cheesecoin"), words);
    }

    /** Runs this copy of the launcher. */
    Said run(Path script, String... words) {
        return new Command(home, environment).run(MAX_RUN_SECONDS, line(script, words));
    }

    /** Starts this copy of the launcher, which writes to the file {@code said} in this launcher's folder. */
    Process start(Path script, String... words) throws IOException {
        return new Command(home, environment).start(line(script, words), home.resolve("said"));
    }

    private static List<String> line(Path script, String... words) {
        List<String> command = new ArrayList<>(WITH_SIGNALS);
        command.add(script.toString());
        command.addAll(List.of(words));
        return command;
    }

    /** Takes away what the shell that began the tests ignores: env of GNU can, and elsewhere nothing is ignored mostly. */
    private static List<String> withSignals() {
        List<String> words = List.of("/usr/bin/env", "--default-signal=HUP,INT,TERM");
        List<String> trial = new ArrayList<>(words);
        trial.add("true");
        try {
            boolean works = new Command(checkout(), Map.of()).run(MAX_RUN_SECONDS, trial).exitCode() == 0;
            return works ? words : List.of();
        } catch (UncheckedIOException | AssertionError _) {
            return List.of();
        }
    }

    /** The running process of the tracker or a member, if there is one. */
    Optional<ProcessHandle> process(String name) {
        return inPidFile(name, 0);
    }

    /** Who starts that process again when it ends, if it runs. */
    Optional<ProcessHandle> keeper(String name) {
        return inPidFile(name, KEEPER_LINE);
    }

    private Optional<ProcessHandle> inPidFile(String name, int line) {
        try {
            Path file = home.resolve("pids").resolve(name);
            List<String> lines = Files.isRegularFile(file) ? Files.readAllLines(file) : List.of();
            // "-" stands for a process that has not begun
            return lines.stream().skip(line).findFirst().filter(it -> it.matches("[0-9]+"))
                    .flatMap(it -> ProcessHandle.of(Long.parseLong(it))).filter(this::isOurs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As when the machine goes off: no goodbye, and nobody who starts them again. */
    void kill(String... names) {
        killAll(Stream.of(names).map(it -> keeper(it).orElseThrow()).toList());
        killAll(Stream.of(names).map(it -> process(it).orElseThrow()).toList());
    }

    /** As {@code kill -9} of the program alone. */
    void killProgram(String name) {
        killAll(List.of(process(name).orElseThrow()));
    }

    private static void killAll(List<ProcessHandle> victims) {
        victims.forEach(ProcessHandle::destroyForcibly);
        victims.forEach(it -> it.onExit().orTimeout(10, TimeUnit.SECONDS).join());
    }

    private boolean isOurs(ProcessHandle process) {
        return process.isAlive()
                && Stream.of(process.info().arguments().orElse(new String[0]))
                        .anyMatch(it -> it.contains(home.toString()));
    }

    /** The last lines of every log. */
    static void printLogs() {
        for (Launcher launcher : OPEN) {
            Path logs = launcher.home.resolve("logs");
            if (Files.isDirectory(logs)) {
                try (Stream<Path> files = Files.list(logs)) {
                    files.sorted().forEach(Launcher::printTail);
                } catch (IOException e) {
                    System.out.println("no logs: " + e);
                }
            }
        }
    }

    private static void printTail(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            System.out.println("--- " + file);
            lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()).forEach(System.out::println);
        } catch (IOException e) {
            System.out.println("no log: " + e);
        }
    }

    /** Ends whatever runs, and first who would start it again. */
    void endAll() {
        List<String> names = Stream.concat(Stream.of("tracker"),
                Stream.iterate(1, it -> it + 1).limit(MAX_MEMBERS).map(it -> "member-" + it)).toList();
        names.stream().flatMap(it -> keeper(it).stream()).forEach(ProcessHandle::destroyForcibly);
        names.stream().flatMap(it -> process(it).stream()).forEach(ProcessHandle::destroyForcibly);
    }

    @Override
    public void close() {
        endAll();
        OPEN.remove(this);
        Runtime.getRuntime().removeShutdownHook(lastResort);
        try {
            Files.walkFileTree(home, new Remover());
        } catch (IOException e) {
            System.out.println("left behind: " + home + " " + e);
        }
    }

    private static final class Remover extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            // a process that has just been ended may still take its own files away
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
                throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }

    /** The first of a row of free ports, below those that the system hands out by itself. */
    static int freePorts() {
        while (true) {
            int first = ThreadLocalRandom.current().nextInt(15_000, 31_000);
            if (Stream.iterate(first, it -> it + 1).limit(MAX_MEMBERS + 1).allMatch(Launcher::isFree)) {
                return first;
            }
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
