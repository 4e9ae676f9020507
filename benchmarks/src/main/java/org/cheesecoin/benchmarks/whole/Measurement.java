package org.cheesecoin.benchmarks.whole;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import org.cheesecoin.benchmarks.Folders;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What all measurements share: where things are, how a member is started, and how the result is printed. */
abstract class Measurement implements Callable<Integer> {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Option(names = "--jar", description = "the member's jar (default: ${DEFAULT-VALUE})") Path jar = Path
            .of("member-service/target/member-service-0.1.0-SNAPSHOT.jar");

    @Option(names = "--java", description = "the JVM to start members with (default: this one)") Path java = Path
            .of(System.getProperty("java.home"), "bin", "java");

    @Option(names = "--flags",
            description = "the JVM flags of members, or 'launcher' for those of ./cheesecoin") String flags = "launcher";

    @Option(names = "--folder",
            description = "for stacks that are kept and data that is not (default: ${DEFAULT-VALUE})") Path folder = Path
                    .of("benchmarks/target/whole");

    @Option(names = "--payments-per-cheese", description = "default: ${DEFAULT-VALUE}") int paymentsPerCheese = 300;

    @Option(names = "--setting",
            description = "one more of the member's settings, as cheesecoin.index.enabled=false") List<
                    String> settings = List
                            .of();

    @Spec CommandSpec spec = CommandSpec.create();

    MemberProcess.Program program() {
        return new MemberProcess.Program(java, jar, flags());
    }

    private String flags() {
        return flags.equals("launcher") ? MemberProcess.LAUNCHER_FLAGS : flags;
    }

    /** The settings of the command line and one's own, as a member takes them. */
    List<String> settings(String... own) {
        return Stream.concat(settings.stream().map(it -> "--" + it), Stream.of(own)).toList();
    }

    Stacks stacks() {
        return new Stacks(folder, new MemberProcess.Program(java, jar, "-Xmx1g"));
    }

    /** An empty place for a member's data. */
    Path fresh(String name) throws IOException {
        Path place = folder.resolve(name).toAbsolutePath();
        Folders.delete(place);
        Files.createDirectories(place.getParent());
        return place;
    }

    @Override
    public Integer call() throws Exception {
        ObjectNode result = JSON.createObjectNode();
        result.put("measurement", spec.name());
        result.putObject("machine")
                .put("cores", Runtime.getRuntime().availableProcessors())
                .put("jvm", Runtime.version().toString())
                .put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        result.put("memberFlags", flags());
        result.put("memberSettings", String.join(" ", settings));
        measure(result);
        spec.commandLine().getOut().println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(result));
        return 0;
    }

    abstract void measure(ObjectNode result) throws Exception;
}
