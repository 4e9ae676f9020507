package org.cheesecoin.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

import org.cheesecoin.chain.cheese.MalformedException;
import org.springframework.http.converter.HttpMessageNotReadableException;

import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** What is wrong with a body, told without the names of our classes. */
final class JsonProblems {

    private JsonProblems() {}

    static ProblemDocument of(HttpMessageNotReadableException exception) {
        Optional<BodyRefusedException> refused = cause(exception, BodyRefusedException.class);
        if (refused.isPresent()) {
            return refused.get().document();
        }
        Optional<MalformedException> malformed = cause(exception, MalformedException.class);
        if (malformed.isPresent()) {
            return ProblemDocument.of(Problem.RULE_BROKEN, malformed.get().violation());
        }
        return cause(exception, JacksonException.class)
                .map(JsonProblems::of)
                .orElse(ProblemDocument.of(Problem.MALFORMED_JSON, "A body of JSON is needed"));
    }

    private static ProblemDocument of(JacksonException exception) {
        return switch (exception) {
            case UnrecognizedPropertyException unknown -> ProblemDocument.of(Problem.UNKNOWN_FIELD,
                    "%s is not known here; the fields are %s"
                            .formatted(path(unknown), new TreeSet<>(knownFields(unknown))))
                    .with(ProblemDocument.FIELD, path(unknown));
            case StreamConstraintsException limit -> ProblemDocument.of(Problem.MALFORMED_JSON,
                    "The JSON is beyond a limit: " + limit.getOriginalMessage());
            // a number beyond its type
            case InputCoercionException value -> value(value);
            case StreamReadException syntax -> ProblemDocument.of(Problem.MALFORMED_JSON,
                    "The body is no JSON from line %d, column %d".formatted(syntax.getLocation().getLineNr(),
                            syntax.getLocation().getColumnNr()));
            case DatabindException value -> value(value);
            default -> ProblemDocument.of(Problem.MALFORMED_JSON, "The body cannot be read to its end");
        };
    }

    private static ProblemDocument value(JacksonException exception) {
        // a record's own check says the range in its message, in our words
        Optional<String> reason = cause(exception, IllegalArgumentException.class).map(Throwable::getMessage);
        String path = path(exception);
        if (path.isEmpty()) {
            return ProblemDocument.of(Problem.INVALID_VALUE,
                    reason.orElse("The body as a whole is not of the form that is asked for"));
        }
        return ProblemDocument.of(Problem.INVALID_VALUE,
                path + " is missing, of the wrong type or out of its range" + reason.map(it -> ": " + it).orElse(""))
                .with(ProblemDocument.FIELD, path);
    }

    private static List<String> knownFields(UnrecognizedPropertyException unknown) {
        var names = new ArrayList<String>();
        if (unknown.getKnownPropertyIds() != null) {
            unknown.getKnownPropertyIds().forEach(it -> names.add(String.valueOf(it)));
        }
        return names;
    }

    private static String path(JacksonException exception) {
        var path = new StringBuilder();
        for (JacksonException.Reference step : exception.getPath()) {
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return Parameters.echo(path.toString());
    }

    static <T> Optional<T> cause(Throwable exception, Class<T> type) {
        Throwable cause = exception;
        for (int depth = 0; cause != null && depth < 20; depth++) {
            if (type.isInstance(cause)) {
                return Optional.of(type.cast(cause));
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }
}
