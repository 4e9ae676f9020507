package org.cheesecoin.member.settings;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.cheesecoin.web.start.BadSetting;
import org.cheesecoin.web.start.EndStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

@ExtendWith(OutputCaptureExtension.class)
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

    @Test
    void aFullDiskIsNoSettingAndWhatItsOwnerCanMendIs() throws IOException {
        IOException full = new IOException("No space left on device");
        Path file = temporary.resolve("file");
        assertThat(DiskFailure.of(file, full)).isInstanceOfSatisfying(DiskFailure.class, it -> {
            assertThat(it.endStatus()).isEqualTo(EndStatus.TRY_AGAIN);
            assertThat(it).hasMessageContainingAll(file.toString(), "No space left on device", "make room")
                    .hasMessageNotContaining("\n");
        });
        assertThat(DiskFailure.of(temporary.resolve("not/there/yet"), full)).isInstanceOf(DiskFailure.class);
        Files.writeString(file, "x");
        assertThat(DiskFailure.of(file, full)).isInstanceOf(DiskFailure.class);
        assertThat(DiskFailure.of(file.resolve("in-a-file"), full)).isInstanceOf(BadSetting.class);
        assertThat(DiskFailure.of(temporary, full)).as("a folder in its place").isInstanceOf(BadSetting.class);
        assertThat(DiskFailure.of(file, new AccessDeniedException("file"))).isInstanceOf(BadSetting.class);
        Path taken = Files.createDirectory(temporary.resolve("taken"));
        assertThatThrownBy(() -> OwnerOnlyFile.write(taken, "x")).isInstanceOf(BadSetting.class)
                .hasMessageContaining(taken.toString()).hasMessageNotContaining("\n");
    }

    /** Files of /proc can be neither flushed nor given another mode, as those of a share or of another owner. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aFolderThatCannotBeFlushedIsUsedWithAWarningThatIsSaidOnce(CapturedOutput output) throws IOException {
        Path folder = Path.of("/proc/self/task");
        OwnerOnlyFile.syncFolder(folder);
        OwnerOnlyFile.syncFolder(folder);
        assertThat(output.getAll().lines().filter(it -> it.contains(folder.toString())))
                .singleElement(STRING)
                .contains("WARN", "cannot be flushed", "power cut");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFileOfAnotherOwnerThatCanBeReadIsReadAndSaidToBeOpen(CapturedOutput output) throws IOException {
        Path file = Path.of("/proc/self/comm");
        assertThat(OwnerOnlyFile.readOrCreate(file, () -> "fresh")).isEqualTo(Files.readString(file).strip());
        assertThat(output.getAll().lines().filter(it -> it.contains(file.toString())))
                .singleElement(STRING)
                .contains("WARN", "others", "chmod 600");
    }
}
