package org.cheesecoin.member.persistence;

/** A cursor that no page of that list gave. The client's fault. */
public final class BadCursor extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BadCursor(String cursor) {
        super("not a cursor of this list: " + cursor);
    }
}
