package org.cheesecoin.member.wallet.web;

import org.cheesecoin.member.settings.MemberProperties;
import org.cheesecoin.member.settings.Secret;
import org.cheesecoin.web.Problem;
import org.cheesecoin.web.Refusal;

import io.swagger.v3.oas.annotations.media.Schema;

/** The body of {@code PUT /wallet/passphrase}. */
@Schema(name = "PassphraseChange")
record PassphraseBody(
        @Schema(description = "The present one; one that was made at first start is in wallet.passphrase",
                maxLength = 1_024, example = "right horse") String passphrase,
        @Schema(description = "The one from now on, in one line without space around it", minLength = 8,
                maxLength = 1_024, example = "battery staple") String newPassphrase) {

    private static final int LEAST_CHARS = 8;

    Secret current() {
        return checked("passphrase", passphrase, 1);
    }

    Secret another() {
        Secret another = checked("newPassphrase", newPassphrase, LEAST_CHARS);
        // It must come back from a file as it went there.
        if (!another.stripped().equals(another)
                || another.text().codePoints().anyMatch(it -> Character.isISOControl(it)
                        || Character.getType(it) == Character.SURROGATE)) {
            throw new Refusal(Problem.INVALID_VALUE,
                    "newPassphrase (not shown): it must be one line without space around it");
        }
        return another;
    }

    private static Secret checked(String field, String text, int least) {
        if (text.length() < least || text.length() > MemberProperties.Wallet.MAX_PASSPHRASE_CHARS) {
            throw new Refusal(Problem.INVALID_VALUE, "%s (not shown): it must have %d to %d characters"
                    .formatted(field, least, MemberProperties.Wallet.MAX_PASSPHRASE_CHARS));
        }
        return new Secret(text);
    }

    /** Never the passphrases. */
    @Override
    public String toString() {
        return "PassphraseBody[hidden]";
    }
}
