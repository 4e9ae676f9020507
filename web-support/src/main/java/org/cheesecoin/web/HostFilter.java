package org.cheesecoin.web;

import java.io.IOException;

import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Refuses requests under a name that is not the service's. One without a name (HTTP/1.0) is taken: no browser sends it,
 * and only pages in browsers are kept out by this.
 */
final class HostFilter extends OncePerRequestFilter {

    private final HostNames names;
    private final ProblemWriter writer;

    HostFilter(HostNames names, ProblemWriter writer) {
        this.names = names;
        this.writer = writer;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        // the server's name is that of Host: nobody's forwarded one is believed
        if (request.getHeader(HttpHeaders.HOST) == null || names.isOwn(request.getServerName())) {
            chain.doFilter(request, response);
        } else {
            writer.write(ProblemDocument.of(Problem.MISDIRECTED_REQUEST,
                    "Nobody here is called '%s'; the setting host-names can say so"
                            .formatted(Parameters.echo(request.getServerName()))),
                    request, response);
        }
    }
}
