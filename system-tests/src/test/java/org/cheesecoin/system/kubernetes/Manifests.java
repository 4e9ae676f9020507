package org.cheesecoin.system.kubernetes;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.HasMetadata;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Objects for a cluster, parsed strictly.
 *
 * @param origin where they are from
 * @param objects in the order of their files
 */
record Manifests(String origin, List<HasMetadata> objects) {

    private static final long MAX_SECONDS = 60;

    /** The base as it is written, which every machine can read. */
    static Manifests base() {
        Path folder = Checkout.root().resolve("k8s/base");
        try (Stream<Path> files = Files.list(folder)) {
            List<HasMetadata> objects = new ArrayList<>();
            for (Path file : files.filter(it -> !it.endsWith("kustomization.yaml")).sorted().toList()) {
                objects.addAll(StrictModels.parse(Files.readString(file)));
            }
            return new Manifests("k8s/base", List.copyOf(objects));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One file. */
    static Manifests file(String path) {
        return new Manifests(path, StrictModels.parse(Checkout.text(path)));
    }

    /** What {@code kubectl kustomize} makes of an overlay; where there is no kubectl, the test is skipped. */
    static Manifests overlay(String name) {
        assumeTrue(kubectl().isPresent(), "skipped: no kubectl on the path to build k8s/" + name + " with");
        Path folder = Checkout.root().resolve("k8s").resolve(name);
        return new Manifests("k8s/" + name, StrictModels.parse(kustomize(kubectl().orElseThrow(), folder)));
    }

    /** All of a kind. */
    <T extends HasMetadata> List<T> all(Class<T> kind) {
        return objects.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** The one of this kind and name. */
    <T extends HasMetadata> T one(Class<T> kind, String name) {
        return all(kind).stream()
                .filter(it -> it.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no %s %s in %s".formatted(kind.getSimpleName(), name, origin)));
    }

    private static Optional<Path> kubectl() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(it -> !it.isEmpty())
                .map(it -> Path.of(it, "kubectl"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static String kustomize(Path kubectl, Path folder) {
        try {
            Path said = Files.createTempFile("kustomize", ".yaml");
            Path complaints = Files.createTempFile("kustomize", ".txt");
            try {
                Process process = new ProcessBuilder(kubectl.toString(), "kustomize", folder.toString())
                        .redirectOutput(said.toFile())
                        .redirectError(complaints.toFile())
                        .start();
                boolean ended = process.waitFor(MAX_SECONDS, TimeUnit.SECONDS);
                process.destroyForcibly();
                String complaint = Files.readString(complaints);
                // a word of warning is an old spelling that tomorrow's kubectl refuses
                if (!ended || process.exitValue() != 0 || !complaint.isBlank()) {
                    throw new AssertionError("kubectl kustomize " + folder + ": " + complaint);
                }
                return Files.readString(said);
            } finally {
                Files.delete(said);
                Files.delete(complaints);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return origin;
    }
}
