package org.cheesecoin.member.persistence;

import org.cheesecoin.web.start.EndStatus;

/**
 * The database cannot be this member's: another network's, in use, damaged, out of reach, or of a schema that
 * cannot be used. Its message is one line for the owner.
 */
public final class UnusableDatabase extends RuntimeException implements EndStatus.Reason {

    private static final long serialVersionUID = 1L;

    private final EndStatus status;

    private UnusableDatabase(String message, EndStatus status) {
        super(message);
        this.status = status;
    }

    private UnusableDatabase(String message, EndStatus status, Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    /** It may be usable at the next start, whatever anybody does. */
    static UnusableDatabase forNow(String message) {
        return new UnusableDatabase(message, EndStatus.TRY_AGAIN);
    }

    /** The same, with what went wrong. */
    static UnusableDatabase forNow(String message, Throwable cause) {
        return new UnusableDatabase(message, EndStatus.TRY_AGAIN, cause);
    }

    /** It will not be usable before its owner has done something: starting again helps nobody. */
    static UnusableDatabase untilMended(String message) {
        return new UnusableDatabase(message, EndStatus.MEND_FIRST);
    }

    /** The same, with what went wrong. */
    static UnusableDatabase untilMended(String message, Throwable cause) {
        return new UnusableDatabase(message, EndStatus.MEND_FIRST, cause);
    }

    @Override
    public EndStatus endStatus() {
        return status;
    }
}
