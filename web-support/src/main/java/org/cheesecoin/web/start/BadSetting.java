package org.cheesecoin.web.start;

/** A setting that a service cannot start with: one line that names the property, its value and what it may be. */
public final class BadSetting extends RuntimeException implements EndStatus.Reason {

    private static final long serialVersionUID = 1L;

    private BadSetting(String message) {
        super(message);
    }

    /**
     * The value is not one that the property may have.
     *
     * @param property its name, as {@code cheesecoin.mining.hashes-per-second}
     * @param value what it is; never a secret
     * @param range what it may be, to end the sentence "it must be"
     */
    public static BadSetting of(String property, Object value, String range) {
        return new BadSetting("%s is '%s': it must be %s".formatted(property, value, range));
    }

    /** As {@link #of}, for a value that no log may show. */
    public static BadSetting ofSecret(String property, String range) {
        return new BadSetting("%s (not shown): it must be %s".formatted(property, range));
    }

    /** Starting again helps nobody before it is mended. */
    @Override
    public EndStatus endStatus() {
        return EndStatus.MEND_FIRST;
    }

    /**
     * The number, if it is in its range.
     *
     * @param property its name
     * @param least smallest value that it may have
     * @param most greatest value that it may have
     * @throws BadSetting if it is not
     */
    public static long requireRange(String property, long value, long least, long most) {
        if (value < least || value > most) {
            throw of(property, value, "from %d to %d".formatted(least, most));
        }
        return value;
    }
}
