package org.cheesecoin.web;

import java.io.IOException;
import java.util.List;

import org.cheesecoin.web.guard.Turns;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Lets a few dear calls, which hold megabytes each, work at a time, and tells those that wait too long to come again. */
final class WorkFilter extends OncePerRequestFilter {

    /** How long a call waits for its turn: less than the patience of most clients. */
    static final int MAX_WAIT_MILLIS = 5_000;
    private static final String RETRY_AFTER_SECONDS = "5";

    private final List<Gate> gates;
    private final ProblemWriter writer;

    private record Gate(WorkLimit limit, Turns turns) {}

    WorkFilter(List<WorkLimit> limits, ProblemWriter writer) {
        this.gates = limits.stream().map(it -> new Gate(it, new Turns(it.share()))).toList();
        this.writer = writer;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Call call = Call.of(request);
        Gate gate = gates.stream().filter(it -> it.limit().covers().test(call)).findFirst().orElse(null);
        if (gate == null) {
            chain.doFilter(request, response);
            return;
        }
        String caller = Callers.of(request);
        if (!gate.turns().begin(caller, MAX_WAIT_MILLIS)) {
            writer.write(ProblemDocument.of(Problem.NOT_READY, "Too many such calls are at work")
                    .withHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS), request, response);
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            gate.turns().end(caller);
        }
    }
}
