package org.cheesecoin.member.wallet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Rule;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.crypto.SignatureScheme;
import org.cheesecoin.chain.wallet.Branch;
import org.cheesecoin.chain.wallet.KeyChain;
import org.cheesecoin.chain.wallet.Mnemonic;
import org.cheesecoin.chain.wallet.SealedSecret;
import org.cheesecoin.member.settings.DataFolder;
import org.cheesecoin.member.settings.DiskFailure;
import org.cheesecoin.member.settings.MemberProperties;
import org.cheesecoin.member.settings.OwnerOnlyFile;
import org.cheesecoin.member.settings.OwnerText;
import org.cheesecoin.member.settings.Secret;
import org.cheesecoin.web.start.BadSetting;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The words that all keys come from, sealed under the owner's passphrase in {@code <data>/wallet.key}. A file and not a
 * table: it is hardly ever written, and who copies it beside the passphrase has a backup. Opening it takes a moment and
 * 19 MB, so it is done by one at a time.
 */
final class WalletSecret {

    /** The sealed words, in hex. */
    static final String KEY_FILE = "wallet.key";

    /** Restored words, until the database has forgotten the wallet that was there before. */
    static final String STAGED_FILE = "wallet.key.restored";

    /** The words that restored ones took the place of. */
    static final String OLD_FILE = "wallet.key.old";

    private static final Logger LOG = LoggerFactory.getLogger(WalletSecret.class);
    private static final int ENTROPY_BYTES = 32;
    /** Room for the longest words, and for blanks between them. */
    private static final int MAX_WORDS_FILE_BYTES = 4_096;
    private static final byte[] CONTEXT = "cheesecoin wallet words".getBytes(StandardCharsets.US_ASCII);

    private final DataFolder folder;
    private final WalletPassphrase passphrases;
    private final Optional<Mnemonic> given;
    private Secret passphrase;
    private SealedSecret sealed;

    private WalletSecret(
            DataFolder folder,
            WalletPassphrase passphrases,
            Optional<Mnemonic> given,
            Secret passphrase,
            SealedSecret sealed) {
        this.folder = folder;
        this.passphrases = passphrases;
        this.given = given;
        this.passphrase = passphrase;
        this.sealed = sealed;
    }

    /**
     * The words of this folder; at first start those of the settings, or new ones. They are durable when this returns.
     *
     * @param stored first receiving address of the wallet in the database, if it has one
     * @throws BadSetting if the passphrase is not the one that they were sealed under, or they are not the database's
     */
    static WalletSecret of(
            DataFolder folder, MemberProperties.Wallet settings, Optional<Address> stored, SignatureScheme signatures) {
        WalletPassphrase passphrases = WalletPassphrase.of(folder, settings);
        Optional<Mnemonic> given = givenWords(settings);
        finishRestore(folder, passphrases, stored, signatures);
        Path file = folder.resolve(KEY_FILE);
        boolean isKnown = stored.isEmpty()
                || given.filter(it -> firstAddress(it, signatures).equals(stored.get())).isPresent();
        if (!Files.exists(file) && !isKnown) {
            throw BadSetting.of("file " + file, "missing",
                    "there: this database has a wallet, and new keys could not spend its coins");
        }
        boolean isNew = Files.notExists(file);
        if (!isNew && stored.isEmpty() && Files.notExists(folder.resolve(WalletJournal.FILE))) {
            LOG.warn(
                    "The database is new beside {}: the coins of its words are found again as the stack is fetched, but "
                            + "which orders were paid, and which addresses were handed out unused, nobody knows here",
                    file);
        }
        String hex = OwnerOnlyFile.readOrCreate(file, () -> hex(
                given.orElseGet(WalletSecret::newWords), passphrases.present()));
        WalletSecret secret = open(folder, passphrases, given, decode(hex, file), file);
        Mnemonic words = secret.words();
        if (given.isPresent() && !given.get().equals(words)) {
            throw BadSetting.ofSecret(
                    "cheesecoin.wallet.words" + settings.wordsFile().map(it -> "-file " + it).orElse(""),
                    "left out, or those of the wallet that is in the data folder already, which has %d words and begins"
                            .formatted(words.words().size()) + " with " + firstAddress(words, signatures));
        }
        if (stored.isPresent() && !firstAddress(words, signatures).equals(stored.get())) {
            throw BadSetting.ofSecret("file " + file, "the one of the wallet in this database");
        }
        if (isNew && given.isPresent()) {
            logRestored(words, signatures);
        }
        return secret;
    }

    private static Optional<Mnemonic> givenWords(MemberProperties.Wallet settings) {
        return settings.words()
                .map(it -> parsed("cheesecoin.wallet.words", it.text()))
                .or(() -> settings.wordsFile().map(it -> parsed("cheesecoin.wallet.words-file " + it,
                        OwnerText.ofFile("cheesecoin.wallet.words-file", it, MAX_WORDS_FILE_BYTES).text())));
    }

    private static Mnemonic parsed(String setting, String text) {
        return switch (Mnemonic.parse(text)) {
            case Outcome.Passed<Mnemonic>(Mnemonic words) -> words;
            case Outcome.Refused<Mnemonic>(Violation violation) -> throw BadSetting.ofSecret(setting,
                    "recovery words and nothing else, on one line or many (%s)".formatted(violation.message()));
        };
    }

    /** An owner who sees another number or address than expected has brought other words. */
    static void logRestored(Mnemonic words, SignatureScheme signatures) {
        LOG.info("The wallet was restored from {} words; its first address is {}", words.words().size(),
                firstAddress(words, signatures));
    }

    /** Killed in the middle of a restore: the database says whose wallet it is. */
    private static void finishRestore(
            DataFolder folder, WalletPassphrase passphrases, Optional<Address> stored, SignatureScheme signatures) {
        Path staged = folder.resolve(STAGED_FILE);
        if (!Files.exists(staged)) {
            return;
        }
        String hex = OwnerOnlyFile.readOrCreate(staged, () -> "");
        WalletSecret restored = open(folder, passphrases, Optional.empty(), decode(hex, staged), staged);
        if (stored.equals(Optional.of(firstAddress(restored.words(), signatures)))) {
            restored.promote();
        } else {
            restored.discard();
        }
    }

    private static WalletSecret open(
            DataFolder folder,
            WalletPassphrase passphrases,
            Optional<Mnemonic> given,
            SealedSecret sealed,
            Path file) {
        for (Secret candidate : passphrases.candidates()) {
            if (sealed.open(candidate.text(), CONTEXT) instanceof Outcome.Passed<byte[]>) {
                passphrases.settle(candidate);
                return new WalletSecret(folder, passphrases, given, candidate, sealed);
            }
        }
        throw BadSetting.ofSecret(passphrases.setting(), "the one that %s was sealed under".formatted(file));
    }

    /** The words, for the owner's eyes only. */
    synchronized Mnemonic words() {
        byte[] text = sealed.open(passphrase.text(), CONTEXT).orElseThrow();
        return Mnemonic.parse(new String(text, StandardCharsets.UTF_8)).orElseThrow();
    }

    /** Whether the owner gave them, and so has them. */
    boolean isFromOwner() {
        return given.isPresent();
    }

    /** All keys. */
    KeyChain keys(SignatureScheme signatures) {
        return keys(words(), signatures);
    }

    static KeyChain keys(Mnemonic words, SignatureScheme signatures) {
        return KeyChain.ofSeed(words.toSeed(""), signatures);
    }

    /** Writes restored words beside the present ones; they count when {@link #promote} returns. */
    synchronized void stage(Mnemonic words) {
        OwnerOnlyFile.write(folder.resolve(STAGED_FILE), hex(words, passphrase));
    }

    /**
     * The staged words take the place of the present ones. The first that are replaced are kept under another name:
     * they were made here, and nobody else may have them. All later ones the owner gave.
     */
    synchronized void promote() {
        Path file = folder.resolve(KEY_FILE);
        Path staged = folder.resolve(STAGED_FILE);
        String hex = OwnerOnlyFile.readOrCreate(staged, () -> "");
        try {
            if (Files.exists(file) && Files.notExists(folder.resolve(OLD_FILE))) {
                OwnerOnlyFile.write(folder.resolve(OLD_FILE), OwnerOnlyFile.readOrCreate(file, () -> hex));
            }
            Files.move(staged, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw DiskFailure.of(file, e);
        }
        sealed = decode(hex, file);
    }

    /** Forgets staged words. */
    synchronized void discard() {
        Path staged = folder.resolve(STAGED_FILE);
        try {
            Files.deleteIfExists(staged);
        } catch (IOException e) {
            throw DiskFailure.of(staged, e);
        }
    }

    /**
     * Seals the words under another passphrase. Killed at any instant, the old one or the new one opens them.
     *
     * @return what the owner must change for the next start, empty where nothing; WLT-PASSPHRASE if the current one is
     *     another
     */
    synchronized Outcome<Optional<String>> changePassphrase(Secret current, Secret another) {
        if (Files.exists(folder.resolve(STAGED_FILE))) {
            // They are sealed under the present passphrase, and will be the wallet's.
            throw new IllegalStateException("a restore is not finished; start the member again");
        }
        if (PassphraseForms.of(current).all().stream()
                .noneMatch(it -> sealed.open(it.text(), CONTEXT) instanceof Outcome.Passed<byte[]>)) {
            return Outcome.refused(Violation.of(Rule.WLT_PASSPHRASE));
        }
        Path file = folder.resolve(KEY_FILE);
        String hex = hex(words(), another);
        passphrases.announce(another);
        OwnerOnlyFile.write(file, hex);
        passphrases.settle(another);
        sealed = decode(hex, file);
        passphrase = another;
        return Outcome.passed(passphrases.ownersPart());
    }

    private static Address firstAddress(Mnemonic words, SignatureScheme signatures) {
        return keys(words, signatures).key(Branch.RECEIVE, 0).address();
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

    private static Mnemonic newWords() {
        return Mnemonic.ofEntropy(bytes(ENTROPY_BYTES));
    }

    private static String hex(Mnemonic words, Secret passphrase) {
        byte[] text = words.toSecretText().getBytes(StandardCharsets.UTF_8);
        SealedSecret sealed = SealedSecret.seal(text, passphrase.text(), CONTEXT, bytes(SealedSecret.SALT_BYTES),
                bytes(SealedSecret.NONCE_BYTES), SealedSecret.Cost.DEFAULT);
        return HexFormat.of().formatHex(sealed.toBytes());
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    @Override
    public String toString() {
        return "WalletSecret[hidden]";
    }
}
