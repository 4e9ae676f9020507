package org.cheesecoin.chain.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Assumptions;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The public test vectors: the folder of {@code -Dvectors.dir}, by default {@code ../shared/vectors} beside the
 * checkout. They are no part of the project, so a test that finds none says so and is skipped.
 */
public final class VectorsFolder {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private VectorsFolder() {}

    /**
     * The files of a folder inside, sorted by name; the test is skipped where there are none.
     *
     * @param folder relative, empty for the vectors' own folder
     * @param glob as {@code bip39*.json}
     */
    public static List<Path> files(String folder, String glob) {
        Path inside = root().resolve(folder);
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(inside)) {
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(inside, glob)) {
                stream.forEach(found::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        if (found.isEmpty()) {
            String line = "skipped: no vectors at " + inside.resolve(glob);
            System.out.println(line);
            Assumptions.abort(line);
        }
        Collections.sort(found);
        return found;
    }

    /** A file's JSON. */
    public static JsonNode json(Path file) {
        return JSON.readTree(file.toFile());
    }

    /** A file's lines. */
    public static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path root() {
        return Optional.ofNullable(System.getProperty("vectors.dir"))
                .map(Path::of)
                .orElseGet(() -> checkout().resolve("../shared/vectors"))
                .toAbsolutePath()
                .normalize();
    }

    /** The checkout's root, looked for upward from where the test runs. */
    private static Path checkout() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("chain-lib/src/main/java"))) {
            Path above = folder.getParent();
            if (above == null) {
                return Path.of("").toAbsolutePath();
            }
            folder = above;
        }
        return folder;
    }
}
