package org.cheesecoin.tracker.web;

import java.net.URI;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Makes a problem document of every exception that reaches Spring MVC. */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);
    private static final int MAX_FIELD_CHARS = 100;

    /** A bug or a broken machine: the log has the rest, the caller learns nothing of our insides. */
    @ExceptionHandler(Exception.class)
    ResponseEntity<Object> handleBug(Exception bug, WebRequest request) {
        LOG.error("A request failed: {}", request.getDescription(false), bug);
        HttpStatus status = HttpStatus.INTERNAL_SERVER_ERROR;
        ProblemDetail document = ProblemDetail.forStatusAndDetail(status, "The log of this service says more.");
        return createResponseEntity(document, HttpHeaders.EMPTY, status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException unreadable,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        ProblemDetail document = ProblemDetail.forStatusAndDetail(status, "The body is not JSON.");
        switch (unreadable.getCause()) {
            case UnrecognizedPropertyException unknown -> {
                document.setDetail("The body has an unknown field.");
                document.setProperty("field", fieldOf(unknown));
            }
            case MismatchedInputException mismatch -> {
                document.setDetail("A field of the body is missing or of a wrong kind.");
                document.setProperty("field", fieldOf(mismatch));
            }
            case JacksonException broken when !broken.getPath().isEmpty() -> {
                document.setDetail("A field of the body cannot be read.");
                document.setProperty("field", fieldOf(broken));
            }
            case null, default -> {
                // What else there is has no field to name.
            }
        }
        return createResponseEntity(document, headers, status, request);
    }

    @Override
    protected ResponseEntity<Object> createResponseEntity(
            @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        HttpHeaders withType = new HttpHeaders();
        withType.putAll(headers);
        withType.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (body instanceof ProblemDetail document && isBlank(document.getType())) {
            ProblemType type = ProblemType.forStatus(status);
            document.setType(type.uri());
            document.setTitle(type.title());
        }
        return new ResponseEntity<>(body, withType, status);
    }

    private static boolean isBlank(@Nullable URI type) {
        return type == null || type.toString().equals("about:blank");
    }

    private static String fieldOf(JacksonException thrown) {
        StringBuilder field = new StringBuilder();
        for (JacksonException.Reference step : thrown.getPath()) {
            if (step.getPropertyName() == null) {
                field.append('[').append(step.getIndex()).append(']');
            } else {
                field.append(field.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return field.length() <= MAX_FIELD_CHARS ? field.toString() : field.substring(0, MAX_FIELD_CHARS) + "…";
    }
}
