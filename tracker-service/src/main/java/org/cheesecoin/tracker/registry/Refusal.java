package org.cheesecoin.tracker.registry;

import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.wire.GossipUrl;
import org.cheesecoin.chain.wire.NodeId;
import org.cheesecoin.chain.wire.TrackerUrl;

/** Why the tracker does not do what it was asked. */
public sealed interface Refusal {

    /** The signature is not the signer's, for this call, at any name of this tracker. */
    record BadSignature() implements Refusal {}

    /**
     * The signature is the signer's for this call, at a name that this tracker has not.
     *
     * @param signed the URL that was signed
     */
    record OtherTracker(TrackerUrl signed) implements Refusal {}

    /**
     * The member's signed word for where it listens does not hold.
     *
     * @param violation the rule that it breaks
     */
    record BadPeerRecord(Violation violation) implements Refusal {}

    /**
     * A time is too far from the tracker's.
     *
     * @param trackerTimeMillis the tracker's clock
     * @param issuedAtMillis the time that was signed
     * @param toleranceMillis how far it may be off
     */
    record ClockDiffers(long trackerTimeMillis, long issuedAtMillis, long toleranceMillis) implements Refusal {}

    /**
     * The signer has signed this or something later before.
     *
     * @param issuedAtMillis the time that was signed
     * @param lastIssuedAtMillis the last one that was taken
     */
    record NotLater(long issuedAtMillis, long lastIssuedAtMillis) implements Refusal {}

    /**
     * Another id was proved at this URL, and its lease holds.
     *
     * @param url the URL
     */
    record UrlTaken(GossipUrl url) implements Refusal {}

    /**
     * There is no room.
     *
     * @param limit which limit is reached
     * @param most its figure
     */
    record Full(String limit, int most) implements Refusal {}

    /**
     * Nobody with this id is listed (or, for leaving, has a lease).
     *
     * @param nodeId whom the call is about
     */
    record UnknownMember(NodeId nodeId) implements Refusal {}

    /**
     * Only another listed member of the same network may report.
     *
     * @param reporter who tried
     */
    record ReporterNotListed(NodeId reporter) implements Refusal {}
}
