package org.cheesecoin.web;

import java.io.IOException;
import java.util.Set;

import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Refuses bodies of any other type than JSON before anybody reads them: the container parses forms by itself when
 * somebody asks for a parameter, and other parsers are laxer than ours. And decodes the parameters, which the container
 * does when somebody first asks for one, wherever that is.
 */
final class WellFormedFilter extends OncePerRequestFilter {

    private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private final ProblemWriter writer;

    WellFormedFilter(ProblemWriter writer) {
        this.writer = writer;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String type = request.getContentType();
        if (type == null || WITHOUT_BODY.contains(request.getMethod()) || isJson(type)) {
            request.getParameterMap();
            chain.doFilter(request, response);
        } else {
            writer.write(ProblemDocument.of(Problem.UNSUPPORTED_MEDIA_TYPE, "Bodies are application/json")
                    .withHeader(HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON_VALUE), request, response);
        }
    }

    private static boolean isJson(String type) {
        try {
            return MediaType.parseMediaType(type).equalsTypeAndSubtype(MediaType.APPLICATION_JSON);
        } catch (InvalidMediaTypeException _) {
            return false;
        }
    }
}
