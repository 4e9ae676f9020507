package org.cheesecoin.tracker.registry;

import java.util.Locale;
import java.util.Optional;

import org.cheesecoin.chain.cheese.Smell;
import org.cheesecoin.chain.wire.GossipUrl;
import org.cheesecoin.chain.wire.NodeId;
import org.cheesecoin.chain.wire.TrackerRequest.LeaseRequest;

/** One member's lease, and what the dials found. Only {@link Registry} touches it, under its lock. */
final class Lease {

    private static final long NO_DIAL = 0;

    final long sequence;
    LeaseRequest request;
    String address;
    long expiresAtMillis;
    boolean listed;
    boolean reported;
    int failures;
    /** What the last dial found, where it proved nobody. */
    Optional<String> lastFailure = Optional.empty();
    long nextDialMillis;
    /** The dial that is under way, or none. */
    private long dialNumber = NO_DIAL;

    Lease(long sequence, LeaseRequest request, String address, long expiresAtMillis, long nextDialMillis) {
        this.sequence = sequence;
        this.request = request;
        this.address = address;
        this.expiresAtMillis = expiresAtMillis;
        this.nextDialMillis = nextDialMillis;
    }

    NodeId nodeId() {
        return request.nodeId();
    }

    Smell networkId() {
        return request.networkId();
    }

    GossipUrl url() {
        return request.gossipUrl();
    }

    /** Why it is not listed, for its member. */
    Optional<String> whyUnlisted() {
        if (listed) {
            return Optional.empty();
        }
        return url().host().isLoopback()
                ? lastFailure.map(it -> it + "; " + url().host() + " is every machine itself, here the tracker's")
                : lastFailure;
    }

    boolean isAt(Smell networkId, GossipUrl url) {
        return networkId().equals(networkId) && url().equals(url);
    }

    boolean isDialled() {
        return dialNumber != NO_DIAL;
    }

    boolean isDialledBy(Dial dial) {
        return dialNumber == dial.number();
    }

    void startDial(long number) {
        dialNumber = number;
    }

    void endDial() {
        dialNumber = NO_DIAL;
    }

    /** One key for all spellings of a URL. */
    static String urlKey(GossipUrl url) {
        return url.text().toLowerCase(Locale.ROOT);
    }

    /** Host and port of a URL. */
    static String target(GossipUrl url) {
        String key = urlKey(url);
        return key.substring(key.indexOf("://") + 3, key.lastIndexOf('/'));
    }
}
