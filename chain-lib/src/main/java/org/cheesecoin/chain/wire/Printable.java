package org.cheesecoin.chain.wire;

/** Text of others as it may be kept, sent on and shown: a terminal obeys none of it. */
public final class Printable {

    private static final int FIRST = 0x20;
    private static final int LAST = 0x7e;

    private Printable() {}

    /** At most so many characters of it, each printable ASCII; a question mark stands for any other. */
    public static String cut(String text, int maxChars) {
        StringBuilder clean = new StringBuilder(Math.min(text.length(), maxChars));
        text.chars().limit(maxChars).forEach(it -> clean.append(isPrintable(it) ? (char) it : '?'));
        return clean.toString();
    }

    static boolean isPrintable(int character) {
        return character >= FIRST && character <= LAST;
    }
}
