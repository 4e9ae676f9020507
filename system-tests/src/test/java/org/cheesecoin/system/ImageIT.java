package org.cheesecoin.system;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import org.cheesecoin.system.Command.Said;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** An image alone, held as tightly as an operator may hold it. */
@ExtendWith(Docker.class)
class ImageIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final long MEGABYTE = 1 << 20;

    private final String name = "cheese-image-%08x".formatted(ThreadLocalRandom.current().nextInt());

    @AfterEach
    void removeTheContainer() {
        Docker.run("rm", "--force", "--volumes", name);
        Docker.run("volume", "rm", "--force", name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tracker", "member"})
    void runsFromItsCacheWithoutRightsOnAReadOnlySystemAndStopsCleanly(String program) {
        // with this flag the JVM refuses to start where the AOT cache does not fit
        start(program, "--env", "JDK_JAVA_OPTIONS=-XX:AOTMode=on", "--env", "CHEESECOIN_OWNER_TOKEN=0123456789abcdef");
        await("health").atMost(SOON).until(() -> Docker.inspect(name, "{{.State.Health.Status}}").equals("healthy"));

        assertThat(Docker.run("exec", name, "id", "-u").orFail().strip()).isEqualTo("10001");
        assertThat(Docker.run("exec", name, "touch", "/var/tmp/file").text()).contains("Read-only file system");
        assertThat(Docker.run("exec", name, "grep", " /tmp ", "/proc/mounts").orFail()).contains("noexec");
        assertThat(logs()).contains("native library of libsecp256k1 is loaded");

        long startNanos = System.nanoTime();
        Docker.run("stop", "--time", "30", name).orFail();
        assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isLessThan(Duration.ofSeconds(10));
        // ended by SIGTERM, after the hooks
        assertThat(Docker.inspect(name, "{{.State.ExitCode}}")).isEqualTo("143");
        assertThat(logs()).contains("Graceful shutdown complete");
        assertThat(logs().contains("readers - Shutdown completed")).isEqualTo(program.equals("member"));
    }

    @Test
    void givesTheHeapAShareOfTheContainersMemory() {
        Said flags = Docker.run("run", "--rm", "--name", name, "--memory", "480m", "--entrypoint", "java",
                Docker.image("member"), "@/app/java.options", "-XX:+PrintFlagsFinal", "-version");

        String heap = flags.orFail().lines().filter(it -> it.contains(" MaxHeapSize ")).findFirst().orElseThrow();
        assertThat(Long.parseLong(heap.replaceAll(".*= *([0-9]+).*", "$1"))).isBetween(160 * MEGABYTE, 168 * MEGABYTE);
    }

    @Test
    void saysWhatIsMissingWithoutAToken() {
        start("member");
        await("the end").atMost(SOON).until(() -> Docker.inspect(name, "{{.State.Running}}").equals("false"));

        assertThat(Docker.inspect(name, "{{.State.ExitCode}}")).isEqualTo("78");
        assertThat(logs()).contains("CHEESECOIN_OWNER_TOKEN");
    }

    private void start(String program, String... more) {
        List<String> words = new ArrayList<>(List.of("run", "--detach", "--name", name, "--read-only", "--tmpfs",
                "/tmp",
                "--volume", name + ":/data", "--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--memory",
                "480m"));
        words.addAll(List.of(more));
        words.add(Docker.image(program));
        Docker.run(words.toArray(String[]::new)).orFail();
    }

    private String logs() {
        return Docker.run("logs", name).orFail();
    }
}
