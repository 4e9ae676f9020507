package org.cheesecoin.web;

import java.io.IOException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.filter.OncePerRequestFilter;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * What gets past all others: the caller's fault is answered, a caller who has gone is left alone, and only what is our
 * own fault reaches the container, which logs it with its trace.
 */
final class LastResort extends OncePerRequestFilter {

    private static final Logger LOG = LoggerFactory.getLogger(LastResort.class);

    private final ProblemWriter writer;

    LastResort(ProblemWriter writer) {
        this.writer = writer;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (IOException | ServletException | RuntimeException e) {
            if (CallerFaults.isGone(e)) {
                LOG.debug("The caller of {} has gone", request.getRequestURI(), e);
                CallerFaults.end(request);
                return;
            }
            ProblemDocument document = CallerFaults.of(e).orElse(null);
            if (document == null) {
                throw e;
            }
            LOG.debug("{} {} could not be read", request.getMethod(), request.getRequestURI(), e);
            writer.write(document, request, response);
        }
    }

    /** A stream of events ends in a dispatch of its own. */
    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }
}
