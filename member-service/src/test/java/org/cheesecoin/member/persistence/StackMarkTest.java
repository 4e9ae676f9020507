package org.cheesecoin.member.persistence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;

import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.web.start.EndStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The mark beside a database, whatever a power cut or an owner did to its file. */
class StackMarkTest {

    private static final Network NETWORK = History.network();
    private static final UUID RUN = UUID.randomUUID();

    @TempDir private Path folder;
    private MarkFile file;

    private MarkFile open() {
        file = new MarkFile(folder);
        return file;
    }

    @AfterEach
    void close() {
        if (file != null) {
            file.close();
        }
    }

    private static StackMark mark(long commits) {
        StackMark.Place root = StackMark.Place.of(NETWORK.root());
        return new StackMark(NETWORK.id(), RUN, commits, root, root);
    }

    private Path path() {
        return folder.resolve(MarkFile.NAME);
    }

    @Test
    void remembersTheLastOfManyWrites() throws IOException {
        for (int commits = 1; commits <= 5; commits++) {
            open().write(mark(commits));
            file.close();
            assertThat(new MarkFile(folder).read()).contains(mark(commits));
        }
        MarkFile again = open();
        assertThat(again.read()).contains(mark(5));
        again.write(mark(6));
        assertThat(new MarkFile(folder).read()).contains(mark(6));
        assertThat(Files.size(path())).isEqualTo(8_192);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 511})
    void aWriteThatWasCutShortLeavesTheOneBefore(int written) throws IOException {
        open().write(mark(1));
        file.write(mark(2));
        byte[] before = Files.readAllBytes(path());
        file.write(mark(3));
        byte[] after = Files.readAllBytes(path());
        int from = mismatch(before, after) < 4_096 ? 0 : 4_096;
        System.arraycopy(after, from, before, from, written);
        Files.write(path(), before);
        assertThat(new MarkFile(folder).read()).contains(mark(2));
    }

    private static int mismatch(byte[] one, byte[] other) {
        return Arrays.mismatch(one, other);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, 8_192, 1_000_000})
    void noiseIsOneLineWithAWayOut(int bytes) throws IOException {
        byte[] noise = new byte[bytes];
        new Random(1).nextBytes(noise);
        Files.write(path(), noise);
        assertThatThrownBy(() -> open().read()).isInstanceOf(UnusableDatabase.class)
                .hasMessageContainingAll(path().toString(), "delete this file")
                .hasMessageNotContaining("\n")
                .extracting(it -> ((UnusableDatabase) it).endStatus()).isEqualTo(EndStatus.MEND_FIRST);
    }

    @Test
    void aFolderOfItsNameIsOneLine() throws IOException {
        Files.createDirectory(path());
        assertThatThrownBy(() -> open().read()).isInstanceOf(UnusableDatabase.class)
                .hasMessageContaining(path().toString()).hasMessageNotContaining("\n");
    }

    @Test
    void noBitOfACopyMayTurn() {
        byte[] copy = mark(7).encode(3);
        assertThat(StackMark.newest(List.of(copy)).orElseThrow().mark()).isEqualTo(mark(7));
        for (int bit = 0; bit < copy.length * 8; bit++) {
            copy[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(StackMark.decode(copy)).as("bit %d", bit).isEmpty();
            copy[bit / 8] ^= (byte) (1 << bit % 8);
        }
    }
}
