package org.cheesecoin.member.settings;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.cheesecoin.web.start.BadSetting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Files as owners' editors and shells write them. */
class OwnerTextTest {

    private static final String SETTING = "cheesecoin.wallet.words-file";

    @TempDir private Path folder;

    private Path file(String text, Charset encoding) throws IOException {
        return Files.write(folder.resolve("text"), text.getBytes(encoding));
    }

    private static OwnerText read(Path file) {
        return OwnerText.ofFile(SETTING, file.toString(), 100);
    }

    @Test
    void allOfTheFileCountsButWhatIsAroundItsText() throws IOException {
        OwnerText text = read(file("\uFEFF\r\n grün und\n gelb \r\n\n", StandardCharsets.UTF_8));
        assertThat(text.text()).isEqualTo("grün und\n gelb");
        assertThat(text.toString()).doesNotContain("gelb");
    }

    @Test
    void anotherEncodingIsNamedAndReadAsNothingElse() throws IOException {
        for (Charset utf16 : new Charset[]{StandardCharsets.UTF_16, StandardCharsets.UTF_16LE,
                StandardCharsets.UTF_16BE}) {
            assertRefused(file("zebra", utf16), "UTF-16", "save it again as UTF-8");
        }
        assertRefused(file("\uFEFFzebra", StandardCharsets.UTF_16LE), "UTF-16");
        assertRefused(file("grün", StandardCharsets.ISO_8859_1), "another encoding", "save it again as UTF-8");
    }

    @Test
    void refusesWhatIsNotThereTooLongOrEmpty() throws IOException {
        assertRefused(folder.resolve("nowhere"), "can be read (NoSuchFileException)");
        assertRefused(folder, "can be read");
        assertRefused(file("z".repeat(101), StandardCharsets.UTF_8), "at most 100 bytes");
        assertRefused(file("\uFEFF \r\n", StandardCharsets.UTF_8), "something in it");
    }

    @Test
    void secretsOfTheFolderAreReadAsOwnersKeepThem() throws IOException {
        Path file = file("\uFEFF0123456789abcdef \r\n", StandardCharsets.UTF_8);
        assertThat(OwnerOnlyFile.readOrCreate(file, () -> "fresh")).isEqualTo("0123456789abcdef");
        Path wide = file("0123456789abcdef", StandardCharsets.UTF_16);
        assertThatThrownBy(() -> OwnerOnlyFile.readOrCreate(wide, () -> "fresh"))
                .isInstanceOf(BadSetting.class)
                .hasMessageContaining(wide.toString())
                .hasMessageContaining("UTF-16");
    }

    private static void assertRefused(Path file, String... words) {
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(BadSetting.class)
                .hasMessageContaining(SETTING + " is '" + file + "'")
                .hasMessageContainingAll(words)
                .hasMessageNotContaining("\n")
                .hasMessageNotContaining("zebra");
    }
}
