package org.cheesecoin.member.wallet;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.wallet.Branch;
import org.cheesecoin.chain.wallet.Mnemonic;
import org.cheesecoin.member.settings.DataFolder;
import org.cheesecoin.member.settings.MemberProperties;
import org.cheesecoin.member.settings.Secret;
import org.cheesecoin.member.settings.TestFolders;
import org.cheesecoin.web.start.BadSetting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Words and passphrases in files as owners keep them: never another wallet, and never one that opens no more. */
@ExtendWith(OutputCaptureExtension.class)
class OwnersWordsTest {

    private static final String MARK = "\uFEFF";
    private static final String CLEAN = "right horse";

    @TempDir private Path temporary;
    private DataFolder folder;

    @BeforeEach
    void open() {
        folder = TestFolders.open(temporary.resolve("data"));
    }

    @AfterEach
    void close() {
        folder.close();
    }

    /** The sums of twelve words fit in the first half of these already, which was a wallet of its own. */
    private static List<String> twoWalletsInOne() {
        for (int i = 0; i < 10_000; i++) {
            byte[] entropy = new byte[32];
            entropy[0] = (byte) i;
            entropy[1] = (byte) (i >> 8);
            List<String> words = Mnemonic.ofEntropy(entropy).words();
            if (Mnemonic.parse(String.join(" ", words.subList(0, 12))) instanceof Outcome.Passed<Mnemonic>) {
                return words;
            }
        }
        throw new AssertionError("one in sixteen does");
    }

    private static MemberProperties.Wallet settings(Optional<Path> passphraseFile, Optional<Path> wordsFile) {
        return new MemberProperties.Wallet(
                Optional.empty(), passphraseFile.map(Path::toString), Optional.empty(), wordsFile.map(Path::toString));
    }

    private WalletSecret withWords(String text, Charset encoding) throws IOException {
        Path file = Files.write(temporary.resolve("words.txt"), text.getBytes(encoding));
        return WalletSecret.of(folder, settings(Optional.empty(), Optional.of(file)), Optional.empty(),
                TestKeys.SCHEME);
    }

    private WalletSecret withPassphraseFile(String text) throws IOException {
        Path file = Files.writeString(temporary.resolve("passphrase.txt"), text);
        return WalletSecret.of(folder, settings(Optional.of(file), Optional.empty()), Optional.empty(),
                TestKeys.SCHEME);
    }

    private WalletSecret withPassphrase(String text) {
        return WalletSecret.of(folder, new MemberProperties.Wallet(Optional.of(new Secret(text)), Optional.empty(),
                Optional.empty(), Optional.empty()), Optional.empty(), TestKeys.SCHEME);
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\n", "\r\n", " \n\n\t"})
    void wordsOnManyLinesAreOneWallet(String between) throws IOException {
        List<String> words = twoWalletsInOne();
        String text = String.join(" ", words.subList(0, 12)) + between + String.join(between, words.subList(12, 24));
        WalletSecret secret = withWords(MARK + text + "\r\n", StandardCharsets.UTF_8);
        assertThat(secret.words().words()).isEqualTo(words);
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 15, 18, 21, 24})
    void everyNumberOfWordsMayStandAWordALine(int count) throws IOException {
        Mnemonic words = Mnemonic.ofEntropy(new byte[count * 4 / 3]);
        assertThat(withWords(String.join("\n", words.words()) + "\n", StandardCharsets.UTF_8).words()).isEqualTo(words);
    }

    @Test
    void whatIsLeftOverInAFileOfWordsIsRefused() {
        List<String> words = twoWalletsInOne();
        String twelve = String.join(" ", words.subList(0, 12));
        for (String more : List.of("\nmy wallet", "\n" + words.get(12), "\n# the old one")) {
            assertThatThrownBy(() -> withWords(twelve + more, StandardCharsets.UTF_8))
                    .isInstanceOf(BadSetting.class)
                    .hasMessageContaining("cheesecoin.wallet.words-file " + temporary.resolve("words.txt"))
                    .hasMessageContaining("recovery words and nothing else")
                    .hasMessageNotContaining(words.getFirst());
        }
        assertThatThrownBy(() -> withWords(twelve, StandardCharsets.UTF_16)).hasMessageContaining("UTF-16");
        assertThat(temporary.resolve("data").resolve(WalletSecret.KEY_FILE)).doesNotExist();
    }

    @Test
    void theLogSaysHowManyWordsWereRestoredAndTheFirstAddress(CapturedOutput output) throws IOException {
        WalletSecret secret = withWords(String.join("\n", twoWalletsInOne()), StandardCharsets.UTF_8);
        String address = secret.keys(TestKeys.SCHEME).key(Branch.RECEIVE, 0).address().toString();
        String line = "restored from 24 words; its first address is " + address;
        assertThat(output.getAll()).containsOnlyOnce(line);
        withWords(String.join(" ", twoWalletsInOne()), StandardCharsets.UTF_8);
        assertThat(output.getAll()).as("later starts restore nothing").containsOnlyOnce(line);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {CLEAN, MARK + CLEAN, CLEAN + " ", MARK + CLEAN + " ", CLEAN + "\n", CLEAN + "\r\n", " " + CLEAN,
                    "\n" + CLEAN, MARK + "\r\n" + CLEAN, " \n" + CLEAN + "\n"})
    void aPassphraseFileIsReadAsItsOwnerSeesIt(String text) throws IOException {
        Mnemonic words = withPassphraseFile(text).words();
        assertThat(withPassphraseFile(CLEAN).words()).isEqualTo(words);
        assertThat(withPassphrase(text).words()).isEqualTo(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {MARK + CLEAN, CLEAN + " ", MARK + CLEAN + " ", CLEAN + "\n", CLEAN + "\r", CLEAN + "\u200B",
            CLEAN + "\u00A0", "\u200B" + CLEAN, CLEAN + MARK})
    void whatWasSealedWithABlankOrAMarkOpensBothWaysForGood(String text) throws IOException {
        Mnemonic words = sealedUnder(text);
        for (int start = 0; start < 2; start++) {
            assertThat(withPassphrase(CLEAN).words()).isEqualTo(words);
            assertThat(withPassphraseFile(text).words()).isEqualTo(words);
        }
        WalletSecret secret = withPassphrase(CLEAN);
        assertThat(secret.changePassphrase(new Secret(CLEAN), new Secret("battery staple")))
                .isInstanceOf(Outcome.Passed.class);
        assertThat(withPassphrase("battery staple").words()).isEqualTo(words);
        assertThatThrownBy(() -> withPassphrase(CLEAN)).isInstanceOf(BadSetting.class);
    }

    /** As a member sealed them that took a passphrase as it stood. */
    private Mnemonic sealedUnder(String passphrase) {
        WalletSecret secret = withPassphrase("another one");
        assertThat(secret.changePassphrase(new Secret("another one"), new Secret(passphrase)))
                .isInstanceOf(Outcome.Passed.class);
        return secret.words();
    }

    @Test
    void aPassphraseFileWithMoreThanALineIsRefused() {
        assertThatThrownBy(() -> withPassphraseFile(CLEAN + "\nsecond\n"))
                .isInstanceOf(BadSetting.class)
                .hasMessageContaining("cheesecoin.wallet.passphrase-file")
                .hasMessageContaining("in one line")
                .hasMessageNotContaining("horse");
    }

    @Test
    void aFileThatIsLongerThanAnyPassphraseOrWordsIsRefused() {
        String blanks = " ".repeat(9_000);
        assertThatThrownBy(() -> withPassphraseFile(CLEAN + blanks)).isInstanceOf(BadSetting.class)
                .hasMessageContaining("cheesecoin.wallet.passphrase-file").hasMessageContaining("at most 8192 bytes");
        assertThatThrownBy(() -> withWords(String.join(" ", twoWalletsInOne()) + blanks, StandardCharsets.UTF_8))
                .isInstanceOf(BadSetting.class)
                .hasMessageContaining("cheesecoin.wallet.words-file").hasMessageContaining("at most 4096 bytes");
    }
}
