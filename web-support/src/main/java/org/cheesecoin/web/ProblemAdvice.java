package org.cheesecoin.web;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.Optional;

import org.cheesecoin.chain.cheese.MalformedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.resource.NoResourceFoundException;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Turns what a call throws, ours and the framework's, into a problem document. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class ProblemAdvice {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

    private final ProblemWriter writer;

    ProblemAdvice(ProblemWriter writer) {
        this.writer = writer;
    }

    @ExceptionHandler(Exception.class)
    void answer(Exception exception, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (CallerFaults.isGone(exception)) {
            LOG.debug("The caller of {} has gone", request.getRequestURI(), exception);
            CallerFaults.end(request);
            return;
        }
        writer.write(documentOf(exception, request), request, response);
    }

    private static ProblemDocument documentOf(Exception exception, HttpServletRequest request) {
        return switch (exception) {
            case Refusal refusal -> refusal.document();
            case NoResourceFoundException _ -> noSuchPath();
            case HttpRequestMethodNotSupportedException wrong when isNoOnesPath(request) -> noSuchPath();
            case HttpRequestMethodNotSupportedException wrong -> ofFramework(wrong)
                    .with("method", Parameters.echo(wrong.getMethod()));
            case HttpMessageNotReadableException unreadable -> JsonProblems.of(unreadable);
            case MethodArgumentTypeMismatchException mismatch -> mismatch(mismatch.getName(), mismatch);
            case TypeMismatchException mismatch -> mismatch(
                    Objects.requireNonNullElse(mismatch.getPropertyName(), "a value"), mismatch);
            case MethodArgumentNotValidException invalid -> invalidFields(invalid);
            case HandlerMethodValidationException invalid -> invalidParameters(invalid);
            case ErrorResponse framework -> ofFramework(framework);
            case Exception unexpected -> unexpected(unexpected, request);
        };
    }

    private static ProblemDocument unexpected(Exception exception, HttpServletRequest request) {
        return CallerFaults.of(exception).orElseGet(() -> {
            LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), exception);
            return ProblemDocument.of(Problem.INTERNAL, "The log of this service says more");
        });
    }

    /** Static files answer on every path, so the framework calls a POST to nowhere a wrong method. */
    private static boolean isNoOnesPath(HttpServletRequest request) {
        return "/**".equals(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
    }

    private static ProblemDocument noSuchPath() {
        return ProblemDocument.of(Problem.NOT_FOUND, "There is nothing under this path");
    }

    private static ProblemDocument ofFramework(ErrorResponse error) {
        HttpStatusCode status = error.getStatusCode();
        // the request itself was readable: what the framework calls a bad one has a bad value
        Problem problem = status.value() == Problem.INVALID_VALUE.status()
                ? Problem.INVALID_VALUE
                : Problem.ofStatus(status.value());
        String said = error.getBody().getDetail();
        var headers = new LinkedHashMap<String, String>();
        error.getHeaders().forEach((name, values) -> headers.put(name, String.join(", ", values)));
        boolean isOurs = status.is5xxServerError() || said == null;
        return new ProblemDocument(problem, isOurs ? problem.title() : Objects.requireNonNull(said), Optional.empty(),
                new LinkedHashMap<>(), headers);
    }

    private static ProblemDocument mismatch(String name, TypeMismatchException exception) {
        Optional<MalformedException> malformed = JsonProblems.cause(exception, MalformedException.class);
        return malformed.map(it -> ProblemDocument.of(Problem.INVALID_VALUE, it.violation()))
                .orElseGet(() -> ProblemDocument
                        .of(Problem.INVALID_VALUE, "%s has a value that it may not have".formatted(name)))
                .with(ProblemDocument.FIELD, name)
                .with(name, Parameters.echo(String.valueOf(exception.getValue())));
    }

    private static ProblemDocument invalidFields(MethodArgumentNotValidException exception) {
        var values = new LinkedHashMap<String, String>();
        exception.getFieldErrors().forEach(it -> values.put(it.getField(), String.valueOf(it.getDefaultMessage())));
        exception.getGlobalErrors().forEach(it -> values.put("body", String.valueOf(it.getDefaultMessage())));
        return new ProblemDocument(Problem.INVALID_VALUE, sentence(values), Optional.empty(), values,
                new LinkedHashMap<>());
    }

    private static ProblemDocument invalidParameters(HandlerMethodValidationException exception) {
        var values = new LinkedHashMap<String, String>();
        exception.getParameterValidationResults().forEach(result -> result.getResolvableErrors().forEach(error -> values
                .put(String.valueOf(result.getMethodParameter().getParameterName()),
                        String.valueOf(error.getDefaultMessage()))));
        return new ProblemDocument(Problem.INVALID_VALUE, sentence(values), Optional.empty(), values,
                new LinkedHashMap<>());
    }

    private static String sentence(LinkedHashMap<String, String> values) {
        var sentence = new StringBuilder();
        values.forEach((name, message) -> sentence.append(sentence.isEmpty() ? "" : "; ").append(name).append(' ')
                .append(message));
        return sentence.toString();
    }
}
