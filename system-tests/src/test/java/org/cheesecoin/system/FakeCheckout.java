package org.cheesecoin.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A copy of the launcher in a folder of its own, with programs that are none: what it calls as Java is a few lines of
 * shell.
 *
 * @param folder where all of it is
 */
record FakeCheckout(Path folder) {

    /** A program that lives until it is asked to end; unpacking and training it is done at once. */
    static final String LIVES_ON = """
            case "$*" in *--server.port=0* | *jarmode*) exit ;; esac
            trap 'kill $!; exit 143' TERM
            sleep 600 &
            wait
            """;

    /** What {@code answers() {} is replaced by where programs answer that are none. */
    static final String ANSWERS = "answers() { is_running \"$1\"; }\nunused() {";

    /** A folder as a JDK's, whose java is these words. */
    Path program(String words) throws IOException {
        Path bin = Files.createDirectories(folder.resolve("jdk/bin"));
        executable(bin.resolve("java"), words);
        return bin.getParent();
    }

    /** A copy of the launcher with something else in it. */
    Path script(String from, String to) throws IOException {
        return script(Map.of(from, to));
    }

    /** A copy of the launcher with these things replaced, all of which it has. */
    Path script(Map<String, String> changes) throws IOException {
        Path script = folder.resolve("cheesecoin");
        String text = Files.readString(Launcher.checkout().resolve("cheesecoin"));
        for (Map.Entry<String, String> change : changes.entrySet()) {
            assertThat(text).contains(change.getKey());
            text = text.replace(change.getKey(), change.getValue());
        }
        Files.writeString(script, text);
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return script;
    }

    /** A shell script. */
    static Path executable(Path file, String words) throws IOException {
        Files.writeString(file, "#!/usr/bin/env bash\n" + words + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    /** Puts beside the copy what it starts: programs that are empty files, and this java as a JDK 25. */
    void fill(Path jdk) throws IOException {
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25.0.1\"\n");
        Files.createSymbolicLink(jdk.resolve("bin/javac"), jdk.resolve("bin/java"));
        for (String program : List.of("tracker", "member")) {
            Path target = Files.createDirectories(folder.resolve(program + "-service/target"));
            Files.createFile(target.resolve(program + "-service-1.jar"));
        }
    }
}
