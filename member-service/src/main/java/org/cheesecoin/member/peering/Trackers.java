package org.cheesecoin.member.peering;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

import org.cheesecoin.chain.wire.GossipUrl;
import org.cheesecoin.member.peering.TrackerStanding.Asking;
import org.cheesecoin.member.peering.TrackerStanding.Listed;
import org.cheesecoin.member.peering.TrackerStanding.NoLease;
import org.cheesecoin.member.peering.TrackerStanding.Unreachable;
import org.cheesecoin.member.peering.TrackerStanding.Waiting;
import org.cheesecoin.web.MonotonicClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How this member stands with each of its trackers; the log has a line for each change that its owner must know of. */
public final class Trackers {

    /**
     * How long a tracker may leave a member unlisted without a reason. Its first dial takes 5 s, and another of the same
     * target may have to wait 10 s before.
     */
    static final long UNSAID_MILLIS = 30_000;

    /** What a tracker of an older version leaves unsaid. */
    private static final String UNSAID = "it does not say why";
    private static final Logger LOG = LoggerFactory.getLogger(Trackers.class);

    private final SequencedMap<URI, TrackerStanding> standings = new LinkedHashMap<>();
    private final SequencedMap<URI, Long> unsaidSinceMillis = new LinkedHashMap<>();
    private final MonotonicClock clock;

    Trackers(List<URI> trackers, MonotonicClock clock) {
        trackers.forEach(it -> standings.put(it, new Asking()));
        this.clock = clock;
    }

    /** Each tracker's, in the order of the settings. */
    public synchronized SequencedMap<URI, TrackerStanding> standings() {
        return Collections.unmodifiableSequencedMap(new LinkedHashMap<>(standings));
    }

    /** The tracker gave a lease to this member, which says to be at this URL. */
    synchronized void answered(URI tracker, TrackerCall.Lease lease, GossipUrl url) {
        TrackerStanding before = standings.getOrDefault(tracker, new Asking());
        TrackerStanding now = standing(tracker, lease, before);
        standings.put(tracker, now);
        if (before instanceof NoLease) {
            LOG.info("Tracker {} gives leases again", tracker);
        }
        if (now instanceof Unreachable(String reason) && !now.equals(before)) {
            LOG.warn(
                    "Tracker {} cannot reach this member at {}, and tells nobody of it: {}. Set CHEESECOIN_GOSSIP_URL to a "
                            + "URL that it can dial{}",
                    tracker, url, reason,
                    url.host().isLoopback() ? ", and SERVER_ADDRESS to an address that others reach, as 0.0.0.0" : "");
        }
        if (now instanceof Listed && before instanceof Unreachable) {
            LOG.info("Tracker {} reaches this member now, and tells others of it", tracker);
        }
    }

    private TrackerStanding standing(URI tracker, TrackerCall.Lease lease, TrackerStanding before) {
        if (lease.listed() || lease.reason().isPresent()) {
            unsaidSinceMillis.remove(tracker);
            return lease.reason().filter(_ -> !lease.listed())
                    .<TrackerStanding>map(it -> new Unreachable(TrackerProblem.line(it)))
                    .orElseGet(Listed::new);
        }
        long sinceMillis = unsaidSinceMillis.computeIfAbsent(tracker, _ -> clock.millis());
        if (clock.millis() - sinceMillis >= UNSAID_MILLIS) {
            return new Unreachable(UNSAID);
        }
        // A tracker that lost its leases dials again, and has nothing to say until then.
        return before instanceof Unreachable ? before : new Waiting();
    }

    /** The tracker gave no lease. */
    synchronized void failed(URI tracker, String reason) {
        unsaidSinceMillis.remove(tracker);
        TrackerStanding now = new NoLease(reason);
        if (!now.equals(standings.put(tracker, now))) {
            LOG.warn("Tracker {} gave no lease, and is asked again: {}", tracker, reason);
        }
    }
}
