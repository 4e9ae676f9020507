package org.cheesecoin.member.security;

import java.io.IOException;

import org.cheesecoin.member.web.Problem;
import org.cheesecoin.member.web.ProblemDocument;
import org.cheesecoin.member.web.ProblemWriter;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.filter.OncePerRequestFilter;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** No page of another origin may call a member: what a browser asks beforehand is refused. */
final class PreFlightFilter extends OncePerRequestFilter {

    private final ProblemWriter writer;

    PreFlightFilter(ProblemWriter writer) {
        this.writer = writer;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (CorsUtils.isPreFlightRequest(request)) {
            writer.write(ProblemDocument.of(Problem.FORBIDDEN, "Pages of other origins may not call this member"),
                    request, response);
            return;
        }
        chain.doFilter(request, response);
    }
}
