package org.cheesecoin.tracker.registry.web;

import java.util.List;

import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.wire.GossipUrl;
import org.cheesecoin.chain.wire.NodeId;
import org.cheesecoin.chain.wire.TrackerUrl;
import org.cheesecoin.tracker.registry.Answer;
import org.cheesecoin.tracker.registry.Refusal;
import org.cheesecoin.web.Problem;
import org.cheesecoin.web.ProblemDocument;
import org.springframework.http.HttpHeaders;

/** The registry's refusals as problem documents. */
final class RegistryProblems {

    private RegistryProblems() {}

    /** What was granted; a refusal is thrown as its problem. */
    static <T> T grantedOrThrow(Answer<T> answer, List<String> trackerUrls) {
        return switch (answer) {
            case Answer.Granted<T>(T value) -> value;
            case Answer.Refused<T>(Refusal refusal) ->
                    throw new org.cheesecoin.web.Refusal(documentOf(refusal, trackerUrls));
        };
    }

    private static ProblemDocument documentOf(Refusal refusal, List<String> trackerUrls) {
        return switch (refusal) {
            case Refusal.BadSignature() -> ProblemDocument.of(Problem.BAD_SIGNATURE,
                    "It must be the node key's over tracker URL, method, all fields and issuedAtMillis")
                    .with("trackerUrls", String.join(" ", trackerUrls))
                    .withHeader(HttpHeaders.WWW_AUTHENTICATE, "CheeseCoin-Signature");
            case Refusal.OtherTracker(TrackerUrl signed) -> ProblemDocument.of(Problem.OTHER_TRACKER_URL,
                    ("The request is signed for %s, and this tracker is called %s: name it so in CHEESECOIN_TRACKERS, or "
                            + "give the tracker that URL too in CHEESECOIN_TRACKER_URL")
                            .formatted(signed, String.join(" or ", trackerUrls)))
                    .with("signedUrl", signed.text())
                    .with("trackerUrls", String.join(" ", trackerUrls));
            case Refusal.BadPeerRecord(Violation violation) ->
                    ProblemDocument.of(Problem.BAD_PEER_RECORD, violation);
            case Refusal.ClockDiffers differs -> ProblemDocument.of(Problem.CLOCK_DIFFERS,
                    "The time signed is more than %d ms from the tracker's clock".formatted(differs.toleranceMillis()))
                    .with("trackerTimeMillis", differs.trackerTimeMillis())
                    .with("issuedAtMillis", differs.issuedAtMillis())
                    .with("toleranceMillis", differs.toleranceMillis());
            case Refusal.NotLater notLater -> ProblemDocument.of(Problem.NOT_LATER,
                    "Each request of an id carries a later time than the one before")
                    .with("issuedAtMillis", notLater.issuedAtMillis())
                    .with("lastIssuedAtMillis", notLater.lastIssuedAtMillis());
            case Refusal.UrlTaken(GossipUrl url) -> ProblemDocument.of(Problem.URL_TAKEN,
                    wayOut(url))
                    .with("gossipUrl", url.text());
            case Refusal.Full(String limit, int most) -> ProblemDocument.of(Problem.TRACKER_FULL,
                    "A limit of the tracker is reached; leases that are not renewed make room")
                    .with("limit", limit)
                    .with("most", most)
                    .withHeader(HttpHeaders.RETRY_AFTER, "30");
            case Refusal.UnknownMember(NodeId nodeId) -> ProblemDocument.of(Problem.UNKNOWN_MEMBER,
                    "Nobody with this id has a lease, or not in this network")
                    .with("nodeId", nodeId.toHex());
            case Refusal.ReporterNotListed(NodeId reporter) -> ProblemDocument.of(Problem.REPORTER_NOT_LISTED,
                    "The tracker has not proved the reporter at its own URL")
                    .with("reporterId", reporter.toHex());
        };
    }

    /** What a member can do that calls itself as another one is called. */
    private static String wayOut(GossipUrl url) {
        return url.host().isLoopback()
                ? ("%s is every machine itself, so another member has this URL too: set CHEESECOIN_GOSSIP_URL to a URL "
                        + "under which this tracker reaches you, as ws://192.168.1.20:%d/gossip, and SERVER_ADDRESS=0.0.0.0 "
                        + "so that it can").formatted(url.host(), url.port())
                : "Set CHEESECOIN_GOSSIP_URL to a URL that leads to this member alone; the other's lease ends by itself "
                        + "when that member is gone";
    }
}
