package org.cheesecoin.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The commands by which k8s/README.md backs up and restores a member's volume, in the member's image and on a volume as a
 * kubelet hands it over: root's, open to the pod's group, with the folder of an ext file system in it.
 */
@ExtendWith(Docker.class)
class VolumeBackupIT {

    private static final long MAX_SECONDS = 60;
    private static final String IN_THE_HELPER = "kubectl -n cheesecoin exec (-i )?volume-helper --";

    @TempDir Path archives;

    private final String name = "cheese-volume-%08x".formatted(ThreadLocalRandom.current().nextInt());

    @BeforeEach
    void startTheHelper() {
        asRoot("chown root:10001 /data && chmod 2775 /data && mkdir -m 700 /data/lost+found");
        Docker.run("run", "--detach", "--name", name, "--read-only", "--cap-drop", "ALL", "--security-opt",
                "no-new-privileges", "--volume", name + ":/data", "--entrypoint", "sleep", Docker.image("member"),
                "600")
                .orFail();
    }

    @AfterEach
    void removeTheHelper() {
        Docker.run("rm", "--force", name);
        Docker.run("volume", "rm", "--force", name);
    }

    @Test
    void whatWasBackedUpIsThereAgainAndNothingElse() throws IOException {
        inHelper("cd /data && umask 077 && echo key > node.key && echo stack > stack.mv.db && chmod 644 stack.mv.db"
                + " && mkdir 'a folder' && echo deep > 'a folder/file' && echo hidden > .hidden");
        String before = content();

        asAReaderTypes("> member-0.tar");
        inHelper("cd /data && echo other > node.key && rm stack.mv.db && mkdir later && touch later/.too .later");
        asAReaderTypes("-exec rm -rf");
        asAReaderTypes("< member-0.tar");

        assertThat(content()).isEqualTo(before).contains("node.key", "a folder/file", ".hidden");
    }

    /** Path, mode, owner and size of all but what the file system has for itself. */
    private String content() {
        return inHelper("cd /data && find . -mindepth 1 -name lost+found -prune -o -printf '%p %m %U:%G %s\\n' | sort"
                + " && cat node.key stack.mv.db");
    }

    private void asAReaderTypes(String part) throws IOException {
        List<String> commands = Files.readAllLines(Launcher.checkout().resolve("k8s/README.md")).stream()
                .filter(it -> it.contains("volume-helper --") && it.contains(part))
                .toList();
        assertThat(commands).hasSize(1);
        String command = commands.getFirst().replaceFirst(IN_THE_HELPER, "docker exec $1" + name);
        assertThat(command).startsWith("docker exec ");
        new Command(archives, Map.of()).run(MAX_SECONDS, List.of("sh", "-c", command)).orFail();
    }

    private String inHelper(String script) {
        return Docker.run("exec", name, "sh", "-c", script).orFail();
    }

    private void asRoot(String script) {
        Docker.run("run", "--rm", "--user", "0", "--volume", name + ":/data", "--entrypoint", "sh",
                Docker.image("member"), "-c", script).orFail();
    }
}
