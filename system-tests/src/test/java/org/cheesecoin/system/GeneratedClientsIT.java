package org.cheesecoin.system;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.cheesecoin.chain.consensus.NetworkParameters;
import org.cheesecoin.system.Command.Said;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The clients that openapi-generator makes of the documents that a running member and tracker publish: they are compiled
 * as they come, and a user's program on them pays in every way, makes a draft and reads the lists.
 */
@ExtendWith(LogsOnFailure.class)
class GeneratedClientsIT {

    private static final long MAX_TOOL_SECONDS = 120;
    private static final Path CLIENTS = Path.of("src/test/clients").toAbsolutePath();
    /** Maven puts the tools there. */
    private static final Path TOOLS = Path.of("target/client-tools").toAbsolutePath();
    private static final Path GENERATOR = TOOLS.resolve("openapi-generator-cli.jar");
    /** The folder of TypeScript's versions, of which there is one. */
    private static final Path TYPESCRIPT = TOOLS.resolve("META-INF/resources/webjars/typescript");
    private static final int WAYS_TO_PAY = 3;

    @TempDir private static Path folder;
    private static Launcher launcher;

    @BeforeAll
    static void generate() throws IOException {
        launcher = Launcher.of(NetworkParameters.test());
        launcher.run("up", "1").orFail();
        List<String> words = new ArrayList<>(List.of(java("java"), "-jar", GENERATOR.toString(), "batch", "--fail-fast",
                "--threads", "2"));
        for (String service : List.of("member", "tracker")) {
            Member published = service.equals("member") ? launcher.member(1) : launcher.tracker();
            Files.writeString(folder.resolve(service + ".json"), published.get("/v3/api-docs").toString());
            words.add(order(service, "java", "\"library\":\"native\","));
            words.add(order(service, "typescript-fetch", ""));
        }
        run(words).orFail();
    }

    @AfterAll
    static void stop() {
        launcher.close();
    }

    /** Writes what the generator is to do, and answers the name of that file. */
    private static String order(String service, String language, String more) throws IOException {
        Path file = folder.resolve(service + "-" + language + ".json");
        Files.writeString(file, """
                {"generatorName":"%s",%s"inputSpec":"%s","outputDir":"%s",
                 "invokerPackage":"client.%s","apiPackage":"client.%s.api","modelPackage":"client.%s.model",
                 "additionalProperties":{"useJakartaEe":true,"openApiNullable":false},
                 "globalProperties":{"models":"","apis":"","supportingFiles":"","modelDocs":"false","apiDocs":"false",
                 "modelTests":"false","apiTests":"false"}}"""
                .formatted(language, more, folder.resolve(service + ".json"),
                        folder.resolve(language).resolve(service), service, service, service));
        return file.toString();
    }

    private static String java(String program) {
        return Path.of(System.getProperty("java.home"), "bin", program).toString();
    }

    private static Said run(List<String> words) {
        return new Command(folder, Map.of()).run(MAX_TOOL_SECONDS, words);
    }

    private static List<String> sources(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(Path::toString).filter(it -> it.endsWith(".java")).toList();
        }
    }

    private static void pays(Said said, int payments) {
        List<String> txids = said.orFail().lines().filter(it -> it.startsWith("paid "))
                .map(it -> it.substring("paid ".length())).toList();
        assertThat(txids).hasSize(payments).doesNotHaveDuplicates()
                .allSatisfy(it -> assertThat(launcher.member(1).stateOf(it)).isIn("pending", "confirmed"));
    }

    @Test
    void theJavaClientCompilesAndPays() throws IOException {
        Path classes = Files.createDirectory(folder.resolve("classes"));
        String classPath = System.getProperty("java.class.path");
        List<String> compile = new ArrayList<>(List.of(java("javac"), "-nowarn", "-proc:none", "-d", classes.toString(),
                "-cp", classPath, CLIENTS.resolve("PayingClient.java").toString()));
        compile.addAll(sources(folder.resolve("java")));
        run(compile).orFail();
        pays(run(List.of(java("java"), "-cp", classes + File.pathSeparator + classPath, "PayingClient",
                launcher.member(1).url(), launcher.member(1).token(), launcher.tracker().url())), WAYS_TO_PAY + 1);
    }

    @Test
    void theTypeScriptClientCompilesAndPays() throws IOException {
        assumeTrue(hasNode(), "there is no node here: the generated TypeScript client is not compiled");
        Path client = folder.resolve("typescript-fetch");
        Files.copy(CLIENTS.resolve("paying-client.ts"), client.resolve("paying-client.ts"));
        run(List.of("node", typeScriptCompiler(), "--strict", "--target", "es2022", "--module", "commonjs", "--lib",
                "es2022,dom,dom.iterable", "--outDir", folder.resolve("script").toString(),
                client.resolve("paying-client.ts").toString(), client.resolve("tracker/index.ts").toString())).orFail();
        pays(run(List.of("node", folder.resolve("script/paying-client.js").toString(), launcher.member(1).url(),
                launcher.member(1).token())), WAYS_TO_PAY);
    }

    private static String typeScriptCompiler() throws IOException {
        try (Stream<Path> versions = Files.list(TYPESCRIPT)) {
            return versions.findFirst().orElseThrow().resolve("lib/tsc.js").toString();
        }
    }

    private static boolean hasNode() {
        try {
            return run(List.of("node", "--version")).exitCode() == 0;
        } catch (UncheckedIOException _) {
            return false;
        }
    }
}
