package org.cheesecoin.tracker.web;

import org.cheesecoin.chain.cheese.Violation;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** Thrown by controllers to answer with a problem document. */
public final class ProblemException extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    ProblemException(ProblemType type, String detail) {
        super(type.status(), documentOf(type, detail), null);
    }

    /** The same with one more member in the document. */
    public ProblemException with(String name, Object value) {
        getBody().setProperty(name, value);
        return this;
    }

    /** The same with the broken rule's id and the values that broke it. */
    public ProblemException with(Violation violation) {
        return with("rule", violation.rule().id()).with("values", violation.values());
    }

    /** The same with one more header. */
    public ProblemException withHeader(String name, String value) {
        getHeaders().set(name, value);
        return this;
    }

    private static ProblemDetail documentOf(ProblemType type, String detail) {
        ProblemDetail document = ProblemDetail.forStatusAndDetail(type.status(), detail);
        document.setType(type.uri());
        document.setTitle(type.title());
        return document;
    }

    /** A stranger can cause this as often as it likes, so it does not pay for a stack trace. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
