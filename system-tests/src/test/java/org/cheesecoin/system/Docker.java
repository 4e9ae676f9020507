package org.cheesecoin.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.cheesecoin.system.Command.Said;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The Docker engine of this machine and the images of this checkout. As an extension it skips a test, with a line that
 * says why, where there is no engine to try it with.
 */
final class Docker implements ExecutionCondition {

    /** Tag of the images that these tests build. */
    static final String TAG = "system-test";

    private static final long MAX_SECONDS = 120;
    private static final long MAX_BUILD_SECONDS = 1_500;
    private static final List<String> PROGRAMS = List.of("tracker", "member");

    /** Looked at once. */
    private static final class Engine {
        private static final Optional<String> WHY_NOT = whyNot();
    }

    /** Built once for all tests. */
    private static final class Images {
        static {
            PROGRAMS.forEach(Docker::build);
        }

        private static void areThere() {}
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (context.getTestMethod().isEmpty() && Engine.WHY_NOT.isPresent()) {
            System.out.println("SKIPPED " + context.getDisplayName() + ": " + Engine.WHY_NOT.get());
        }
        return Engine.WHY_NOT.map(ConditionEvaluationResult::disabled)
                .orElseGet(() -> ConditionEvaluationResult.enabled("a Docker engine answers"));
    }

    /** Runs {@code docker} with these words. */
    static Said run(String... words) {
        return run(MAX_SECONDS, words);
    }

    /** The image of the tracker or a member, built from this checkout. */
    static String image(String program) {
        Images.areThere();
        return name(program);
    }

    /** What {@code docker inspect} says of a container, by a template in Go's form. */
    static String inspect(String container, String template) {
        return run("inspect", "--format", template, container).orFail().strip();
    }

    /** Skips, with a line that says why, a test that needs an image which is not built here. */
    static void assumeImage(String image, String test) {
        boolean isHere = isHere(image);
        if (!isHere) {
            System.out.println("SKIPPED %s: the image %s is not here and cannot be pulled".formatted(test, image));
        }
        Assumptions.assumeTrue(isHere, "no image " + image);
    }

    private static boolean isHere(String image) {
        return run("image", "inspect", image).exitCode() == 0 || run("pull", image).exitCode() == 0;
    }

    private static String name(String program) {
        return "cheesecoin/%s:%s".formatted(program, TAG);
    }

    private static void build(String program) {
        String name = name(program);
        Said former = run("image", "inspect", "--format", "{{.Id}}", name);
        run(MAX_BUILD_SECONDS, "build", "--target", program, "--tag", name, Launcher.checkout().toString()).orFail();
        if (former.exitCode() == 0 && !run("image", "inspect", name).text().contains(former.text().strip())) {
            // keeps what the new one shares with it
            run("image", "rm", former.text().strip());
        }
    }

    private static Optional<String> whyNot() {
        try {
            if (run("info").exitCode() != 0) {
                return Optional.of("no Docker engine answers `docker info`");
            }
            return baseImages().stream()
                    .filter(it -> !isHere(it))
                    .findFirst()
                    .map(it -> "the base image %s is not here and cannot be pulled".formatted(it));
        } catch (UncheckedIOException _) {
            return Optional.of("there is no `docker` on this machine");
        }
    }

    private static Set<String> baseImages() {
        try {
            Set<String> images = new LinkedHashSet<>();
            for (String line : Files.readAllLines(Launcher.checkout().resolve("Dockerfile"))) {
                if (line.matches("FROM \\S+:\\S+ AS .*")) {
                    images.add(line.split(" ")[1]);
                }
            }
            return images;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Said run(long maxSeconds, String... words) {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(words));
        return new Command(Launcher.checkout(), Map.of()).run(maxSeconds, command);
    }
}
