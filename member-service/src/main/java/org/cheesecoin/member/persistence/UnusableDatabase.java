package org.cheesecoin.member.persistence;

/** The database cannot be this member's: another network's, in use, or of a schema that cannot be used. Its message is one line for the owner. */
public final class UnusableDatabase extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnusableDatabase(String message) {
        super(message);
    }

    UnusableDatabase(String message, Throwable cause) {
        super(message, cause);
    }
}
