package org.cheesecoin.member.persistence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.cheesecoin.web.start.BadSetting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Whatever a data folder is called, the database is in it or the member says why it cannot be. */
class DatabaseUrlTest {

    @TempDir private Path parent;

    @ParameterizedTest
    @ValueSource(strings = {"a,b", "a%20b", "a b", " a ", "ä", "a#b", "~a", "a=b", "a'b", "a\"b", "a&b", "$a", "nio.a"})
    void theDatabaseIsExactlyInTheDataFolder(String name) throws IOException {
        Path folder = Files.createDirectory(parent.resolve(name));
        MemberDatabase.inFolder(folder).close();
        assertThat(filesIn(parent)).containsExactly(folder.resolve("stack.mv.db"));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void charactersThatWindowsKnowsInNoNameMayBeInThePathToo() throws IOException {
        theDatabaseIsExactlyInTheDataFolder("a?b");
        parent = Files.createDirectory(parent.resolve("a:b"));
        theDatabaseIsExactlyInTheDataFolder("nio:c");
    }

    @Test
    void runsNoSqlThatStandsInThePathOfTheDataFolder() throws IOException {
        assertRefused("a;INIT=CREATE TABLE owned(x INT)", "a");
        assertRefused("b;", "b");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void putsNoDatabaseBesideADataFolderWithABackslash() throws IOException {
        assertRefused("b\\c", "b/c/stack");
    }

    @ParameterizedTest
    @ValueSource(strings = {"c;INIT=CREATE TABLE owned(x INT)", "c;", "d\\e"})
    @DisabledOnOs(OS.WINDOWS)
    void putsNoDatabaseElsewhereWhereTheDataFolderIsALink(String name) throws IOException {
        Path folder = Files.createDirectory(parent.resolve(name));
        Path link = Files.createSymbolicLink(parent.resolve("link"), folder);
        for (Path given : List.of(link, link.resolve("not/there/yet"))) {
            assertThatThrownBy(() -> MemberDatabase.inFolder(given))
                    .isInstanceOf(BadSetting.class)
                    .hasMessageContaining("cheesecoin.data is '" + given + "'")
                    .hasMessageContaining("also where it is a link")
                    .hasMessageNotContaining("\n");
        }
        assertThat(filesIn(parent)).isEmpty();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aUrlWhoseLinksLeadToASemicolonRunsNoSqlEither() throws IOException {
        Path folder = Files.createDirectory(parent.resolve("c;INIT=CREATE TABLE owned(x INT)"));
        Path link = Files.createSymbolicLink(parent.resolve("link"), folder);
        String url = "jdbc:h2:file:" + link.resolve("stack");
        assertThatThrownBy(() -> MemberDatabase.at(url, "sa", ""))
                .isInstanceOf(UnusableDatabase.class)
                .hasMessageContainingAll(url, folder.toString(), "semicolon")
                .hasMessageNotContaining("\n");
        assertThat(filesIn(parent)).isEmpty();
    }

    @Test
    void aDataFolderThatIsALinkIsFollowed() throws IOException {
        Path folder = Files.createDirectory(parent.resolve("real"));
        MemberDatabase.inFolder(Files.createSymbolicLink(parent.resolve("link"), folder)).close();
        assertThat(filesIn(parent)).containsExactly(folder.resolve("stack.mv.db"));
    }

    private void assertRefused(String name, String elsewhere) throws IOException {
        Path folder = Files.createDirectory(parent.resolve(name));
        assertThatThrownBy(() -> MemberDatabase.inFolder(folder))
                .isInstanceOf(BadSetting.class)
                .hasMessageContaining("cheesecoin.data is '" + folder + "'")
                .hasMessageContaining(parent.resolve(elsewhere) + ".mv.db")
                .hasMessageNotContaining("\n");
        assertThat(filesIn(parent)).isEmpty();
    }

    private static List<Path> filesIn(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
