package org.cheesecoin.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs programs as a person would who types them.
 *
 * @param folder where they run
 * @param environment what is set, over this process's own variables without those that are about CheeseCoin or Java
 */
record Command(Path folder, Map<String, String> environment) {

    /** What a program said, both streams together. */
    record Said(int exitCode, String text) {

        /** The text of a program that went well; another one is a failure of the test. */
        String orFail() {
            if (exitCode != 0) {
                throw new AssertionError("it ended with " + exitCode + ":\n" + text);
            }
            return text;
        }
    }

    /** Runs a program and waits for its end; one that takes longer is ended and a failure of the test. */
    Said run(long maxSeconds, List<String> words) {
        try {
            // a file, since what the program leaves running would hold a pipe open
            Path output = Files.createTempFile("cheese-said", ".txt");
            try {
                return run(maxSeconds, words, output);
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Starts a program, which writes both streams to this file. */
    Process start(List<String> words, Path output) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .directory(folder.toFile());
        builder.environment().keySet()
                .removeIf(it -> it.startsWith("CHEESECOIN_") || it.equals("JAVA_TOOL_OPTIONS"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    private Said run(long maxSeconds, List<String> words, Path output) throws IOException, InterruptedException {
        Process process = start(words, output);
        boolean ended = process.waitFor(maxSeconds, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
            throw new AssertionError("%s takes too long:%n%s".formatted(words, Files.readString(output)));
        }
        return new Said(process.exitValue(), Files.readString(output));
    }
}
