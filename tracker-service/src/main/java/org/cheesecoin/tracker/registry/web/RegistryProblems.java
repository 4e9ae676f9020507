package org.cheesecoin.tracker.registry.web;

import java.util.List;

import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.wire.GossipUrl;
import org.cheesecoin.chain.wire.NodeId;
import org.cheesecoin.tracker.registry.Answer;
import org.cheesecoin.tracker.registry.Refusal;
import org.cheesecoin.tracker.web.ProblemException;
import org.cheesecoin.tracker.web.ProblemType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** The registry's refusals as problem documents. */
final class RegistryProblems {

    private static final ProblemType BAD_SIGNATURE = ProblemType.of(
            "bad-signature", HttpStatus.UNAUTHORIZED, "The signature does not hold");
    private static final ProblemType BAD_PEER_RECORD = ProblemType.of(
            "bad-peer-record", HttpStatus.FORBIDDEN, "The peer record's signature does not hold");
    private static final ProblemType CLOCK_DIFFERS = ProblemType.of(
            "clock-differs", HttpStatus.FORBIDDEN, "The clocks differ too much");
    private static final ProblemType NOT_LATER = ProblemType.of(
            "not-later", HttpStatus.CONFLICT, "This or a later request was taken already");
    private static final ProblemType URL_TAKEN = ProblemType.of(
            "url-taken", HttpStatus.CONFLICT, "Another member is listed at this URL");
    private static final ProblemType FULL = ProblemType.of(
            "tracker-full", HttpStatus.SERVICE_UNAVAILABLE, "The tracker has no room");
    private static final ProblemType TOO_MANY_CALLS = ProblemType.of(
            "too-many-calls", HttpStatus.TOO_MANY_REQUESTS, "Too many calls from this address");
    private static final ProblemType UNKNOWN_MEMBER = ProblemType.of(
            "unknown-member", HttpStatus.NOT_FOUND, "There is no such member here");
    private static final ProblemType REPORTER_NOT_LISTED = ProblemType.of(
            "reporter-not-listed", HttpStatus.FORBIDDEN, "Only a listed member may report");

    private RegistryProblems() {}

    /** What was granted; a refusal is thrown as its problem. */
    static <T> T grantedOrThrow(Answer<T> answer, List<String> trackerUrls) {
        return switch (answer) {
            case Answer.Granted<T>(T value) -> value;
            case Answer.Refused<T>(Refusal refusal) -> throw problemOf(refusal, trackerUrls);
        };
    }

    private static ProblemException problemOf(Refusal refusal, List<String> trackerUrls) {
        return switch (refusal) {
            case Refusal.BadSignature() -> BAD_SIGNATURE
                    .because("It must be the node key's over tracker URL, method, all fields and issuedAtMillis.")
                    .with("trackerUrls", trackerUrls)
                    .withHeader(HttpHeaders.WWW_AUTHENTICATE, "CheeseCoin-Signature");
            case Refusal.BadPeerRecord(Violation violation) -> BAD_PEER_RECORD
                    .because("It must be the node key's over network id, node id, URL and time.")
                    .with(violation);
            case Refusal.ClockDiffers differs -> CLOCK_DIFFERS
                    .because("The time signed is more than %d ms from the tracker's clock."
                            .formatted(differs.toleranceMillis()))
                    .with("trackerTimeMillis", differs.trackerTimeMillis())
                    .with("issuedAtMillis", differs.issuedAtMillis())
                    .with("toleranceMillis", differs.toleranceMillis());
            case Refusal.NotLater notLater -> NOT_LATER
                    .because("Each request of an id carries a later time than the one before.")
                    .with("issuedAtMillis", notLater.issuedAtMillis())
                    .with("lastIssuedAtMillis", notLater.lastIssuedAtMillis());
            case Refusal.UrlTaken(GossipUrl url) -> URL_TAKEN
                    .because("Its lease ends by itself when that member is gone.")
                    .with("gossipUrl", url.text());
            case Refusal.Full(String limit, int most) -> FULL
                    .because("A limit of the tracker is reached; leases that are not renewed make room.")
                    .with("limit", limit)
                    .with("most", most)
                    .withHeader(HttpHeaders.RETRY_AFTER, "30");
            case Refusal.TooManyCalls many -> TOO_MANY_CALLS
                    .because("An address may make %d signed calls a minute.".formatted(many.mostPerMinute()))
                    .with("retryAfterMillis", many.retryAfterMillis())
                    .withHeader(HttpHeaders.RETRY_AFTER, Long.toString(1 + many.retryAfterMillis() / 1000));
            case Refusal.UnknownMember(NodeId nodeId) -> UNKNOWN_MEMBER
                    .because("Nobody with this id has a lease, or not in this network.")
                    .with("nodeId", nodeId.toHex());
            case Refusal.ReporterNotListed(NodeId reporter) -> REPORTER_NOT_LISTED
                    .because("The tracker has not proved the reporter at its own URL.")
                    .with("reporterId", reporter.toHex());
        };
    }
}
