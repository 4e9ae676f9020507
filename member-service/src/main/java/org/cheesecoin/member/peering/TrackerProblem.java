package org.cheesecoin.member.peering;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.cheesecoin.chain.wire.Printable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;

/** Why a tracker gave no lease, in one line for the owner: the same as long as the reason is the same. */
final class TrackerProblem {

    /** Longest line, in characters: a part of it is the tracker's, and each tracker has one. */
    static final int MAX_LINE_CHARS = 400;

    private static final String BAD_SIGNATURE = "urn:cheesecoin:problem:bad-signature";

    private TrackerProblem() {}

    /** What is read of a tracker's problem document. */
    record Document(
            Optional<String> type,
            Optional<String> title,
            Optional<String> detail,
            Optional<Map<String, String>> values) {}

    /** Why this call of the tracker failed. */
    static String line(URI tracker, Exception failure) {
        // Spring's own words end with "null" where there was no connection
        return switch (NestedExceptionUtils.getMostSpecificCause(failure)) {
            case UnresolvedAddressException _ -> "its name cannot be resolved";
            case ConnectException _,ClosedChannelException _ -> "nothing answers there";
            case HttpTimeoutException _ -> "it does not answer in time";
            case RestClientResponseException answered -> document(answered)
                    .map(it -> line(tracker, it))
                    .orElseGet(() -> "it answered " + answered.getStatusCode());
            default -> line(String.valueOf(failure.getMessage()));
        };
    }

    /** Somebody else's text as one line. */
    static String line(String text) {
        return Printable.cut(text, MAX_LINE_CHARS);
    }

    private static Optional<Document> document(RestClientResponseException answered) {
        try {
            return Optional.ofNullable(answered.getResponseBodyAs(Document.class))
                    .filter(it -> it.title().isPresent() || it.detail().isPresent());
        } catch (RestClientException | IllegalStateException _) {
            return Optional.empty();
        }
    }

    private static String line(URI tracker, Document document) {
        List<String> names = document.values()
                .flatMap(it -> Optional.ofNullable(it.get("trackerUrls")))
                .map(it -> Arrays.asList(it.split(" ")))
                .orElseGet(List::of);
        if (document.type().equals(Optional.of(BAD_SIGNATURE)) && !names.isEmpty()
                && !names.contains(tracker.toString())) {
            return line(("it is called %s, and signatures are for one name: name it so in CHEESECOIN_TRACKERS, or give "
                    + "it %s too in its CHEESECOIN_TRACKER_URL").formatted(String.join(" or ", names), tracker));
        }
        return line(document.title().orElse("refused") + document.detail().map(it -> ": " + it).orElse(""));
    }
}
