package org.cheesecoin.member.persistence;

/** The database did not do what it must: a full disk, a lost connection, or a bug. Whoever wrote must start anew. */
public final class StoreFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StoreFailure(String what, Throwable cause) {
        super(what, cause);
    }

    StoreFailure(String what) {
        super(what);
    }
}
