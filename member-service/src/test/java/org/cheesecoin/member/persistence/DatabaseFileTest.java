package org.cheesecoin.member.persistence;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.consensus.CheckedCheese;
import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.consensus.StackedHeader;
import org.cheesecoin.chain.node.Change;
import org.cheesecoin.chain.stack.CheeseStack;
import org.cheesecoin.chain.stack.StackLimits;
import org.cheesecoin.membertest.FragileStore;
import org.cheesecoin.web.start.EndStatus;
import org.h2.mvstore.DataUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Named.named;

/** A file that cannot be the database is said in one line, at once, with a way out. */
class DatabaseFileTest {

    private static final Network NETWORK = History.network();
    private static final String FILE = "stack.mv.db";
    private static final int BLOCK_BYTES = 4_096;

    @TempDir private Path folder;

    private Path file() {
        return folder.resolve(FILE);
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

    /** H2 opens such a file; what is damaged is met by whatever asks for it first, or by nobody. */
    @Test
    void noiseAnywhereInItIsSaidByWhateverQueryMeetsIt(@TempDir Path trials) throws IOException {
        byte[] whole = withCheeses(40);
        Random random = new Random(1);
        List<String> said = new ArrayList<>();
        for (int at = 2 * BLOCK_BYTES; at < whole.length; at += BLOCK_BYTES) {
            byte[] noise = new byte[Math.min(BLOCK_BYTES, whole.length - at)];
            random.nextBytes(noise);
            byte[] damaged = whole.clone();
            System.arraycopy(noise, 0, damaged, at, noise.length);
            Path trial = Files.createDirectory(trials.resolve("at-" + at));
            Files.write(trial.resolve(FILE), damaged);
            try {
                readAll(trial);
            } catch (RuntimeException e) {
                said.add(line(e));
                assertThat(line(e)).as("noise at %d: %s", at, e)
                        .contains("cannot read " + trial.resolve(FILE), "which is damaged", "move this file away")
                        .doesNotContain("\n");
                assertThat(EndStatus.of(e)).contains(EndStatus.MEND_FIRST);
            }
        }
        assertThat(said).hasSizeGreaterThan(3);
    }

    private byte[] withCheeses(int count) throws IOException {
        try (MemberDatabase database = MemberDatabase.inFolder(folder);
                StackStore store = database.openStore(NETWORK)) {
            CheeseStack stack = new CheeseStack(NETWORK, store, StackLimits.DEFAULT);
            for (Cheese cheese : History.of(1, count)) {
                stack.add(CheckedCheese.trusted(cheese, NETWORK.id()), 1L << 52,
                        step -> store.apply(List.of(new Change.OfStack(step))));
                store.commit();
            }
        }
        return Files.readAllBytes(file());
    }

    private static void readAll(Path folder) {
        try (MemberDatabase database = MemberDatabase.inFolder(folder);
                StackStore store = database.openStore(NETWORK)) {
            store.loadMemory(0);
            for (StackedHeader header : store.headersFrom(0, 1_000)) {
                store.cheese(header.smell());
            }
        }
    }

    /** What an owner is told: that of the first link that has something for them. */
    private static String line(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(UnusableDatabase.class::isInstance)
                .map(Throwable::getMessage)
                .findFirst()
                .orElse("nothing");
    }

    @Test
    void aFileOfAnotherVersionOfH2IsNoDamage() throws IOException {
        byte[] whole = whole();
        for (int block = 0; block < 2; block++) {
            setFormat(whole, block * BLOCK_BYTES);
        }
        Files.write(file(), whole);
        assertThatThrownBy(() -> MemberDatabase.inFolder(folder)).isInstanceOf(UnusableDatabase.class)
                .hasMessageContainingAll(file().toString(), "another version of H2 wrote it", "move this file away")
                .hasMessageNotContaining("damaged").hasMessageNotContaining("\n")
                .extracting(it -> ((UnusableDatabase) it).endStatus()).isEqualTo(EndStatus.MEND_FIRST);
    }

    /** The header says its format, and ends with a checksum of all before it. */
    private static void setFormat(byte[] file, int from) {
        String block = new String(file, from, BLOCK_BYTES, StandardCharsets.ISO_8859_1);
        String header = block.substring(0, block.indexOf(",fletcher:")).replaceFirst("format:\\d", "format:9");
        byte[] bytes = header.getBytes(StandardCharsets.ISO_8859_1);
        String checked = "%s,fletcher:%08x%n".formatted(header, DataUtils.getFletcher32(bytes, 0, bytes.length));
        System.arraycopy(checked.getBytes(StandardCharsets.ISO_8859_1), 0, file, from, checked.length());
    }

    @Test
    void aDiskThatFailsIsNoDamage() {
        String url = FragileStore.settings(folder)[1].replaceFirst("[^=]*=", "");
        MemberDatabase.at(url, "sa", "").close();
        assertThatThrownBy(() -> FragileStore.whileItFails(() -> MemberDatabase.at(url, "sa", "").close()))
                .isInstanceOf(UnusableDatabase.class)
                .hasMessageContainingAll(folder.resolve("stack").toString(), "the disk fails, for a test",
                        "leave the file where it is")
                .hasMessageNotContaining("move").hasMessageNotContaining("\n")
                .extracting(it -> ((UnusableDatabase) it).endStatus()).isEqualTo(EndStatus.TRY_AGAIN);
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
