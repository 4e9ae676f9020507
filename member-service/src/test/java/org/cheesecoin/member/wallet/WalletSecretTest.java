package org.cheesecoin.member.wallet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.testing.TestKeys;
import org.cheesecoin.chain.wallet.Branch;
import org.cheesecoin.chain.wallet.Mnemonic;
import org.cheesecoin.member.settings.DataFolder;
import org.cheesecoin.member.settings.MemberProperties;
import org.cheesecoin.member.settings.Secret;
import org.cheesecoin.member.settings.TestFolders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The sealed words, and what is left of them where the process is killed while they change. */
class WalletSecretTest {

    private static final MemberProperties.Wallet NO_SETTINGS = new MemberProperties.Wallet(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    private static final Mnemonic OTHERS = Mnemonic.ofEntropy(new byte[16]);

    @TempDir private Path path;
    private DataFolder folder;

    @BeforeEach
    void open() {
        folder = TestFolders.open(path);
    }

    @AfterEach
    void close() {
        folder.close();
    }

    private WalletSecret start(Optional<Address> stored) {
        return WalletSecret.of(folder, NO_SETTINGS, stored, TestKeys.SCHEME);
    }

    private static Address first(WalletSecret secret) {
        return secret.keys(TestKeys.SCHEME).key(Branch.RECEIVE, 0).address();
    }

    private Secret madePassphrase() throws IOException {
        return new Secret(Files.readString(path.resolve(WalletPassphrase.FILE)).strip());
    }

    @Test
    void killedBeforeTheWordsAreSealedAnewTheOldPassphraseOpensThem() throws IOException {
        Mnemonic words = start(Optional.empty()).words();
        Files.writeString(path.resolve(WalletPassphrase.NEXT_FILE), "battery staple\n");

        assertThat(start(Optional.empty()).words()).isEqualTo(words);
        assertThat(path.resolve(WalletPassphrase.NEXT_FILE)).doesNotExist();
        assertThat(start(Optional.empty()).words()).isEqualTo(words);
    }

    @Test
    void killedAfterTheWordsAreSealedAnewTheNewPassphraseOpensThem() throws IOException {
        WalletSecret secret = start(Optional.empty());
        Secret old = madePassphrase();
        assertThat(secret.changePassphrase(old, new Secret("battery staple"))).isInstanceOf(Outcome.Passed.class);
        Files.writeString(path.resolve(WalletPassphrase.NEXT_FILE), "battery staple\n");
        Files.writeString(path.resolve(WalletPassphrase.FILE), old.text() + "\n");

        assertThat(start(Optional.empty()).words()).isEqualTo(secret.words());
        assertThat(madePassphrase().text()).isEqualTo("battery staple");
        assertThat(start(Optional.empty()).words()).isEqualTo(secret.words());
    }

    /** An earlier member took such a passphrase, and kept it as it stood in the file that it made. */
    @ParameterizedTest
    @ValueSource(strings = {"battery staple\u200B", "battery staple\u2060\u200E", "\u00ADbattery staple"})
    void aPassphraseOfAnEarlierMemberWithWhatShowsNothingOpensTheWords(String passphrase) throws IOException {
        WalletSecret secret = start(Optional.empty());
        assertThat(secret.changePassphrase(madePassphrase(), new Secret(passphrase)))
                .isInstanceOf(Outcome.Passed.class);
        assertThat(path.resolve(WalletPassphrase.FILE)).content().isEqualTo(passphrase + "\n");

        WalletSecret again = start(Optional.empty());
        assertThat(again.words()).isEqualTo(secret.words());
        assertThat(again.changePassphrase(new Secret(passphrase), new Secret("right horse")))
                .isInstanceOf(Outcome.Passed.class);
        assertThat(start(Optional.empty()).words()).isEqualTo(secret.words());
    }

    @Test
    void killedInTheMiddleOfARestoreTheDatabaseSaysWhoseWalletItIs() {
        WalletSecret secret = start(Optional.empty());
        Mnemonic old = secret.words();
        secret.stage(OTHERS);
        assertThat(start(Optional.of(first(secret))).words()).as("not committed").isEqualTo(old);
        assertThat(path.resolve(WalletSecret.STAGED_FILE)).doesNotExist();

        secret.stage(OTHERS);
        Address restored = WalletSecret.keys(OTHERS, TestKeys.SCHEME).key(Branch.RECEIVE, 0).address();
        assertThat(start(Optional.of(restored)).words()).as("committed").isEqualTo(OTHERS);
        assertThat(path.resolve(WalletSecret.OLD_FILE)).exists();
        assertThat(start(Optional.of(restored)).words()).isEqualTo(OTHERS);
    }

    @Test
    void wordsOfTheSettingsMakeALostKeyFileAnew() throws IOException {
        MemberProperties.Wallet given = new MemberProperties.Wallet(Optional.empty(), Optional.empty(),
                Optional.of(new Secret(OTHERS.toSecretText())), Optional.empty());
        WalletSecret secret = WalletSecret.of(folder, given, Optional.empty(), TestKeys.SCHEME);
        assertThat(secret.words()).isEqualTo(OTHERS);
        assertThat(secret.isFromOwner()).isTrue();
        assertThat(secret.toString()).doesNotContain(OTHERS.words().getFirst());
        Files.delete(path.resolve(WalletSecret.KEY_FILE));
        assertThat(WalletSecret.of(folder, given, Optional.of(first(secret)), TestKeys.SCHEME).words())
                .isEqualTo(OTHERS);
    }

    @Test
    void aSecondRestoreKeepsTheWordsThatNobodyElseHas() throws IOException {
        WalletSecret secret = start(Optional.empty());
        String first = Files.readString(path.resolve(WalletSecret.KEY_FILE));
        secret.stage(OTHERS);
        secret.promote();
        secret.stage(Mnemonic.ofEntropy(new byte[32]));
        secret.promote();
        assertThat(path.resolve(WalletSecret.OLD_FILE)).content().isEqualTo(first);
    }

    @Test
    void noPassphraseIsChangedInTheMiddleOfARestore() throws IOException {
        WalletSecret secret = start(Optional.empty());
        secret.stage(OTHERS);
        assertThatThrownBy(() -> secret.changePassphrase(madePassphrase(), new Secret("battery staple")))
                .isInstanceOf(IllegalStateException.class);
        secret.promote();
        assertThat(secret.words()).isEqualTo(OTHERS);
    }
}
