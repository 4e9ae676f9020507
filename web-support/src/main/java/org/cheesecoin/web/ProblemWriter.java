package org.cheesecoin.web;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

import org.apache.catalina.connector.ClientAbortException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

/** Writes problem documents, whatever the caller said it accepts: a refusal that nobody can read helps nobody. */
public final class ProblemWriter {

    private static final int MAX_INSTANCE_CHARS = 500;
    private static final Logger LOG = LoggerFactory.getLogger(ProblemWriter.class);

    private final JsonMapper json;

    ProblemWriter(JsonMapper json) {
        this.json = json;
    }

    /**
     * Writes the document as the whole answer; does nothing where an answer is already on its way, or the caller has
     * gone.
     */
    public void write(ProblemDocument document, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        response.setStatus(document.problem().status());
        document.headers().forEach(response::setHeader);
        byte[] body = json.writeValueAsBytes(document.toJson(instance(request)));
        response.setContentType(ProblemDocument.MEDIA_TYPE);
        response.setContentLength(body.length);
        try {
            response.getOutputStream().write(body);
            response.flushBuffer();
        } catch (ClientAbortException e) {
            LOG.debug("A refusal was not delivered", e);
        }
    }

    /** The document's text, for where there is no servlet response. */
    String toText(ProblemDocument document, Optional<String> instance) {
        return new String(json.writeValueAsBytes(document.toJson(instance)), StandardCharsets.UTF_8);
    }

    private static Optional<String> instance(HttpServletRequest request) {
        Object original = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        return instance(original instanceof String uri ? uri : request.getRequestURI());
    }

    /** The path as a URI reference, which what strangers send need not be. */
    static Optional<String> instance(String path) {
        if (path.length() > MAX_INSTANCE_CHARS) {
            return Optional.empty();
        }
        try {
            return Optional.of(URI.create(path).toString());
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
