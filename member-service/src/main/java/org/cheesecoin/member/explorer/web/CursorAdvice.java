package org.cheesecoin.member.explorer.web;

import java.io.IOException;

import org.cheesecoin.member.persistence.BadCursor;
import org.cheesecoin.web.Problem;
import org.cheesecoin.web.ProblemDocument;
import org.cheesecoin.web.ProblemWriter;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** A cursor that no page gave is the caller's fault. */
@RestControllerAdvice(basePackageClasses = CursorAdvice.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
class CursorAdvice {

    private final ProblemWriter writer;

    CursorAdvice(ProblemWriter writer) {
        this.writer = writer;
    }

    @ExceptionHandler(BadCursor.class)
    void answer(BadCursor exception, HttpServletRequest request, HttpServletResponse response) throws IOException {
        writer.write(ProblemDocument.of(Problem.INVALID_VALUE,
                "cursor must be the 'nextCursor' of an earlier page of this list"), request, response);
    }
}
