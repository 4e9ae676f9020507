package org.cheesecoin.web;

import java.io.IOException;
import java.util.List;

import org.springframework.http.HttpHeaders;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.cors.DefaultCorsProcessor;
import org.springframework.web.filter.OncePerRequestFilter;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Pages of chosen origins may call (CORS). What a browser asks beforehand for any other is refused; its simple requests
 * are answered as those of a program are, and the browser keeps the answer from the page.
 */
final class OriginFilter extends OncePerRequestFilter {

    private final DefaultCorsProcessor processor = new DefaultCorsProcessor();
    private final List<String> origins;
    private final CorsConfiguration configuration = new CorsConfiguration();
    private final ProblemWriter writer;

    OriginFilter(List<String> origins, ProblemWriter writer) {
        this.origins = origins;
        this.writer = writer;
        configuration.setAllowedOrigins(origins);
        configuration.setAllowedMethods(List.of("GET", "POST", "PUT", "DELETE"));
        configuration.setAllowedHeaders(List.of(HttpHeaders.AUTHORIZATION, HttpHeaders.CONTENT_TYPE,
                "Idempotency-Key", "Last-Event-ID"));
        configuration.setExposedHeaders(List.of(HttpHeaders.RETRY_AFTER));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean isPreFlight = CorsUtils.isPreFlightRequest(request);
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin != null && origins.contains(origin)) {
            if (!processor.processRequest(configuration, request, response) || isPreFlight) {
                return;
            }
        } else if (isPreFlight) {
            writer.write(ProblemDocument.of(Problem.FORBIDDEN, "Pages of other origins may not call here"),
                    request, response);
            return;
        }
        chain.doFilter(request, response);
    }
}
