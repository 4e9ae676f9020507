package org.cheesecoin.member.persistence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.consensus.CheckedCheese;
import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.node.Change;
import org.cheesecoin.chain.stack.CheeseStack;
import org.cheesecoin.chain.stack.StackLimits;
import org.cheesecoin.chain.testing.CheeseFactory;
import org.cheesecoin.chain.testing.TestKeys;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What only the database in a file must do. */
class MemberDatabaseTest {

    private static final int SMALL_COMMITS = 800;
    private static final long MAX_FILE_BYTES = 60L << 20;

    @TempDir private Path folder;
    private MemberDatabase database;
    private final Network network = History.network();

    @BeforeEach
    void open() {
        database = MemberDatabase.inFolder(folder);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void saysInOneLineThatAnotherProgramHasTheDatabase() throws Exception {
        Path other = folder.resolve("other");
        Process holder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
                Holder.class.getName(), other.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var output = holder.inputReader()) {
            assertThat(output.lines().anyMatch("open"::equals)).isTrue();
            assertThatThrownBy(() -> MemberDatabase.inFolder(other))
                    .isInstanceOf(UnusableDatabase.class)
                    .hasMessageContaining("another program has this database open")
                    .hasMessageNotContaining("\n");
        } finally {
            holder.destroyForcibly().waitFor();
        }
        MemberDatabase.inFolder(other).close();
    }

    /** Holds a database until it is killed. */
    static final class Holder {

        private Holder() {}

        public static void main(String[] arguments) throws IOException {
            try (MemberDatabase held = MemberDatabase.inFolder(Path.of(arguments[0]))) {
                System.out.println("open");
                int end = System.in.read();
                System.out.println(end);
            }
        }
    }

    @Test
    void theFileStaysSmallUnderManySmallCommits() throws Exception {
        try (StackStore store = database.openStore(network)) {
            CheeseStack stack = new CheeseStack(network, store, StackLimits.DEFAULT);
            for (int i = 0; i < SMALL_COMMITS; i++) {
                Cheese cheese = CheeseFactory.empty(network, store.tip(), TestKeys.key(0).address());
                stack.add(CheckedCheese.trusted(cheese, network.id()), 1L << 52,
                        step -> store.apply(List.of(new Change.OfStack(step))));
                store.commit();
            }
            assertThat(Files.size(folder.resolve("stack.mv.db"))).isLessThan(MAX_FILE_BYTES);
        }
    }
}
