package org.cheesecoin.tracker.liveness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;

import org.cheesecoin.chain.crypto.PrivateKey;
import org.cheesecoin.web.start.BadSetting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class NodeKeyFileTest {

    private final SecureRandom random = new SecureRandom();

    @TempDir Path folder;

    @Test
    void makesAKeyForTheOwnersEyesOnlyAndKeepsIt() throws IOException {
        Path data = folder.resolve("a/tracker");
        PrivateKey key = NodeKeyFile.readOrMake(data, random);
        assertThat(Files.getPosixFilePermissions(data.resolve("node.key")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(NodeKeyFile.readOrMake(data, random)).isEqualTo(key);
        try (var files = Files.list(data)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void leavesAFileAloneThatHoldsSomethingElse() throws IOException {
        Files.writeString(folder.resolve("node.key"), "0".repeat(64));
        assertThatThrownBy(() -> NodeKeyFile.readOrMake(folder, random))
                .isInstanceOf(BadSetting.class)
                .hasMessageContaining("64 hex digits of a node key")
                .hasMessageNotContaining("000000");
        assertThat(folder.resolve("node.key")).hasContent("0".repeat(64));
    }

    @Test
    void readsAKeyThatAnEditorSavedAgainAndRefusesAnotherEncodingInOneLine() throws IOException {
        PrivateKey key = NodeKeyFile.readOrMake(folder, random);
        Path file = folder.resolve("node.key");
        String hex = Files.readString(file);
        Files.writeString(file, "\uFEFF" + hex.strip() + "\r\n");
        assertThat(NodeKeyFile.readOrMake(folder, random)).isEqualTo(key);
        Files.writeString(file, hex, StandardCharsets.UTF_16);
        assertThatThrownBy(() -> NodeKeyFile.readOrMake(folder, random))
                .isInstanceOf(BadSetting.class)
                .hasMessageContaining("64 hex digits of a node key");
    }

    @Test
    void goesOnAfterAKillInTheMiddle() throws IOException {
        Files.writeString(folder.resolve("node.key.new"), "12");
        assertThat(NodeKeyFile.readOrMake(folder, random)).isEqualTo(NodeKeyFile.readOrMake(folder, random));
    }
}
