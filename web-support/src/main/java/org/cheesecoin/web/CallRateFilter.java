package org.cheesecoin.web;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Answers 429 to a caller that calls more often than it may, before anything dear is done for it. */
final class CallRateFilter extends OncePerRequestFilter {

    private final List<CallerBudgets> budgets;
    private final ProblemWriter writer;

    CallRateFilter(List<CallRate> rates, ProblemWriter writer) {
        this.budgets = rates.stream().map(CallerBudgets::new).toList();
        this.writer = writer;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Call call = Call.of(request);
        for (CallerBudgets budget : budgets) {
            if (budget.rate().covers().test(call)) {
                Duration wait = budget.spend(Callers.of(request));
                if (wait.isPositive()) {
                    writer.write(tooMany(budget.rate(), wait), request, response);
                    return;
                }
                break;
            }
        }
        chain.doFilter(request, response);
    }

    private static ProblemDocument tooMany(CallRate rate, Duration wait) {
        long seconds = wait.plusMillis(999).toSeconds();
        return ProblemDocument.of(Problem.TOO_MANY_REQUESTS, "One address may make %d such calls in %s"
                .formatted(rate.calls(), rate.period().toSeconds() + " s"))
                .with("retryAfterMillis", wait.toMillis())
                .withHeader(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, seconds)));
    }
}
