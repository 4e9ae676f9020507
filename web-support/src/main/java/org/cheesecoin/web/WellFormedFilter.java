package org.cheesecoin.web;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.filter.OncePerRequestFilter;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Refuses bodies of any other type than JSON before anybody reads them: the container parses forms by itself when
 * somebody asks for a parameter, and other parsers are laxer than ours. And decodes the parameters and Accept, which the
 * container and the framework do when somebody first asks for them, wherever that is.
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
        if (!isAcceptReadable(request)) {
            writer.write(ProblemDocument.of(Problem.NOT_ACCEPTABLE, "Accept is no list of media types"),
                    request, response);
        } else if (type == null || WITHOUT_BODY.contains(request.getMethod()) || isJson(type)) {
            request.getParameterMap();
            chain.doFilter(request, response);
        } else {
            writer.write(ProblemDocument.of(Problem.UNSUPPORTED_MEDIA_TYPE, "Bodies are application/json")
                    .withHeader(HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON_VALUE), request, response);
        }
    }

    /** The framework fails at a list without an element, and warns in the log of one that cannot be parsed. */
    private static boolean isAcceptReadable(HttpServletRequest request) {
        List<String> lines = Collections.list(request.getHeaders(HttpHeaders.ACCEPT)).stream()
                .filter(it -> !it.isBlank())
                .toList();
        try {
            List<MediaType> accepted = MediaType.parseMediaTypes(lines);
            MimeTypeUtils.sortBySpecificity(new ArrayList<>(accepted));
            return lines.isEmpty() || !accepted.isEmpty();
        } catch (InvalidMediaTypeException | InvalidMimeTypeException _) {
            return false;
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
