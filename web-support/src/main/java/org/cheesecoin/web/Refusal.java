package org.cheesecoin.web;

import org.cheesecoin.chain.cheese.Violation;

/** Thrown by a controller whose answer is a problem: the one way out of any depth of an HTTP call, and only there. */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") private final ProblemDocument document;

    /** Refuses with this document. */
    public Refusal(ProblemDocument document) {
        super(document.detail(), null, false, false);
        this.document = document;
    }

    /** A rule is broken: status 422 with the rule's id, values and anchor. */
    public Refusal(Violation violation) {
        this(ProblemDocument.of(Problem.RULE_BROKEN, violation));
    }

    /** Refuses with this kind and a sentence for people. */
    public Refusal(Problem problem, String detail) {
        this(ProblemDocument.of(problem, detail));
    }

    /**
     * There is no such thing.
     *
     * @param what its kind, as "cheese"
     * @param id what was asked for
     */
    public static Refusal notFound(String what, Object id) {
        return new Refusal(Problem.NOT_FOUND, "There is no %s %s here".formatted(what, id));
    }

    /** A parameter or field has a value that it may not have; the range ends the sentence "it must be". */
    public static Refusal invalid(String name, Object value, String range) {
        return new Refusal(ProblemDocument
                .of(Problem.INVALID_VALUE, "%s is '%s': it must be %s".formatted(name, value, range))
                .with(ProblemDocument.FIELD, name)
                .with(name, value));
    }

    /** Not now; ask again after so many seconds. */
    public static Refusal retryLater(Problem problem, String detail, long afterSeconds) {
        return new Refusal(ProblemDocument.of(problem, detail).withHeader("Retry-After", Long.toString(afterSeconds)));
    }

    /** What is answered. */
    public ProblemDocument document() {
        return document;
    }
}
