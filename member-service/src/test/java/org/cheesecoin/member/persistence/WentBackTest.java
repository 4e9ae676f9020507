package org.cheesecoin.member.persistence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

import org.cheesecoin.chain.cheese.Cheese;
import org.cheesecoin.chain.consensus.CheckedCheese;
import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.consensus.NetworkParameters;
import org.cheesecoin.chain.node.Change;
import org.cheesecoin.chain.stack.CheeseStack;
import org.cheesecoin.chain.stack.StackLimits;
import org.cheesecoin.chain.testing.CheeseFactory;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.membertest.PostgresServer;
import org.cheesecoin.membertest.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A database that has less than its mark remembers is noticed, whichever it is and however that came. */
@ExtendWith(OutputCaptureExtension.class)
class WentBackTest {

    private final Network network = History.network();
    @TempDir private Path folder;

    private void mine(StackStore store, int cheeses) {
        CheeseStack stack = new CheeseStack(network, store, StackLimits.DEFAULT);
        for (int i = 0; i < cheeses; i++) {
            Cheese cheese = CheeseFactory.empty(network, store.tip(), TestKeys.key(0).address());
            stack.add(CheckedCheese.trusted(cheese, network.id()), 1L << 52,
                    step -> store.apply(List.of(new Change.OfStack(step))));
            store.commit();
        }
    }

    /** One start of a member, as far as its store goes. */
    private void start(Supplier<MemberDatabase> opening, BiConsumer<MemberDatabase, StackStore> work) {
        try (MemberDatabase database = opening.get()) {
            try (StackStore store = database.openStore(network)) {
                work.accept(database, store);
            }
        }
    }

    private void mineWithoutAWord(Supplier<MemberDatabase> opening, int cheeses) {
        start(opening, (database, store) -> {
            assertThat(database.wentBack()).isEmpty();
            mine(store, cheeses);
        });
    }

    /** From height 3 of 5: said once a start, until the work that was there is there again. */
    private void isSaidUntilItIsMadeUp(Supplier<MemberDatabase> opening, CapturedOutput output) {
        start(opening, (database, store) -> {
            assertThat(store.tip().height()).isEqualTo(3);
            assertThat(database.wentBack().orElseThrow().height()).isEqualTo(3);
            assertThat(database.wentBack().orElseThrow().markHeight()).isEqualTo(5);
            assertThat(output.getAll()).contains("it has height 3, and stack.mark says that 5 was reached",
                    "It was restored from an older copy, or its file was cut (");
            mine(store, 1);
            assertThat(database.wentBack()).isPresent();
        });
        start(opening, (database, store) -> {
            assertThat(database.wentBack()).isPresent();
            assertThat(output.getAll()).contains("went back before, and is still at height 4 of 5");
            mine(store, 1);
            assertThat(database.wentBack()).isEmpty();
        });
        mineWithoutAWord(opening, 1);
        assertThat(output.getAll().lines().filter(it -> it.contains("The database went back"))).hasSize(2);
    }

    @Test
    void anOlderCopyOfTheFile(CapturedOutput output) throws IOException {
        Path file = folder.resolve("stack.mv.db");
        Path older = folder.resolve("older");
        Path newer = folder.resolve("newer");
        mineWithoutAWord(() -> MemberDatabase.inFolder(folder), 3);
        Files.copy(file, older);
        mineWithoutAWord(() -> MemberDatabase.inFolder(folder), 2);
        Files.copy(file, newer);
        Files.copy(older, file, StandardCopyOption.REPLACE_EXISTING);
        isSaidUntilItIsMadeUp(() -> MemberDatabase.inFolder(folder), output);
        Files.copy(newer, file, StandardCopyOption.REPLACE_EXISTING);
        start(() -> MemberDatabase.inFolder(folder), (database, _) -> assertThat(
                database.wentBack().orElseThrow().markHeight()).as("what was newer is older now").isEqualTo(6));
    }

    @Test
    void aServersDatabaseThatWasRestoredFromAnOlderBackUp(CapturedOutput output) {
        PostgresServer server = TestDatabase.orSkip(PostgresServer.shared());
        String name = "went_back_" + Integer.toHexString(folder.toString().hashCode());
        JdbcTemplate postgres = new JdbcTemplate(new DriverManagerDataSource(
                server.url("postgres"), PostgresServer.USER, PostgresServer.PASSWORD));
        Supplier<MemberDatabase> opening = () -> MemberDatabase.at(server.url(name), PostgresServer.USER,
                PostgresServer.PASSWORD, folder);
        mineWithoutAWord(opening, 3);
        postgres.execute("CREATE DATABASE %s_older TEMPLATE %s".formatted(name, name));
        mineWithoutAWord(opening, 2);
        postgres.execute("DROP DATABASE " + name);
        postgres.execute("ALTER DATABASE %s_older RENAME TO %s".formatted(name, name));
        isSaidUntilItIsMadeUp(opening, output);
    }

    @Test
    void aNewDatabaseBesideTheMarkOfAnother(CapturedOutput output) throws IOException {
        mineWithoutAWord(() -> MemberDatabase.inFolder(folder), 2);
        Files.delete(folder.resolve("stack.mv.db"));
        start(() -> MemberDatabase.inFolder(folder), (database, store) -> {
            assertThat(store.tip().height()).isZero();
            assertThat(database.wentBack().orElseThrow().markHeight()).isEqualTo(2);
        });
        assertThat(output.getAll()).contains("it has height 0, and stack.mark says that 2 was reached",
                "It is another one than the mark was made for");
    }

    @Test
    void commitsThatLeftTheTipWhereItWasCountAsWell(CapturedOutput output) throws IOException {
        Path file = folder.resolve("stack.mv.db");
        mineWithoutAWord(() -> MemberDatabase.inFolder(folder), 2);
        Files.copy(file, folder.resolve("older"));
        start(() -> MemberDatabase.inFolder(folder), (_, store) -> store.commit(List.of(connection -> {
        })));
        Files.copy(folder.resolve("older"), file, StandardCopyOption.REPLACE_EXISTING);
        mineWithoutAWord(() -> MemberDatabase.inFolder(folder), 0);
        assertThat(output.getAll()).contains("it has height 2, and stack.mark says that 2 was reached");
    }

    @Test
    void aFreshStartIsADatabaseWithoutItsMark(CapturedOutput output) throws IOException {
        mineWithoutAWord(() -> MemberDatabase.inFolder(folder), 2);
        Files.delete(folder.resolve("stack.mv.db"));
        Files.delete(folder.resolve(MarkFile.NAME));
        mineWithoutAWord(() -> MemberDatabase.inFolder(folder), 1);
        assertThat(output.getAll()).doesNotContain("went back");
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void anOlderVersionsDatabaseGetsItsMarkWithoutAWord(TestDatabase kind, CapturedOutput output) throws IOException {
        mineWithoutAWord(() -> kind.open(folder), 2);
        try (MemberDatabase database = kind.open(folder)) {
            new JdbcTemplate(database.readers()).update("DELETE FROM stack_run");
        }
        Files.deleteIfExists(folder.resolve(MarkFile.NAME));
        mineWithoutAWord(() -> kind.open(folder), 0);
        mineWithoutAWord(() -> kind.open(folder), 1);
        assertThat(output.getAll()).doesNotContain("went back");
    }

    @Test
    void theMarkOfAnotherNetworkIsRefused() throws IOException {
        mineWithoutAWord(() -> MemberDatabase.inFolder(folder), 1);
        Files.delete(folder.resolve("stack.mv.db"));
        Network other = Network.of(NetworkParameters.test());
        try (MemberDatabase database = MemberDatabase.inFolder(folder)) {
            assertThatThrownBy(() -> database.openStore(other)).isInstanceOf(UnusableDatabase.class)
                    .hasMessageContaining("stack.mark is of another network")
                    .hasMessageNotContaining("\n");
        }
    }
}
