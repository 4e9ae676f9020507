package org.cheesecoin.system.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;

/**
 * A pod of a set as a process on this machine: its program with its own environment, on a loopback address of its own
 * instead of a pod's, folders instead of volumes, and a file instead of the cluster's DNS.
 */
final class LoopbackPod implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private static final List<String> SMALL = List.of("-Xmx96m", "-Xss512k", "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED");

    private final StatefulSet set;
    private final int ordinal;
    private final String address;
    private final Path folder;
    private final Process process;

    private LoopbackPod(StatefulSet set, int ordinal, String address, Path folder, Process process) {
        this.set = set;
        this.ordinal = ordinal;
        this.address = address;
        this.folder = folder;
        this.process = process;
    }

    /**
     * Starts it.
     *
     * @param addresses loopback address of each pod by its name
     * @param secrets value of a Secret's key by {@code name/key}
     * @param home folder for all pods
     */
    static LoopbackPod start(
            StatefulSet set, int ordinal, Map<String, String> addresses, Map<String, String> secrets, Path home) {
        String name = PodEnvironment.podName(set, ordinal);
        Path folder = home.resolve(name);
        try {
            Files.createDirectories(folder.resolve("data"));
            Files.createDirectories(folder.resolve("secrets"));
            for (Map.Entry<String, String> secret : secrets.entrySet()) {
                String key = secret.getKey().substring(secret.getKey().indexOf('/') + 1);
                Files.writeString(folder.resolve("secrets").resolve(key), secret.getValue());
            }
            Map<String, String> variables = new LinkedHashMap<>();
            PodEnvironment.of(set, ordinal, secrets::get).forEach((variable, value) -> variables.put(variable,
                    value.equals("0.0.0.0") ? addresses.get(name) : local(value, folder)));
            ProcessBuilder builder = new ProcessBuilder(command(set, hosts(addresses, home)))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile());
            builder.environment().clear();
            builder.environment().putAll(variables);
            return new LoopbackPod(set, ordinal, addresses.get(name), folder, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String local(String value, Path folder) {
        return value.replaceFirst("^/data", folder.resolve("data").toString())
                .replaceFirst("^/run/secrets/cheesecoin", folder.resolve("secrets").toString());
    }

    private static List<String> command(StatefulSet set, Path hosts) throws IOException {
        String module = set.getMetadata().getName() + "-service";
        try (Stream<Path> built = Files.list(Checkout.root().resolve(module).resolve("target"))) {
            Path jar = built.filter(it -> it.getFileName().toString().matches(module + "-[0-9.]+(-SNAPSHOT)?\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("package " + module + " first"));
            return Stream.of(Stream.of(System.getProperty("java.home") + "/bin/java"), SMALL.stream(),
                    Stream.of("-Djdk.net.hosts.file=" + hosts, "-jar", jar.toString())).flatMap(it -> it).toList();
        }
    }

    /** What a headless service's DNS would say, for one namespace. */
    private static Path hosts(Map<String, String> addresses, Path home) throws IOException {
        StringBuilder lines = new StringBuilder("127.0.0.1 localhost\n");
        addresses.forEach((name, address) -> lines.append("%s %s.%s.cheesecoin.svc%n".formatted(address, name,
                name.replaceFirst("-[0-9]+$", ""))));
        return Files.writeString(home.resolve("hosts"), lines);
    }

    String name() {
        return PodEnvironment.podName(set, ordinal);
    }

    /** Folder that stands for its volume. */
    Path data() {
        return folder.resolve("data");
    }

    /** Whether the container's probe would pass now. */
    boolean passes(Probe probe) {
        if (!process.isAlive()) {
            throw new AssertionError(name() + " has ended:\n" + log());
        }
        try {
            return get(probe.getHttpGet().getPort().getStrVal(), probe.getHttpGet().getPath(), "").statusCode() == 200;
        } catch (UncheckedIOException _) {
            return false;
        }
    }

    /** Asks one of its named ports, with the owner's token if there is one. */
    HttpResponse<String> get(String port, String path, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                URI.create("http://%s:%d%s".formatted(address, KubernetesTest.ports(set).get(port), path)))
                .timeout(Duration.ofSeconds(10));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(name() + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** As a kubelet does; whether it ended by itself before the kubelet would kill it. */
    boolean stop() {
        process.destroy();
        try {
            return process.waitFor(set.getSpec().getTemplate().getSpec().getTerminationGracePeriodSeconds()
                    - KubernetesTest.preStopSeconds(set), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return name();
    }
}
