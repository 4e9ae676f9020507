package org.cheesecoin.chain.cheese;

/** Thrown by constructors and readers for a value that cannot exist. Decoders turn it into {@link Outcome.Refused}. */
public final class MalformedException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final transient Violation violation;

    /** With what is wrong. */
    public MalformedException(Violation violation) {
        super(violation.message());
        this.violation = violation;
    }

    /** What is wrong. */
    public Violation violation() {
        return violation;
    }

    /** A stranger can cause this as often as it likes, so it does not pay for a stack trace. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
