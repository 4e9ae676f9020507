package org.cheesecoin.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the README's chapter on the first payment tells a reader to type, and what it says will come back. */
final class Readme {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String CHAPTER = "## A first payment";
    private static final String FENCE = "```";
    private static final String PROMPT = "$ ";
    private static final String MARK = "---next---";

    /** A command, on one line or more, with the output that is shown under it. */
    record Step(String command, String shown) {}

    private Readme() {}

    /** The steps of the chapter, in order. */
    static List<Step> firstPayment() {
        String readme = read();
        String chapter = readme.substring(readme.indexOf(CHAPTER) + CHAPTER.length());
        chapter = chapter.substring(0, chapter.indexOf("\n## "));
        List<Step> steps = new ArrayList<>();
        String[] parts = chapter.split(FENCE, -1);
        for (int block = 1; block < parts.length; block += 2) {
            steps.addAll(steps(parts[block].lines().skip(1).toList()));
        }
        return steps;
    }

    private static List<Step> steps(List<String> lines) {
        List<Step> steps = new ArrayList<>();
        boolean inCommand = false;
        for (String line : lines) {
            if (line.startsWith(PROMPT)) {
                steps.add(new Step(line.substring(PROMPT.length()), ""));
            } else {
                Step last = steps.removeLast();
                steps.add(inCommand
                        ? new Step(last.command() + "\n" + line, "")
                        : new Step(last.command(), last.shown() + line));
            }
            inCommand = (inCommand || line.startsWith(PROMPT)) && line.endsWith("\\");
        }
        return steps;
    }

    /** Runs the steps one after the other in one shell, against this network; answers what each one said. */
    static List<String> run(List<Step> steps, Launcher launcher) {
        StringBuilder script = new StringBuilder();
        for (Step step : steps) {
            script.append(here(step.command(), launcher)).append("\necho\necho ").append(MARK).append('\n');
        }
        try {
            ProcessBuilder builder = new ProcessBuilder("bash", "-eu", "-c", script.toString())
                    .redirectErrorStream(true);
            // as the README tells a reader whose shell goes through a proxy
            builder.environment().put("no_proxy", "127.0.0.1");
            Process shell = builder.start();
            String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!shell.waitFor(1, TimeUnit.MINUTES) || shell.exitValue() != 0) {
                throw new AssertionError("the README's commands failed: " + said);
            }
            return List.of(said.split(MARK)).subList(0, steps.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The names of the fields of an object, sorted; none where it is no object. */
    static List<String> fields(String json) {
        if (!json.strip().startsWith("{")) {
            return List.of();
        }
        JsonNode node = JSON.readTree(json);
        return node.propertyNames().stream().sorted().toList();
    }

    /** The same command with the ports and the folder of this network. */
    private static String here(String command, Launcher launcher) {
        return command.replace("http://127.0.0.1:8081", launcher.member(1).url())
                .replace("http://127.0.0.1:8082", launcher.member(2).url())
                .replace(".cheesecoin/", launcher.home() + "/");
    }

    private static String read() {
        try {
            return Files.readString(Launcher.checkout().resolve("README.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
