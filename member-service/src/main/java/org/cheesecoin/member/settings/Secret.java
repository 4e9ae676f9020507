package org.cheesecoin.member.settings;

import org.cheesecoin.chain.cheese.GivenText;

/**
 * A text that no log, error or actuator answer may show.
 *
 * @param text the secret itself
 */
public record Secret(String text) {

    /** For the binding of settings. */
    public static Secret valueOf(String text) {
        return new Secret(text);
    }

    /** Without what an editor or a shell put around it. */
    public Secret stripped() {
        return new Secret(GivenText.strip(text));
    }

    /** Never the text. */
    @Override
    public String toString() {
        return "(not shown)";
    }
}
