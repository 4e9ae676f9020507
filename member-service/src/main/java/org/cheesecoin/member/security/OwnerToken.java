package org.cheesecoin.member.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

import org.cheesecoin.member.settings.DataFolder;
import org.cheesecoin.member.settings.OwnerOnlyFile;
import org.cheesecoin.member.settings.Secret;
import org.cheesecoin.web.start.BadSetting;

/** What shows that a caller is the member's owner. */
final class OwnerToken {

    private static final String FILE = "owner.token";
    private static final int RANDOM_BYTES = 32;
    private static final String FORM = "[A-Za-z0-9._~+/-]{16,512}=*";

    private final byte[] token;

    private OwnerToken(String token) {
        this.token = token.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The chosen token, else the one in the folder's file, which is made at first start.
     *
     * @throws BadSetting if the file holds something that is no token
     */
    static OwnerToken of(Optional<Secret> chosen, DataFolder folder) {
        if (chosen.isPresent()) {
            return new OwnerToken(chosen.get().text());
        }
        String token = OwnerOnlyFile.readOrCreate(folder.resolve(FILE), OwnerToken::fresh);
        if (!token.matches(FORM)) {
            throw BadSetting.ofSecret("file " + folder.resolve(FILE),
                    "one line of 16 to 512 letters, digits and ._~+/-");
        }
        return new OwnerToken(token);
    }

    /** Whether it is this one; how long that takes says nothing about the token. */
    boolean matches(String candidate) {
        return MessageDigest.isEqual(candidate.getBytes(StandardCharsets.UTF_8), token);
    }

    private static String fresh() {
        byte[] bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
