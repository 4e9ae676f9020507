package org.cheesecoin.member.web;

import java.io.IOException;

import org.cheesecoin.web.Problem;
import org.cheesecoin.web.ProblemWriter;
import org.cheesecoin.web.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.orm.jpa.JpaSystemException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** A database that is away comes back: who reads then is told to ask again, and the log gets a line, not a trace. */
@RestControllerAdvice(basePackages = "org.cheesecoin.member")
@Order(Ordered.HIGHEST_PRECEDENCE)
class StoreAwayAdvice {

    private static final Logger LOG = LoggerFactory.getLogger(StoreAwayAdvice.class);
    private static final long RETRY_AFTER_SECONDS = 5;

    private final ProblemWriter writer;

    StoreAwayAdvice(ProblemWriter writer) {
        this.writer = writer;
    }

    @ExceptionHandler({DataAccessResourceFailureException.class, TransactionException.class, JpaSystemException.class})
    void answer(Exception exception, HttpServletRequest request, HttpServletResponse response) throws IOException {
        LOG.warn("{} {} found no database: {}", request.getMethod(), request.getRequestURI(),
                NestedExceptionUtils.getMostSpecificCause(exception).toString());
        writer.write(Refusal.retryLater(Problem.NOT_READY, "The member cannot read what it has stored, for now",
                RETRY_AFTER_SECONDS).document(), request, response);
    }
}
