package org.cheesecoin.member.web;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.cheesecoin.member.persistence.StoreFailure;
import org.cheesecoin.member.settings.DiskFailure;
import org.cheesecoin.web.Problem;
import org.cheesecoin.web.ProblemWriter;
import org.cheesecoin.web.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.orm.jpa.JpaSystemException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * A database that is away comes back, if only with a new process: who reads then is told to ask again. The log gets a line
 * now and then, whoever asks how often, and no trace.
 */
@RestControllerAdvice(basePackages = "org.cheesecoin.member")
@Order(Ordered.HIGHEST_PRECEDENCE)
class StoreAwayAdvice {

    private static final Logger LOG = LoggerFactory.getLogger(StoreAwayAdvice.class);
    private static final long RETRY_AFTER_SECONDS = 5;
    /** From one line in the log to the next, in nanoseconds: strangers may read as often as they like. */
    private static final long LINE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final ProblemWriter writer;
    private final AtomicLong nextLineNanos = new AtomicLong(System.nanoTime());

    StoreAwayAdvice(ProblemWriter writer) {
        this.writer = writer;
    }

    @ExceptionHandler({DataAccessResourceFailureException.class, UncategorizedSQLException.class,
            TransactionException.class, JpaSystemException.class, StoreFailure.class, DiskFailure.class})
    void answer(Exception exception, HttpServletRequest request, HttpServletResponse response) throws IOException {
        log(exception, request);
        writer.write(Refusal.retryLater(Problem.NOT_READY, "The member cannot read what it has stored, for now",
                RETRY_AFTER_SECONDS).document(), request, response);
    }

    private void log(Exception exception, HttpServletRequest request) {
        long nowNanos = System.nanoTime();
        long next = nextLineNanos.get();
        if (nowNanos - next >= 0 && nextLineNanos.compareAndSet(next, nowNanos + LINE_NANOS)) {
            String why = exception instanceof DiskFailure
                    ? String.valueOf(exception.getMessage())
                    : "found no database: " + NestedExceptionUtils.getMostSpecificCause(exception);
            LOG.warn("{} {}: {}", request.getMethod(), request.getRequestURI(), why);
        }
    }
}
