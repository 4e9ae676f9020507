package org.cheesecoin.member.persistence;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;

import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.member.settings.EndStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Named.named;

/** A file that cannot be the database is said in one line, at once, with a way out. */
class DatabaseFileTest {

    private static final Network NETWORK = History.network();

    @TempDir private Path folder;

    private Path file() {
        return folder.resolve("stack.mv.db");
    }

    private byte[] whole() throws IOException {
        try (MemberDatabase database = MemberDatabase.inFolder(folder)) {
            database.openStore(NETWORK).close();
        }
        return Files.readAllBytes(file());
    }

    private interface Harm {
        byte[] to(byte[] whole);
    }

    static Stream<Arguments> harms() {
        return Stream.of(
                Arguments.of(named("noise in the head", (Harm) whole -> {
                    byte[] noise = new byte[8_192];
                    new Random(1).nextBytes(noise);
                    System.arraycopy(noise, 0, whole, 0, noise.length);
                    return whole;
                })),
                Arguments.of(named("4 KB of it", (Harm) whole -> Arrays.copyOf(whole, 4_096))),
                Arguments.of(named("100 bytes of it", (Harm) whole -> Arrays.copyOf(whole, 100))),
                Arguments.of(named("zeros", (Harm) whole -> new byte[whole.length])),
                Arguments.of(named("a text", (Harm) _ -> "this is no database".getBytes(
                        StandardCharsets.UTF_8))));
    }

    @ParameterizedTest
    @MethodSource("harms")
    void isRefusedInOneLine(Harm harm) throws IOException {
        Files.write(file(), harm.to(whole()));
        isRefused("move this file away");
    }

    @Test
    void aFolderOfItsName() throws IOException {
        Files.createDirectory(file());
        isRefused("is no file: move it away");
    }

    @Test
    void aFileThatMayOnlyBeRead() throws IOException {
        whole();
        assumeFalse(!file().toFile().setReadOnly() || Files.isWritable(file()), "root may write everything");
        isRefused("cannot be read and written by this user");
    }

    private void isRefused(String wayOut) {
        assertThatThrownBy(() -> MemberDatabase.inFolder(folder)).isInstanceOf(UnusableDatabase.class)
                .hasMessageContainingAll(file().toString(), wayOut)
                .hasMessageNotContaining("\n")
                .extracting(it -> ((UnusableDatabase) it).endStatus()).isEqualTo(EndStatus.MEND_FIRST);
    }
}
