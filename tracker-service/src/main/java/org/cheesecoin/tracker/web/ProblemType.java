package org.cheesecoin.tracker.web;

import java.net.URI;

import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;

/**
 * A kind of problem (RFC 9457). Its URI stays as it is for ever, since programs tell problems apart by it.
 *
 * @param uri {@code urn:cheesecoin:problem:} and a name
 * @param status the HTTP status it comes with
 * @param title one line for people, the same for every problem of this type
 */
public record ProblemType(URI uri, HttpStatus status, String title) {

    /** What every type's URI begins with. */
    public static final String URI_PREFIX = "urn:cheesecoin:problem:";

    /** The request, its path, a parameter or its body has not the form that the call takes. */
    public static final ProblemType MALFORMED = of(
            "malformed-request", HttpStatus.BAD_REQUEST, "The request is malformed");

    /** With this name after the prefix. */
    public static ProblemType of(String name, HttpStatus status, String title) {
        return new ProblemType(URI.create(URI_PREFIX + name), status, title);
    }

    /** The type of a refusal that HTTP itself has a status for. */
    public static ProblemType forStatus(HttpStatusCode code) {
        HttpStatus status = HttpStatus.resolve(code.value());
        if (status == null) {
            return code.is4xxClientError() ? MALFORMED : forStatus(HttpStatus.INTERNAL_SERVER_ERROR);
        }
        return switch (status) {
            case BAD_REQUEST -> MALFORMED;
            case NOT_FOUND -> of("not-found", status, "There is nothing here");
            case METHOD_NOT_ALLOWED -> of("method-not-allowed", status, "This path does not take this method");
            case NOT_ACCEPTABLE -> of("not-acceptable", status, "There is no answer in an accepted media type");
            case CONTENT_TOO_LARGE -> of("content-too-large", status, "The body is too large");
            case UNSUPPORTED_MEDIA_TYPE -> of("unsupported-media-type", status, "The body is of a wrong media type");
            case INTERNAL_SERVER_ERROR -> of("internal-error", status, "Something went wrong here");
            default -> of("http-" + status.value(), status, status.getReasonPhrase());
        };
    }

    /** A problem of this type. */
    public ProblemException because(String detail) {
        return new ProblemException(this, detail);
    }
}
