package org.cheesecoin.member.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DataFolderTest {

    @TempDir private Path temporary;

    @Test
    void refusesASecondMemberUntilTheFirstIsGone() {
        Path path = temporary.resolve("a/b");
        try (DataFolder first = DataFolder.open(path)) {
            assertThat(first.path()).isEqualTo(path);
            assertThatThrownBy(() -> DataFolder.open(path))
                    .isInstanceOf(BadSetting.class)
                    .hasMessageContaining("cheesecoin.data")
                    .hasMessageContaining("another member (process " + ProcessHandle.current().pid() + ")");
        }
        DataFolder.open(path).close();
    }

    @Test
    void refusesAFileInThePlaceOfTheFolder() throws IOException {
        Path file = Files.writeString(temporary.resolve("file"), "x");
        assertThatThrownBy(() -> DataFolder.open(file)).isInstanceOf(BadSetting.class);
    }

    @Test
    void aSecretStaysTheSameAndIsClosedToOthers() throws IOException {
        Path file = temporary.resolve("secret");
        assertThat(OwnerOnlyFile.readOrCreate(file, () -> "first")).isEqualTo("first");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(OwnerOnlyFile.readOrCreate(file, () -> "second")).isEqualTo("first");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
    }
}
