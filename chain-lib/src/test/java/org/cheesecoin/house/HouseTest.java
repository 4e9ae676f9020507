package org.cheesecoin.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Keeps the house tidy: the main sources of every module, read as text. */
class HouseTest {

    private static final int MAX_FILE_LINES = 400;
    private static final int MAX_METHOD_LINES = 70;

    // the words are put together here so that this file does not hold them
    private static final Pattern LEFT_FOR_LATER = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");
    private static final Pattern WILDCARD_IMPORT = Pattern.compile("^import .*\\*;");
    /** A header of a method or constructor that opens its body: no keyword that opens a block, no field, no type. */
    private static final Pattern METHOD_HEADER = Pattern.compile(
            "^(?!.*\\b(class|interface|enum|record|new|return|else|switch|throw|yield)\\b)(?!.*(=|->)).*\\w\\s*\\(.*");
    private static final Pattern STATEMENT_HEADER = Pattern
            .compile("^\\W*(if|for|while|switch|catch|try|synchronized|do)\\b.*");
    private static final Pattern NOT_CODE = Pattern.compile(
            "\"\"\"[\\s\\S]*?(?<!\\\\)\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\\\n])+'|//[^\\n]*|/\\*[\\s\\S]*?\\*/");

    private static final List<Source> SOURCES = new ArrayList<>();

    private record Source(Path path, String text) {

        List<String> lines() {
            return text.lines().toList();
        }
    }

    @BeforeAll
    static void readSources() throws IOException {
        Path root = Path.of("").toAbsolutePath();
        while (root != null && !Files.isDirectory(root.resolve("chain-lib/src/main/java"))) {
            root = root.getParent();
        }
        assumeTrue(root != null, "not run from a checkout");
        SOURCES.clear();
        try (Stream<Path> modules = Files.list(root)) {
            for (Path sources : modules.map(it -> it.resolve("src/main/java")).filter(Files::isDirectory).sorted()
                    .toList()) {
                try (Stream<Path> files = Files.walk(sources)) {
                    files.filter(it -> it.toString().endsWith(".java")).sorted().forEach(HouseTest::read);
                }
            }
        }
    }

    private static void read(Path path) {
        try {
            SOURCES.add(new Source(path, Files.readString(path)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void filesAreShort() {
        assertThat(SOURCES.stream()
                .filter(it -> it.lines().size() > MAX_FILE_LINES)
                .map(it -> "%s: %d lines".formatted(it.path(), it.lines().size())))
                .as("files of more than %d lines", MAX_FILE_LINES)
                .isEmpty();
    }

    @Test
    void methodsAreShort() {
        assertThat(SOURCES.stream().flatMap(it -> longMethods(it).stream()))
                .as("methods of more than %d lines", MAX_METHOD_LINES)
                .isEmpty();
    }

    @Test
    void nothingIsLeftForLater() {
        assertThat(linesWith(LEFT_FOR_LATER)).isEmpty();
    }

    @Test
    void importsNameTheirClass() {
        assertThat(linesWith(WILDCARD_IMPORT)).isEmpty();
    }

    @Test
    void theMethodCounterCounts() {
        String body = "        call();\n".repeat(MAX_METHOD_LINES - 2);
        String fits = "class A {\n    void a(int b)\n            throws E {\n" + body.substring(16) + "    }\n";
        assertThat(longMethods(new Source(Path.of("A.java"), "class A {\n    int a(int b) {\n" + body + "    }\n}\n")))
                .isEmpty();
        assertThat(longMethods(new Source(Path.of("A.java"), fits + "}\n"))).isEmpty();
        assertThat(longMethods(new Source(Path.of("A.java"),
                "class A {\n    A(int b) {\n        if (b(\"{\") == '{') {\n" + body + "        }\n    }\n}\n")))
                .hasSize(1);
    }

    private static List<String> linesWith(Pattern pattern) {
        var found = new ArrayList<String>();
        for (Source source : SOURCES) {
            List<String> lines = source.lines();
            for (int i = 0; i < lines.size(); i++) {
                if (pattern.matcher(lines.get(i)).find()) {
                    found.add("%s:%d: %s".formatted(source.path(), i + 1, lines.get(i).strip()));
                }
            }
        }
        return found;
    }

    /** Counts braces outside strings and comments; a method runs from the line of its header to its closing brace. */
    private static List<String> longMethods(Source source) {
        String code = NOT_CODE.matcher(source.text()).replaceAll(it -> it.group().replaceAll("[^\\n]", " "));
        var found = new ArrayList<String>();
        int line = 1;
        int depth = 0;
        int headerStart = 0;
        int methodLine = 0;
        int methodDepth = 0;
        for (int i = 0; i < code.length(); i++) {
            switch (code.charAt(i)) {
                case '\n' -> line++;
                case ';' -> headerStart = i + 1;
                case '{' -> {
                    String header = code.substring(headerStart, i);
                    if (methodLine == 0 && isMethodHeader(header)) {
                        methodLine = line - (int) header.stripLeading().chars().filter(it -> it == '\n').count();
                        methodDepth = depth;
                    }
                    depth++;
                    headerStart = i + 1;
                }
                case '}' -> {
                    depth--;
                    if (methodLine != 0 && depth == methodDepth) {
                        if (line - methodLine + 1 > MAX_METHOD_LINES) {
                            found.add("%s:%d: %d lines".formatted(source.path(), methodLine, line - methodLine + 1));
                        }
                        methodLine = 0;
                    }
                    headerStart = i + 1;
                }
                default -> {
                }
            }
        }
        return found;
    }

    private static boolean isMethodHeader(String header) {
        String oneLine = header.strip().replaceAll("\\s+", " ");
        return METHOD_HEADER.matcher(oneLine).matches() && !STATEMENT_HEADER.matcher(oneLine).matches();
    }
}
