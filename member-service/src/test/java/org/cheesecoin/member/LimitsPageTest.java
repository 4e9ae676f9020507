package org.cheesecoin.member;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.cheesecoin.member.settings.MemoryPlan;
import org.cheesecoin.member.settings.MemoryPlan.Share;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Keeps docs/limits.md true: its shares are those of the launcher's heap, and each test that it names is there. */
class LimitsPageTest {

    private static final Pattern SHARE = Pattern.compile("(?m)^\\| `([A-Z]+)` \\| ([0-9,]+) \\|");
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT))\\.(\\w+)`");

    private static Path root = Path.of("");
    private static String page = "";

    @BeforeAll
    static void readPage() throws IOException {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.isRegularFile(folder.resolve("docs/limits.md"))) {
            folder = folder.getParent();
        }
        assumeTrue(folder != null, "not run from a checkout");
        root = folder;
        page = Files.readString(folder.resolve("docs/limits.md"));
    }

    @Test
    void theSharesAreThoseOfTheLaunchersHeap() {
        MemoryPlan plan = new MemoryPlan(MemoryPlan.LAUNCHER_HEAP_BYTES);

        assertThat(SHARE.matcher(page).results().map(it -> it.group(1) + " " + it.group(2)))
                .containsExactly(Arrays.stream(Share.values())
                        .map(it -> String.format(Locale.ROOT, "%s %,d", it, plan.bytes(it)))
                        .toArray(String[]::new));
    }

    @Test
    void theLauncherGivesThatHeap() throws IOException {
        assertThat(Files.readString(root.resolve("cheesecoin")))
                .contains("MEMBER_HEAP=-Xmx" + (MemoryPlan.LAUNCHER_HEAP_BYTES >> 20) + "m");
    }

    @Test
    void eachTestThatItNamesIsThere() throws IOException {
        String sources = testSources();

        assertThat(TEST.matcher(page).results()
                .filter(it -> !isThere(it, sources))
                .map(MatchResult::group)
                .distinct())
                .isEmpty();
        assertThat(new TreeSet<>(TEST.matcher(page).results().map(MatchResult::group).toList())).hasSizeGreaterThan(50);
    }

    private static boolean isThere(MatchResult test, String sources) {
        return sources.contains("class " + test.group(1) + " ") && sources.contains("void " + test.group(2) + "(");
    }

    private static String testSources() throws IOException {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> modules = Files.list(root)) {
            List<Path> folders = modules.map(it -> it.resolve("src/test/java")).filter(Files::isDirectory).toList();
            for (Path folder : folders) {
                try (Stream<Path> files = Files.walk(folder)) {
                    files.filter(it -> it.toString().endsWith(".java")).forEach(it -> text.append(read(it)));
                }
            }
        }
        return text.toString();
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
