package org.cheesecoin.web;

import java.io.IOException;

/** A request's body is not taken: it is too long, too slow, or there is no room for it now. */
final class BodyRefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") private final ProblemDocument document;

    BodyRefusedException(ProblemDocument document) {
        super(document.detail());
        this.document = document;
    }

    BodyRefusedException(ProblemDocument document, Throwable cause) {
        super(document.detail(), cause);
        this.document = document;
    }

    static BodyRefusedException tooLarge(int maxBodyBytes) {
        return new BodyRefusedException(ProblemDocument.of(Problem.BODY_TOO_LARGE,
                "the body is longer than %d bytes".formatted(maxBodyBytes)));
    }

    /** What is answered. */
    ProblemDocument document() {
        return document;
    }
}
