package org.cheesecoin.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;

import org.cheesecoin.chain.consensus.NetworkParameters;
import org.cheesecoin.system.Command.Said;

import static org.awaitility.Awaitility.await;

/**
 * {@code docker-compose.yml} of this checkout under a project name, ports and secrets of its own, by {@code docker
 * compose} where that is installed and by {@code docker-compose} elsewhere. Closing it removes what it made: containers,
 * networks and volumes.
 */
final class Compose implements AutoCloseable {

    private static final long MAX_SECONDS = 240;
    private static final int POSTGRES_OFFSET = 4;
    private static final List<Compose> OPEN = new CopyOnWriteArrayList<>();
    private static final String TOKEN = "token-of-the-system-tests";

    private final String project = "cheese-system-%08x".formatted(ThreadLocalRandom.current().nextInt());
    private final int trackerPort = Launcher.freePorts();
    private final Path folder;
    private final List<String> words;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final Thread lastResort = new Thread(this::removeAll);

    private Compose(Path folder) {
        this.folder = folder;
        words = new ArrayList<>(Docker.run("compose", "version").exitCode() == 0 ? List.of("docker", "compose")
                : List.of("docker-compose"));
        words.addAll(List.of("--project-name", project, "--file",
                Launcher.checkout().resolve("docker-compose.yml").toString(), "--file",
                folder.resolve("network.yml").toString()));
        environment.put("CHEESECOIN_TAG", Docker.TAG);
        environment.put("CHEESECOIN_OWNER_TOKEN", TOKEN);
        environment.put("CHEESECOIN_WALLET_PASSPHRASE", "passphrase of the system tests");
        environment.put("CHEESECOIN_TRACKER_PORT", Integer.toString(trackerPort));
        for (int number = 1; number <= 3; number++) {
            environment.put("CHEESECOIN_MEMBER_%d_PORT".formatted(number), Integer.toString(trackerPort + number));
        }
        environment.put("CHEESECOIN_MEMBER_POSTGRES_PORT", Integer.toString(trackerPort + POSTGRES_OFFSET));
        Runtime.getRuntime().addShutdownHook(lastResort);
        OPEN.add(this);
    }

    /** A project whose members are of this network; nothing is started yet. */
    static Compose of(NetworkParameters network) {
        try {
            Path folder = Files.createTempDirectory("cheese-compose").toRealPath();
            Path file = folder.resolve("network.json");
            NetworkJson.write(network, file);
            Files.writeString(folder.resolve("network.yml"), """
                    x-network: &network
                      volumes: ["%s:/network.json:ro"]
                    services:
                      member-1: *network
                      member-2: *network
                      member-3: *network
                      member: *network
                      member-postgres: *network
                    """.formatted(file));
            return new Compose(folder).with("CHEESECOIN_NETWORK", "/network.json");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sets a variable of the environment from now on. */
    Compose with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Runs the compose command with these words. */
    Said run(String... more) {
        List<String> command = new ArrayList<>(words);
        command.addAll(List.of(more));
        return new Command(folder, environment).run(MAX_SECONDS, command);
    }

    /** Name of the network that all are on. */
    String network() {
        return project + "_default";
    }

    /** Ids of the containers of a service, in their order. */
    List<String> containers(String service) {
        return run("ps", "--quiet", service).orFail().lines().filter(it -> !it.isBlank()).toList();
    }

    /** Id of the one container of a service. */
    String container(String service) {
        List<String> ids = containers(service);
        if (ids.size() != 1) {
            throw new AssertionError("%d containers of %s".formatted(ids.size(), service));
        }
        return ids.getFirst();
    }

    /** The API of member 1, 2 or 3. */
    Member member(int number) {
        return new Member("member-" + number, trackerPort + number, () -> TOKEN);
    }

    /** The API of the member of the profile with PostgreSQL. */
    Member memberOnPostgres() {
        return new Member("member-postgres", trackerPort + POSTGRES_OFFSET, () -> TOKEN);
    }

    /** Returns when the engine calls these healthy. */
    void awaitHealth(String... services) {
        for (String service : services) {
            String container = container(service);
            await(service + " is healthy").atMost(Members.SOON).until(
                    () -> Docker.inspect(container, "{{.State.Health.Status}}").equals("healthy"));
        }
    }

    /** The API of a member that {@code --scale} made. */
    Member scaled(String container) {
        String published = Docker.run("port", container, "8081/tcp").orFail().lines().findFirst().orElseThrow();
        int port = Integer.parseInt(published.substring(published.lastIndexOf(':') + 1));
        return new Member("member " + container.substring(0, 12), port, () -> TOKEN);
    }

    /** The tracker's API. */
    Member tracker() {
        return new Member("tracker", trackerPort, () -> TOKEN);
    }

    /** Ids of all that is left of this project: containers, networks, volumes. */
    List<String> leftovers() {
        String filter = "label=com.docker.compose.project=" + project;
        List<String> ids = new ArrayList<>();
        for (List<String> list : List.of(List.of("ps", "--all"), List.of("network", "ls"), List.of("volume", "ls"))) {
            List<String> query = new ArrayList<>(list);
            query.addAll(List.of("--quiet", "--filter", filter));
            ids.addAll(Docker.run(query.toArray(String[]::new)).orFail().lines().toList());
        }
        return ids;
    }

    /** The last lines of every container's log. */
    static void printLogs() {
        for (Compose compose : OPEN) {
            System.out.println(compose.run("ps").text());
            System.out.println(compose.run("logs", "--tail", "40", "--no-color").text());
        }
    }

    private void removeAll() {
        run("down", "--volumes", "--remove-orphans", "--timeout", "2");
    }

    @Override
    public void close() {
        removeAll();
        OPEN.remove(this);
        Runtime.getRuntime().removeShutdownHook(lastResort);
        try {
            for (String name : List.of("network.json", "network.yml")) {
                Files.deleteIfExists(folder.resolve(name));
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            System.out.println("left behind: " + folder + " " + e);
        }
    }
}
