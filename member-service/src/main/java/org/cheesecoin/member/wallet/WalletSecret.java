package org.cheesecoin.member.wallet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;

import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.crypto.SignatureScheme;
import org.cheesecoin.chain.wallet.KeyChain;
import org.cheesecoin.chain.wallet.Mnemonic;
import org.cheesecoin.chain.wallet.SealedSecret;
import org.cheesecoin.member.settings.BadSetting;
import org.cheesecoin.member.settings.DataFolder;
import org.cheesecoin.member.settings.MemberProperties;
import org.cheesecoin.member.settings.OwnerOnlyFile;
import org.cheesecoin.member.settings.Secret;

/**
 * The words that all keys come from, sealed under the owner's passphrase in {@code <data>/wallet.key}. A file and not a
 * table: it is written once, and who copies it beside the passphrase has a backup.
 */
final class WalletSecret {

    /** The sealed words, in hex. */
    static final String KEY_FILE = "wallet.key";

    /** The passphrase that is made where the owner gives none. */
    static final String PASSPHRASE_FILE = "wallet.passphrase";

    private static final int ENTROPY_BYTES = 32;
    private static final int PASSPHRASE_BYTES = 24;
    private static final byte[] CONTEXT = "cheesecoin wallet words".getBytes(StandardCharsets.US_ASCII);

    private final SealedSecret sealed;
    private final Secret passphrase;
    private final Path file;

    private WalletSecret(SealedSecret sealed, Secret passphrase, Path file) {
        this.sealed = sealed;
        this.passphrase = passphrase;
        this.file = file;
    }

    /** Whether there are words of a wallet already, or the first start makes them. */
    enum Presence {
        NEW, OLD
    }

    /** Whether this folder has words. */
    static Presence presence(DataFolder folder) {
        return Files.exists(folder.resolve(KEY_FILE)) ? Presence.OLD : Presence.NEW;
    }

    /**
     * The words of this folder; new ones at first start. They are durable when this returns.
     *
     * @throws BadSetting if the passphrase is not the one that they were sealed under
     */
    static WalletSecret of(DataFolder folder, MemberProperties.Wallet settings) {
        Secret passphrase = passphrase(folder, settings);
        Path file = folder.resolve(KEY_FILE);
        String hex = OwnerOnlyFile.readOrCreate(file, () -> fresh(passphrase));
        WalletSecret secret = new WalletSecret(decode(hex, file), passphrase, file);
        secret.words();
        return secret;
    }

    /** The words, for the owner's eyes only. Takes a moment and 19 MB: one at a time. */
    synchronized Mnemonic words() {
        return switch (sealed.open(passphrase.text(), CONTEXT)) {
            case Outcome.Passed<byte[]>(byte[] text) ->
                    Mnemonic.parse(new String(text, StandardCharsets.UTF_8)).orElseThrow();
            case Outcome.Refused<byte[]> _ -> throw BadSetting.ofSecret("cheesecoin.wallet.passphrase",
                    "the one that %s was sealed under".formatted(file));
        };
    }

    /** All keys. */
    KeyChain keys(SignatureScheme signatures) {
        return KeyChain.ofSeed(words().toSeed(""), signatures);
    }

    private static SealedSecret decode(String hex, Path file) {
        Supplier<BadSetting> unusable = () -> BadSetting.ofSecret("file " + file, "one that this wallet has written");
        try {
            return switch (SealedSecret.decode(HexFormat.of().parseHex(hex))) {
                case Outcome.Passed<SealedSecret>(SealedSecret sealed) -> sealed;
                case Outcome.Refused<SealedSecret> _ -> throw unusable.get();
            };
        } catch (IllegalArgumentException _) {
            throw unusable.get();
        }
    }

    private static String fresh(Secret passphrase) {
        SecureRandom random = new SecureRandom();
        Mnemonic words = Mnemonic.ofEntropy(bytes(random, ENTROPY_BYTES));
        byte[] salt = bytes(random, SealedSecret.SALT_BYTES);
        byte[] nonce = bytes(random, SealedSecret.NONCE_BYTES);
        byte[] text = words.toSecretText().getBytes(StandardCharsets.UTF_8);
        SealedSecret sealed = SealedSecret.seal(
                text, passphrase.text(), CONTEXT, salt, nonce, SealedSecret.Cost.DEFAULT);
        return HexFormat.of().formatHex(sealed.toBytes());
    }

    private static Secret passphrase(DataFolder folder, MemberProperties.Wallet settings) {
        return settings.passphrase()
                .or(() -> settings.passphraseFile().map(WalletSecret::firstLine))
                .orElseGet(() -> new Secret(
                        OwnerOnlyFile.readOrCreate(folder.resolve(PASSPHRASE_FILE), WalletSecret::freshPassphrase)));
    }

    private static String freshPassphrase() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(new SecureRandom(), PASSPHRASE_BYTES));
    }

    private static Secret firstLine(String path) {
        try (var lines = Files.lines(Path.of(path))) {
            Optional<String> first = lines.findFirst().filter(it -> !it.isBlank());
            return new Secret(first.orElseThrow(() -> BadSetting.of(
                    "cheesecoin.wallet.passphrase-file", path, "a file whose first line is the passphrase")));
        } catch (IOException | java.io.UncheckedIOException e) {
            throw BadSetting.of("cheesecoin.wallet.passphrase-file", path,
                    "a file that can be read (%s)".formatted(e.getClass().getSimpleName()));
        }
    }

    private static byte[] bytes(SecureRandom random, int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    @Override
    public String toString() {
        return "WalletSecret[hidden]";
    }
}
