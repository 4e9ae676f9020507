package org.cheesecoin.member.wallet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

import org.cheesecoin.chain.cheese.GivenText;
import org.cheesecoin.member.settings.DataFolder;
import org.cheesecoin.member.settings.DiskFailure;
import org.cheesecoin.member.settings.MemberProperties;
import org.cheesecoin.member.settings.OwnerOnlyFile;
import org.cheesecoin.member.settings.OwnerText;
import org.cheesecoin.member.settings.Secret;
import org.cheesecoin.web.start.BadSetting;

/**
 * Where the passphrase of the wallet comes from: a setting, a file of the owner's, or one that was made at first start.
 * Only the last can be changed by the member itself; it does that in two steps, so that whenever it is killed one of
 * two files has the passphrase that the words are sealed under.
 */
final class WalletPassphrase {

    /** The passphrase that is made where the owner gives none. */
    static final String FILE = "wallet.passphrase";

    /** The next one, while it is changed. */
    static final String NEXT_FILE = "wallet.passphrase.next";

    private static final int BYTES = 24;
    /** Room for the longest passphrase in UTF-8, and for blanks around it. */
    private static final int MAX_FILE_BYTES = 8_192;

    private final Optional<PassphraseForms> given;
    private final String source;
    private final Path file;
    private final Path next;

    private WalletPassphrase(Optional<PassphraseForms> given, String source, DataFolder folder) {
        this.given = given;
        this.source = source;
        this.file = folder.resolve(FILE);
        this.next = folder.resolve(NEXT_FILE);
    }

    static WalletPassphrase of(DataFolder folder, MemberProperties.Wallet settings) {
        if (settings.passphrase().isPresent()) {
            return new WalletPassphrase(
                    settings.passphrase().map(PassphraseForms::of), "cheesecoin.wallet.passphrase", folder);
        }
        return settings.passphraseFile()
                .map(it -> new WalletPassphrase(
                        Optional.of(inFile("cheesecoin.wallet.passphrase-file", it)), "the file " + it, folder))
                .orElseGet(() -> new WalletPassphrase(Optional.empty(), "", folder));
    }

    /** What new words are sealed under; makes one where there is none. */
    Secret present() {
        return presentForms().clean();
    }

    private PassphraseForms presentForms() {
        return given.orElseGet(() -> made(file));
    }

    /** What the member wrote itself: an earlier one kept a passphrase with what shows nothing at its end. */
    private static PassphraseForms made(Path file) {
        OwnerText text = OwnerOnlyFile.readTextOrCreate(file, WalletPassphrase::fresh);
        return PassphraseForms.of(firstLine(text));
    }

    private static Secret firstLine(OwnerText text) {
        return new Secret(text.asItStands().lines()
                .filter(line -> !GivenText.strip(line).isEmpty())
                .findFirst()
                .orElse(""));
    }

    /** What the words may be sealed under, the likeliest first; makes one where there is none. */
    List<Secret> candidates() {
        List<Secret> candidates = new ArrayList<>(presentForms().all());
        if (given.isEmpty() && Files.exists(next)) {
            candidates.addAll(1, made(next).all());
        }
        return candidates;
    }

    /** Before the words are sealed under another: it must be there to open them, whatever happens in between. */
    void announce(Secret another) {
        if (given.isEmpty()) {
            OwnerOnlyFile.write(next, another.text());
        }
    }

    /** The words are sealed under this one now. */
    void settle(Secret current) {
        if (given.isPresent()) {
            return;
        }
        try {
            if (Files.exists(next)) {
                if (made(next).all().contains(current)) {
                    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
                } else {
                    Files.delete(next);
                }
            }
        } catch (IOException e) {
            throw DiskFailure.of(file, e);
        }
    }

    /** What the owner must change so that the next start has the new passphrase; none where the member did it. */
    Optional<String> ownersPart() {
        return given.map(_ -> source);
    }

    /** The setting to name where it does not open the words. */
    String setting() {
        return given.isPresent() ? source : "file " + file;
    }

    private static String fresh() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The one line of a file of the owner's. What was read of it once, the line as it stands, is a form too. */
    private static PassphraseForms inFile(String setting, String path) {
        OwnerText file = OwnerText.ofFile(setting, path, MAX_FILE_BYTES);
        if (file.text().lines().count() > 1) {
            throw BadSetting.of(setting, path, "a file with the passphrase in one line, and it has more than one line");
        }
        if (file.text().length() > MemberProperties.Wallet.MAX_PASSPHRASE_CHARS) {
            throw BadSetting.of(setting, path, "a file with a passphrase of 1 to %d characters".formatted(
                    MemberProperties.Wallet.MAX_PASSPHRASE_CHARS));
        }
        return PassphraseForms.of(firstLine(file));
    }
}
