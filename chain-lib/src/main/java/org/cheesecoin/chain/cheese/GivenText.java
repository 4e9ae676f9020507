package org.cheesecoin.chain.cheese;

/** Text as people and their programs bring it: copied from a page, kept in a file, handed on by a shell. */
public final class GivenText {

    /** What some editors put first into a file (byte order mark, U+FEFF). */
    public static final String MARK = "\uFEFF";

    private GivenText() {}

    /** The text without white space and invisible characters before and behind it; what is inside stays. */
    public static String strip(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isBlank(text.charAt(from))) {
            from++;
        }
        while (from < to && isBlank(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    /** White space, no-break spaces among it, and what shows nothing, as byte order marks and zero-width spaces. */
    private static boolean isBlank(char character) {
        return Character.isWhitespace(character)
                || Character.isSpaceChar(character)
                || Character.getType(character) == Character.FORMAT;
    }
}
