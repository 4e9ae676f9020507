package org.cheesecoin.web;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

import org.apache.catalina.connector.ClientAbortException;
import org.apache.coyote.BadRequestException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.support.InvocableHandlerMethod;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Tells what container and framework throw because of what a caller sent or did from what is our own fault. They have
 * no common type for it: so it also counts where the exception was thrown.
 */
final class CallerFaults {

    private static final String OURS = "org.cheesecoin.";
    /** Under it, Spring makes a method's arguments out of the request. */
    private static final String READS_REQUEST = "getMethodArgumentValues";

    /** Spring Security's, which is not of every service: thrown by whoever first asks for a header that it rejects. */
    private static final String REJECTED = "RequestRejectedException";

    private CallerFaults() {}

    /** Whether the caller has hung up, so that there is nobody to answer, whatever wraps what says so. */
    static boolean isGone(Throwable thrown) {
        return JsonProblems.cause(thrown, ClientAbortException.class).isPresent()
                || JsonProblems.cause(thrown, AsyncRequestNotUsableException.class).isPresent();
    }

    /**
     * Ends the call of a caller who has hung up. One that goes on without a thread, as a stream of events, would never end
     * where its first words failed: nobody else hears of it, and the container keeps it and waits for it at a stop.
     */
    static void end(HttpServletRequest request) {
        if (request.isAsyncStarted()) {
            request.getAsyncContext().complete();
        }
    }

    /** What the caller did wrong, if it was the caller. */
    static Optional<ProblemDocument> of(Throwable thrown) {
        Optional<BodyRefusedException> body = JsonProblems.cause(thrown, BodyRefusedException.class);
        if (body.isPresent()) {
            return Optional.of(body.get().document());
        }
        Optional<InvalidParameterException> parameter = JsonProblems.cause(thrown, InvalidParameterException.class);
        if (parameter.isPresent()) {
            return Optional.of(ProblemDocument.of(Problem.MALFORMED_REQUEST,
                    "A parameter cannot be decoded, or there are too many of them"));
        }
        if (JsonProblems.cause(thrown, InvalidMediaTypeException.class).isPresent()) {
            return Optional.of(ProblemDocument.of(Problem.UNSUPPORTED_MEDIA_TYPE, "A media type is none"));
        }
        if (JsonProblems.cause(thrown, BadRequestException.class).isPresent()) {
            return Optional.of(ProblemDocument.of(Problem.MALFORMED_REQUEST, "The body cannot be read to its end"));
        }
        return isThrownWhileRead(thrown) || thrown.getClass().getSimpleName().equals(REJECTED)
                ? Optional.of(ProblemDocument.of(Problem.MALFORMED_REQUEST,
                        "A header, parameter or the body holds what cannot be read"))
                : Optional.empty();
    }

    /** Whether it was thrown while the request was made into arguments, and not by code of ours. */
    private static boolean isThrownWhileRead(Throwable thrown) {
        boolean isOfInput = thrown instanceof RuntimeException || thrown instanceof IOException;
        return isOfInput && Arrays.stream(thrown.getStackTrace())
                .takeWhile(it -> !it.getClassName().startsWith(OURS))
                .anyMatch(it -> it.getMethodName().equals(READS_REQUEST)
                        && it.getClassName().equals(InvocableHandlerMethod.class.getName()));
    }
}
