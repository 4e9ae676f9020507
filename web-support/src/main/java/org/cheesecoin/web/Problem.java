package org.cheesecoin.web;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;

/**
 * Every kind of problem that a call of tracker or member may be answered with (RFC 9457). The type,
 * {@code urn:cheesecoin:problem:} and the name in kebab case, is a promise: programs decide by it. One list for both, so
 * that a name means one thing. The first of a status is its general one.
 */
public enum Problem {

    MALFORMED_REQUEST(400, "The request is not one of HTTP as it is spoken here"),
    MALFORMED_JSON(400, "The body is not the JSON that is asked for"),
    UNKNOWN_FIELD(400, "The body has a field that is not known here"),
    INVALID_VALUE(400, "A value is missing, of the wrong type or out of its range"),
    UNAUTHORIZED(401, "The owner's token is needed"),
    BAD_SIGNATURE(401, "The request's signature does not hold"),
    FORBIDDEN(403, "Nobody may do this"),
    CLOCK_DIFFERS(403, "The clocks differ too much"),
    BAD_PEER_RECORD(403, "The peer record's signature does not hold"),
    OTHER_TRACKER_URL(403, "The request is signed for a tracker of another name"),
    REPORTER_NOT_LISTED(403, "Only a listed member may report"),
    NOT_FOUND(404, "There is no such thing here"),
    UNKNOWN_MEMBER(404, "There is no such member here"),
    UNKNOWN_NETWORK(404, "Nobody of this network is listed here"),
    METHOD_NOT_ALLOWED(405, "The path does not take this method"),
    NOT_ACCEPTABLE(406, "The answer cannot be given in that form"),
    REQUEST_TIMEOUT(408, "The request did not come in time"),
    CONFLICT(409, "The state of things stands against this"),
    INDEX_OFF(409, "This member keeps no index of transactions and addresses"),
    NOT_LATER(409, "This or a later request was taken already"),
    URL_TAKEN(409, "Another member is listed at this URL"),
    BODY_TOO_LARGE(413, "The body is too large"),
    URI_TOO_LONG(414, "The request's target is too long"),
    UNSUPPORTED_MEDIA_TYPE(415, "The body is of a type that is not taken"),
    MISDIRECTED_REQUEST(421, "Nobody here has the name that was called"),
    RULE_BROKEN(422, "A rule of the coin or of this member is broken"),
    PAYMENT_REFUSED(422, "The wallet cannot make this payment"),
    UPGRADE_REQUIRED(426, "Another protocol is spoken under this path"),
    TOO_MANY_REQUESTS(429, "Too many requests"),
    HEADERS_TOO_LARGE(431, "The request's headers are too large"),
    INTERNAL(500, "Something went wrong here"),
    NOT_IMPLEMENTED(501, "The method is not one of HTTP's known ones"),
    NOT_READY(503, "Not ready for this now"),
    TRACKER_FULL(503, "The tracker has no room"),
    HTTP_VERSION_NOT_SUPPORTED(505, "This version of HTTP is not spoken here");

    /** What every type begins with. */
    public static final String TYPE_PREFIX = "urn:cheesecoin:problem:";

    private final int status;
    private final String title;

    Problem(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The kind in a few words, the same each time. */
    public String title() {
        return title;
    }

    /** The stable URI. */
    public URI type() {
        return URI.create(TYPE_PREFIX + name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    /** The first kind with this status; else the most general one of its hundred. */
    public static Problem ofStatus(int status) {
        return Arrays.stream(values())
                .filter(it -> it.status == status)
                .findFirst()
                .orElse(status >= 400 && status < 500 ? MALFORMED_REQUEST : INTERNAL);
    }
}
