package org.cheesecoin.member.persistence;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

import javax.sql.DataSource;

import org.cheesecoin.membertest.TestDatabase;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a start makes of the schema that it finds. {@link KilledStartIT} kills it meanwhile. */
@ExtendWith(OutputCaptureExtension.class)
class SchemaStartTest {

    private static final String FILE = "stack.mv.db";
    private static final int CHEESES = 50;

    @TempDir private Path folder;

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void bringsEachOlderSchemaToTheNewest(TestDatabase kind) throws IOException {
        for (int version = 0; version <= OlderDatabase.LAST_HALF; version++) {
            Path place = Files.createDirectory(folder.resolve("from-" + version));
            OlderDatabase.make(OlderDatabase.dataSource(kind, place), version, CHEESES);
            isWhole(kind, place, version);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void mendsWhatAnOlderMemberLeftHalfMade(int half) throws Exception {
        Path older = Files.createDirectory(folder.resolve("older"));
        OlderDatabase.make(OlderDatabase.dataSource(TestDatabase.H2, older), half - 1, CHEESES);
        List<String> statements = statements(half);
        // those of V1 are many, and all alike
        for (int made = 0; made <= statements.size(); made += half == 1 ? 6 : 1) {
            Path place = Files.createDirectory(folder.resolve("made-" + made));
            if (half > 1) {
                Files.copy(older.resolve(FILE), place.resolve(FILE));
            }
            begin(OlderDatabase.dataSource(TestDatabase.H2, place), half, statements.subList(0, made));
            isWhole(TestDatabase.H2, place, half - 1);
        }
    }

    /** As a member that was killed, and one after it that could only say so. */
    private static void begin(DataSource database, int half, List<String> made) throws SQLException {
        // held open, or H2 would close the file after each step
        try (Connection _ = database.getConnection()) {
            execute(database, made);
            if (!made.isEmpty()) {
                assertThatThrownBy(() -> OlderDatabase.migrate(database, half)).isInstanceOf(FlywayException.class);
            }
        }
    }

    /** Counts rows that H2 reads, with what the copy has for V4's slowest statement; the time of a busy machine says little. */
    @Test
    void whatAnUpgradeReadsGrowsAsItsCheesesDo() throws Exception {
        long few = rowsRead(1_000);
        long twice = rowsRead(2_000);
        assertThat(few).isGreaterThan(1_000);
        assertThat(twice).isBetween(few, 3 * few);
    }

    private long rowsRead(int cheeses) throws Exception {
        Path place = Files.createDirectory(folder.resolve("of-" + cheeses));
        DataSource database = OlderDatabase.dataSource(TestDatabase.H2, place);
        OlderDatabase.make(database, 3, cheeses);
        Login login = new Login(MemberDatabase.urlIn(place), "sa", "");
        try (Session session = new Session(login.connect())) {
            OldSchema.prepare(session, Schema.of(login).versions());
            String slowest = statements(4).stream().filter(it -> it.contains("LEFT JOIN best_cheese")).findFirst()
                    .orElseThrow().replaceFirst("(?s)^.*?SELECT", "SELECT");
            String plan = session.first("EXPLAIN ANALYZE " + slowest, row -> row.getString(1)).orElseThrow();
            return Pattern.compile("scanCount: (\\d+)").matcher(plan).results()
                    .mapToLong(it -> Long.parseLong(it.group(1))).sum();
        }
    }

    /** H2 opens a file that was cut as far as it is whole, which may be nothing: another start could still be told of it. */
    @Test
    void aFileInWhichH2FindsNothingIsPutAsideAndNotReplaced(CapturedOutput output) throws IOException {
        for (int start = 1; start <= 2; start++) {
            execute(OlderDatabase.dataSource(TestDatabase.H2, folder), List.of("SET WRITE_DELAY 0"));
            byte[] found = Files.readAllBytes(folder.resolve(FILE));
            isWhole(TestDatabase.H2, folder, 0);
            Path aside = folder.resolve(FILE + ".aside-" + start);
            assertThat(Files.readAllBytes(aside)).startsWith(Arrays.copyOf(found, 8)).hasSizeGreaterThan(4_096);
            assertThat(output.getAll().lines().filter(it -> it.contains(aside.getFileName().toString())))
                    .singleElement().asString()
                    .contains("WARN", folder.resolve(FILE).toString(), "H2 finds no data in it");
            Files.delete(folder.resolve(FILE));
        }
    }

    @Test
    void removesWhatKilledStartsLeft() throws IOException {
        OlderDatabase.make(OlderDatabase.dataSource(TestDatabase.H2, folder), 3, CHEESES);
        for (String left : List.of("stack.new.mv.db", "stack.upgrade.mv.db", "stack.upgrade.trace.db")) {
            Files.writeString(folder.resolve(left), "half of something");
        }
        isWhole(TestDatabase.H2, folder, 3);
        assertThat(folder.toFile().list()).containsExactly(FILE);
    }

    @Test
    void anEmptyFileIsNoDatabaseYet() throws IOException {
        Files.createFile(folder.resolve(FILE));
        isWhole(TestDatabase.H2, folder, 0);
    }

    @Test
    void leavesADatabaseAloneThatIsNoMembers() {
        DataSource other = OlderDatabase.dataSource(TestDatabase.H2, folder);
        execute(other, List.of("CREATE TABLE cats (name VARCHAR(9))", "INSERT INTO cats VALUES ('Tom')"));
        assertThatThrownBy(() -> MemberDatabase.inFolder(folder)).isInstanceOf(UnusableDatabase.class)
                .hasMessageContaining("it is not a member's").hasMessageNotContaining("\n");
        assertThat(new JdbcTemplate(other).queryForList("SELECT name FROM cats", String.class)).containsExactly("Tom");
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void refusesADatabaseOfANewerProgram(TestDatabase kind) {
        kind.open(folder).close();
        execute(OlderDatabase.dataSource(kind, folder), List.of("INSERT INTO \"flyway_schema_history\""
                + " (\"installed_rank\", \"version\", \"description\", \"type\", \"script\", \"installed_by\","
                + " \"execution_time\", \"success\") VALUES (1000, '1000', 'later', 'SQL', 'V1000__later.sql', 'x', 1, TRUE)"));
        assertThatThrownBy(() -> kind.open(folder)).isInstanceOf(UnusableDatabase.class)
                .hasMessageContaining(
                        "was written by a newer version of this program (its schema is 1000, and this one knows")
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void refusesADatabaseThatWasMadeWithAnotherText(TestDatabase kind) {
        kind.open(folder).close();
        execute(OlderDatabase.dataSource(kind, folder), List.of(
                "UPDATE \"flyway_schema_history\" SET \"checksum\" = 1 WHERE \"version\" = '4'"));
        assertThatThrownBy(() -> kind.open(folder)).isInstanceOf(UnusableDatabase.class)
                .hasMessageContaining("its schema 4 is not this one's").hasMessageNotContaining("\n");
    }

    /** Each row of PostgreSQL names the transaction that made it. */
    @Test
    void aVersionAndItsRowAreOneTransactionOfPostgreSql() {
        DataSource database = OlderDatabase.dataSource(TestDatabase.POSTGRESQL, folder);
        TestDatabase.POSTGRESQL.open(folder).close();
        assertThat(new JdbcTemplate(database).queryForObject("SELECT CAST(h.xmin AS TEXT) = CAST(c.xmin AS TEXT)"
                + " FROM flyway_schema_history h, pg_class c WHERE h.version = '4' AND c.relname = 'side_cheese'",
                Boolean.class)).isTrue();
    }

    @Test
    void aServersTimeLimitsDoNotEndAnUpgrade() {
        DataSource database = OlderDatabase.dataSource(TestDatabase.POSTGRESQL, folder);
        OlderDatabase.make(database, 3, CHEESES);
        execute(database, List.of(
                "CREATE FUNCTION slow() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(1.5); END'",
                "CREATE EVENT TRIGGER slow ON ddl_command_start WHEN TAG IN ('DROP INDEX') EXECUTE FUNCTION slow()",
                "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET statement_timeout = 1000', current_database()); END $$"));
        isWhole(TestDatabase.POSTGRESQL, folder, 3);
    }

    @Test
    void noTwoMembersAreAtWorkInADatabaseThatIsUpgraded() throws SQLException {
        DataSource database = OlderDatabase.dataSource(TestDatabase.POSTGRESQL, folder);
        OlderDatabase.make(database, 3, CHEESES);
        try (Connection connection = database.getConnection(); Session older = new Session(connection)) {
            DatabaseKind.POSTGRESQL.prepare(older);
            assertThatThrownBy(() -> TestDatabase.POSTGRESQL.open(folder)).isInstanceOf(UnusableDatabase.class)
                    .hasMessage("another member has this database open");
        }
        isWhole(TestDatabase.POSTGRESQL, folder, 3);
    }

    @Test
    void asksForRoomBeforeItBegins() {
        assertThatThrownBy(() -> SchemaStart.requireRoom("jdbc:h2:file:/data/stack", 616L << 20, (301L << 20) - 1))
                .isInstanceOf(UnusableDatabase.class)
                .hasMessage(
                        "jdbc:h2:file:/data/stack needs 616 MB of free disk beside it for the newest schema, and there"
                                + " are 300: make room and start again; it is as it was");
        SchemaStart.requireRoom("jdbc:h2:file:/data/stack", 616L << 20, 616L << 20);
    }

    private static void isWhole(TestDatabase kind, Path place, int version) {
        try (MemberDatabase database = kind.open(place)) {
            OlderDatabase.isWhole(database.readers(), version, CHEESES);
        }
    }

    private static void execute(DataSource database, List<String> statements) {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Those of a migration, in their order. */
    private static List<String> statements(int version) throws IOException {
        String name = switch (version) {
            case 1 -> "V1__stack.sql";
            case 2 -> "V2__wallet.sql";
            case 3 -> "V3__wallet_words_labels_keys.sql";
            default -> "V4__explorer.sql";
        };
        try (InputStream text = SchemaStartTest.class.getResourceAsStream("/db/migration/" + name)) {
            return Arrays
                    .stream(new String(text.readAllBytes(), StandardCharsets.UTF_8).replaceAll("--.*", "").split(";"))
                    .map(String::strip).filter(it -> !it.isEmpty()).toList();
        }
    }
}
