package org.cheesecoin.member.settings;

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

    /** Never the text. */
    @Override
    public String toString() {
        return "(not shown)";
    }
}
