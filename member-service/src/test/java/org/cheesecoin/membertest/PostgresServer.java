package org.cheesecoin.membertest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.cheesecoin.webtest.FreePort;
import org.tukaani.xz.XZInputStream;

import static org.awaitility.Awaitility.await;

/**
 * A real PostgreSQL on loopback, unpacked from a Maven artifact: one that the tests of a JVM share, and others for tests
 * that break theirs. It refuses to run as root, so there it runs as "nobody". It ends with this JVM, however that ends.
 */
public final class PostgresServer {

    /** Who may log in. */
    public static final String USER = "postgres";

    /** With which password. */
    public static final String PASSWORD = "no-log-may-show-this";

    private static final long START_SECONDS = 60;
    private static final String NOBODY = "nobody";
    /** Runs what follows until standard input, which this JVM holds, is closed; then asks it to end. */
    private static final String UNTIL_INPUT_ENDS = "\"$@\" & server=$!; cat > /dev/null; "
            + "kill -INT $server; wait $server";

    private final Path folder;
    private final Path data;
    private final List<String> asUser;
    private final int port;
    private volatile Process process;

    private PostgresServer(Path folder, Path data, List<String> asUser, int port) throws IOException {
        this.folder = folder;
        this.data = data;
        this.asUser = asUser;
        this.port = port;
        this.process = launch();
    }

    /**
     * The server, or why there is none.
     *
     * @param server none where it cannot be started
     * @param whyNot one line for whoever reads that tests were skipped
     */
    public record Attempt(Optional<PostgresServer> server, String whyNot) {}

    private static final class Shared {

        static final Attempt ATTEMPT = attempt();

        private Shared() {}
    }

    /** The one of this JVM; the first call starts it. */
    public static Attempt shared() {
        return Shared.ATTEMPT;
    }

    /** One of the caller's own; it ends with this JVM. */
    public static Attempt another() {
        return attempt();
    }

    /** Kills it and all that serve its sessions, as -9 does, and does not start it again. */
    public void kill() {
        List<ProcessHandle> all = servers();
        all.forEach(ProcessHandle::destroyForcibly);
        await().atMost(Duration.ofSeconds(START_SECONDS)).until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
    }

    /** Starts it again, on the same port and data. It may still recover when this returns. */
    public void start() throws IOException {
        process = launch();
    }

    /** From here on it keeps all connections and answers nothing. */
    public void freeze() {
        signal("-STOP");
    }

    /** Lets it go on after {@link #freeze}. */
    public void thaw() {
        signal("-CONT");
    }

    private void signal(String signal) {
        List<String> command = new ArrayList<>(List.of("kill", signal));
        servers().forEach(it -> command.add(Long.toString(it.pid())));
        try {
            if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
                throw new AssertionError(command);
            }
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The server with the processes of its sessions. */
    private List<ProcessHandle> servers() {
        return process.descendants()
                .filter(it -> it.info().command().filter(command -> command.endsWith("/postgres")).isPresent())
                .toList();
    }

    /** The URL of a database of this name, made when it is first asked for. */
    public String url(String database) {
        try (Connection connection = DriverManager.getConnection(jdbc(USER), USER, PASSWORD);
                Statement statement = connection.createStatement()) {
            boolean exists;
            try (ResultSet found = statement.executeQuery(
                    "SELECT 1 FROM pg_database WHERE datname = '" + database + "'")) {
                exists = found.next();
            }
            if (!exists) {
                statement.execute("CREATE DATABASE " + database);
            }
            return jdbc(database);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private String jdbc(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    private static Attempt attempt() {
        Optional<InputStream> archive = Optional.ofNullable(PostgresServer.class.getResourceAsStream(archiveName()));
        if (archive.isEmpty()) {
            return new Attempt(Optional.empty(), "no PostgreSQL for this platform: " + archiveName());
        }
        try {
            return new Attempt(Optional.of(start(archive.get())), "");
        } catch (IOException e) {
            return new Attempt(Optional.empty(), "PostgreSQL cannot be started here: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Attempt(Optional.empty(), "interrupted");
        }
    }

    private static String archiveName() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin"
                : System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
        return "/postgres-" + system + "-" + processor + ".txz";
    }

    private static PostgresServer start(InputStream archive) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("cheesecoin-postgres-");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        unpack(archive, folder.resolve("server"));
        Path data = Files.createDirectory(folder.resolve("data"));
        Path password = Files.writeString(folder.resolve("password"), PASSWORD);
        List<String> asUser = asUserOf(data);
        Path log = folder.resolve("log");
        Path programs = folder.resolve("server").resolve("bin");
        int initialised = new ProcessBuilder(all(asUser, programs.resolve("initdb").toString(), "-D", data.toString(),
                "-U", USER, "-A", "scram-sha-256", "--pwfile=" + password, "-E", "UTF8", "--locale=C", "--no-sync"))
                .redirectErrorStream(true).redirectOutput(log.toFile()).start().waitFor();
        if (initialised != 0) {
            String said = Files.readString(log).strip().replace("\n", " / ");
            deleteAll(folder);
            throw new IOException(said);
        }
        PostgresServer started = new PostgresServer(folder, data, asUser, FreePort.any());
        Runtime.getRuntime().addShutdownHook(new Thread(started::stop));
        await().atMost(Duration.ofSeconds(START_SECONDS)).until(started::answers);
        return started;
    }

    private Process launch() throws IOException {
        return new ProcessBuilder(all(asUser, "sh", "-c", UNTIL_INPUT_ENDS, "sh",
                folder.resolve("server").resolve("bin").resolve("postgres").toString(), "-D", data.toString(), "-p",
                Integer.toString(port), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c",
                "shared_buffers=32MB"))
                .redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile()).start();
    }

    private boolean answers() {
        try (Connection connection = DriverManager.getConnection(jdbc(USER), USER, PASSWORD)) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    /** What goes before a command to run it as whom the server may run as; the folder is made theirs. */
    private static List<String> asUserOf(Path data) throws IOException {
        if (!Files.getAttribute(data, "unix:uid").equals(0)) {
            return List.of();
        }
        UserPrincipal nobody = data.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(NOBODY);
        Files.setOwner(data, nobody);
        return List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + Files.getAttribute(data, "unix:uid"),
                "--clear-groups");
    }

    private static List<String> all(List<String> first, String... rest) {
        List<String> all = new ArrayList<>(first);
        all.addAll(Arrays.asList(rest));
        return all;
    }

    private static void unpack(InputStream archive, Path folder) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(archive))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path target = folder.resolve(entry.getName()).normalize();
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else if (entry.isSymbolicLink()) {
                    Files.createDirectories(target.getParent());
                    Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
                } else {
                    Files.createDirectories(target.getParent());
                    Files.copy(tar, target);
                    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
                }
            }
        }
    }

    private void stop() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            deleteAll(folder);
        } catch (IOException e) {
            System.err.println("What is left of PostgreSQL in " + folder + " could not be removed: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void deleteAll(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
